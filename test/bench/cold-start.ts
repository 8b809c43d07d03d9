/**
 * Cold starts of the API on Lambda, over DynamoDB Local and versitygw: the size of its bundle, the time from the start of its process to
 * its first question for work, and that of its first answers. AWS has other machines; what counts is how the parts compare.
 *
 *   npm run bench:cold-start [ROUNDS]
 */
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { type RunningFunction, startFunction } from '../../infra/stand-ins/index.mjs';
import { bundleOf, lambdaPlace } from '../stand-ins/lambda-place.ts';

const rounds = Number(process.argv[2] ?? 15);
const place = await lambdaPlace();
const token = await place.key('bench');
const headers = { authorization: `Bearer ${token}` };

async function timed(api: RunningFunction): Promise<number> {
  const began = performance.now();
  const answer = await fetch(`${api.url}/v1/jobs`, { headers });
  await answer.arrayBuffer();
  if (answer.status !== 200) throw new Error(`the function answered ${answer.status}`);
  return performance.now() - began;
}

const inits: number[] = [];
const firsts: number[] = [];
const warm: number[] = [];
for (let round = 0; round < rounds; round++) {
  const options = { folder: bundleOf('api'), handler: 'index.handler', env: place.env };
  const api = await startFunction(options);
  const first = await timed(api);
  const init = api.coldStarts[0]!.initMilliseconds;
  inits.push(init);
  firsts.push(first - init);
  for (let i = 0; i < 20; i++) {
    const before = api.coldStarts.length;
    const milliseconds = await timed(api);
    // One that came before the environment was ready for it has started another.
    if (api.coldStarts.length === before) warm.push(milliseconds);
  }
  await api.stop();
}
await place.stop();

const bundle = readFileSync(`${bundleOf('api')}/index.mjs`);
const at = (values: number[], share: number): string =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))]!.toFixed(0);
const row = (name: string, values: number[]): string =>
  `| ${name} | ${at(values, 0)} | ${at(values, 0.5)} | ${at(values, 0.9)} |`;
const text = [
  `Bundle: ${(bundle.length / 1e6).toFixed(2)} MB, ${(gzipSync(bundle).length / 1e6).toFixed(2)} MB compressed. ${rounds} cold starts, Node ${process.versions.node}.`,
  '',
  '| ms | least | median | 9 of 10 below |',
  '|---|---|---|---|',
  row('process and initialisation', inits),
  row('first request, without them: connections, a key, a page of jobs', firsts),
  row('a request to a warm function', warm),
];
process.stdout.write(`${text.join('\n')}\n`);
