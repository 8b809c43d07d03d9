/**
 * `npm run bench:gradcheck`: seconds to compare the gradient of the quickstart's net with differences at 300 parameters, in double precision, trace and
 * load included, against torch.autograd.gradcheck on the same net, interleaved. Options: --rounds N, --without-peer.
 */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { doubleLoss } from '@anneal/engine';
import { compareGradient } from '@anneal/verify';
import { parse } from 'yaml';
import { blobs, smallSpec, smallTask } from '../../engine/small-task.ts';
import { installPeer } from '../peers/install.mjs';
import { median } from '../peers-race.ts';

const PARAMETERS = 300;
const EXAMPLES = 3;

const { values: options } = parseArgs({
  options: { rounds: { type: 'string', default: '3' }, 'without-peer': { type: 'boolean', default: false } },
});
const tell = (line: string) => void process.stderr.write(`${line}\n`);

const file = new URL('../../../examples/fashion-mnist-cnn.yaml', import.meta.url);
const { model, regularization } = parse(await readFile(file, 'utf8'));
const data = blobs({ rows: 100, shape: [28, 28, 1], classes: 10, bytes: true });

function ours(): { seconds: number; worst: number; compared: number } {
  const spec = smallSpec({ model, ...(regularization && { regularization }) });
  const { task } = smallTask(spec, data);
  const start = performance.now();
  const loss = doubleLoss(spec, task.built, data, data.splits.training.subarray(0, EXAMPLES));
  const perTensor = Math.ceil(PARAMETERS / loss.weights.length);
  const { compared } = compareGradient(loss, { perTensor, directions: 0, most: PARAMETERS, seed: 1 });
  const seconds = (performance.now() - start) / 1000;
  loss.dispose();
  task.built.dispose();
  return { seconds, worst: compared[0]?.error ?? 0, compared: compared.length };
}

/** Null where the peer can't be had, which is told. */
async function torch(): Promise<(() => Promise<number>) | null> {
  if (options['without-peer']) return null;
  try {
    const { command } = await installPeer('pytorch', tell);
    const script = fileURLToPath(new URL('torch_gradcheck.py', import.meta.url));
    const args = [script, String(PARAMETERS), String(EXAMPLES)];
    return async () => Number((await promisify(execFile)(command, args)).stdout);
  } catch (error) {
    tell(`PEER MISSING: pytorch: ${(error as Error).message}`);
    return null;
  }
}

const peer = await torch();
const [own, others]: [number[], number[]] = [[], []];
let last = ours();
for (let round = 1; round <= Number(options.rounds); round++) {
  tell(`round ${round}/${options.rounds}`);
  last = ours();
  own.push(last.seconds);
  if (peer) others.push(await peer());
}
console.log(
  `Anneal: ${last.compared} parameters compared in ${median(own).toFixed(2)} s, worst error ${last.worst.toExponential(0)}`,
);
if (peer)
  console.log(
    `torch.autograd.gradcheck: ${PARAMETERS} parameters in ${median(others).toFixed(2)} s, ${(median(others) / median(own)).toFixed(2)}x`,
  );
