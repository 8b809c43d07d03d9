/** Anneal's side of the bench: the real service in its own process, jobs submitted through the SDK, all metrics and events on. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Anneal, type TrainSpecInput } from '../../sdk/index.ts';
import { random } from '../../services/engine/data/permutation.ts';
import given from './peers/works.json' with { type: 'json' };

export type WorkName = keyof typeof given;
export const workNames = Object.keys(given) as WorkName[];
/** One net by every rule: for `--works all`. */
export const isOfRules = (work: WorkName): boolean => work.startsWith('mlp-128-');

interface Work {
  readonly input: readonly number[];
  readonly convolutions: readonly number[];
  readonly dense: readonly number[];
  readonly batch: number;
  readonly update: string;
  readonly activation?: 'relu' | 'tanh';
  readonly recurrent?: number;
  readonly members?: number;
  /** Rows of a CSV file that is streamed, in the place of 4096 in memory. */
  readonly streamed?: number;
  /** Batch normalisation between a convolution and its activation. */
  readonly normalized?: boolean;
  /** Pixels of padding of a random crop, which goes with a random flip. */
  readonly augmented?: number;
  /** Rows that are evaluated and not trained on; a step is then the evaluation of a batch. */
  readonly evaluated?: number;
}
const works = given as unknown as Record<WorkName, Work>;

const ROWS = 4096;
const CLASSES = 10;

export interface BenchService {
  readonly client: Anneal;
  readonly url: string;
  readonly token: string;
  close(): Promise<void>;
}

/** Starts `anneal serve` in the folder and waits until it answers. */
export async function startService(folder: string, wanted: readonly WorkName[] = workNames): Promise<BenchService> {
  const cli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
  const data = join(folder, 'data');
  await mkdir(data, { recursive: true });
  for (const work of wanted) await (works[work].streamed ? writeTable : writeData)(data, work);
  const home = join(folder, 'service');
  const args = [cli, 'serve', '--port', '0', '--home', home, '--data', data, '--json'];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const url = await firstLine(child).then((line) => (JSON.parse(line) as { url: string }).url);
  const token = (await readFile(join(home, 'token'), 'utf8')).trim();
  return {
    client: new Anneal({ baseUrl: url, token }),
    url,
    token,
    close: async () => {
      child.kill('SIGTERM');
      if (child.exitCode === null) await once(child, 'exit');
    },
  };
}

async function firstLine(child: ChildProcess): Promise<string> {
  let text = '';
  for await (const chunk of child.stdout!) {
    text += String(chunk);
    // `anneal serve --json` prints one document.
    if (text.trimEnd().endsWith('}')) return text;
  }
  throw new Error('the service ended before it told its address');
}

/** The same data as the peers': normal numbers of deviation 0.3 and random classes. */
async function writeData(folder: string, work: WorkName): Promise<void> {
  const { input, evaluated: rows = ROWS } = works[work];
  const next = random(1);
  const uniform = () => (next() + 0.5) / 2 ** 32;
  const normal = () => 0.3 * Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
  const inputs = Float32Array.from({ length: rows * input.reduce((a, b) => a * b, 1) }, normal);
  const labels = Int32Array.from({ length: rows }, () => Math.floor(uniform() * CLASSES));
  await writeFile(join(folder, `${work}-inputs.npy`), npy('<f4', [rows, ...input], inputs));
  await writeFile(join(folder, `${work}-labels.npy`), npy('<i4', [rows], labels));
}

/** The same numbers as CSV. */
async function writeTable(folder: string, work: WorkName): Promise<void> {
  const { input, streamed = 0 } = works[work];
  const next = random(1);
  const uniform = () => (next() + 0.5) / 2 ** 32;
  const normal = () => 0.3 * Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
  const out = createWriteStream(join(folder, `${work}.csv`));
  out.write(`${[...featuresOf(input), 'label'].join(',')}\n`);
  for (let row = 0; row < streamed; ) {
    const lines: string[] = [];
    for (const end = Math.min(streamed, row + 1000); row < end; row++) {
      const numbers = Array.from({ length: input[0]! }, () => normal().toPrecision(7));
      lines.push(`${numbers.join(',')},${Math.floor(uniform() * CLASSES)}\n`);
    }
    if (!out.write(lines.join(''))) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
}

const featuresOf = ([features = 0]: readonly number[]): string[] =>
  Array.from({ length: features }, (_feature, j) => `x${j}`);

/** NPY format 1.0. */
function npy(type: string, shape: readonly number[], values: Float32Array | Int32Array): Uint8Array {
  const header = `{'descr': '${type}', 'fortran_order': False, 'shape': (${shape.join(', ')},), }`;
  const padded = header.padEnd(Math.ceil((header.length + 11) / 64) * 64 - 11);
  const head = Buffer.from(`\x93NUMPY\x01\x00  ${padded}\n`, 'latin1');
  head.writeUInt16LE(padded.length + 1, 8);
  return Buffer.concat([head, Buffer.from(values.buffer)]);
}

/** Others are 0.001. */
const rates: Readonly<Record<string, number>> = { momentum: 0.1, sgd: 0.1, nesterov: 0.1, adagrad: 0.01, adadelta: 1 };

export function benchSpec(work: WorkName, seconds: number): TrainSpecInput {
  const { input, convolutions, dense, batch, update, activation = 'relu', recurrent, members, augmented } = works[work];
  const layers = [
    ...(recurrent ? [{ type: 'lstm' as const, units: recurrent }] : []),
    ...convolutions.flatMap((filters) => convolution(filters, activation, works[work].normalized)),
    ...(convolutions.length > 0 ? [{ type: 'flatten' as const }] : []),
    ...dense.map((units) => ({ type: 'dense' as const, units, activation })),
    { type: 'dense' as const, units: CLASSES },
  ];
  return {
    kind: 'train',
    name: `bench ${work}`,
    data: works[work].streamed
      ? {
          type: 'csv',
          file: `${work}.csv`,
          features: featuresOf(input),
          label: 'label',
          classes: CLASSES,
          streaming: 'always',
          split: { validation: 0 },
        }
      : {
          type: 'npy',
          inputs: `${work}-inputs.npy`,
          labels: `${work}-labels.npy`,
          shape: [...input],
          classes: CLASSES,
          split: { validation: 0 },
        },
    ...(augmented && { augmentation: [{ type: 'flip' }, { type: 'crop', padding: augmented }] }),
    model: { layers },
    loss: { type: 'softmax-cross-entropy' },
    update: { rule: update } as TrainSpecInput['update'],
    ...(members && { ensemble: { members } }),
    schedule: { type: 'constant', rate: rates[update] ?? 1e-3 },
    batchSize: batch,
    budget: { seconds },
    checks: 'off',
  };
}

function convolution(filters: number, activation: 'relu' | 'tanh', normalized = false) {
  const kernel = { type: 'conv2d' as const, filters, kernelSize: 3, padding: 'same' as const };
  const pooling = { type: 'max-pooling2d' as const };
  if (!normalized) return [{ ...kernel, activation }, pooling];
  return [
    kernel,
    { type: 'batch-normalization' as const },
    { type: 'activation' as const, function: activation },
    pooling,
  ];
}

export interface Measured {
  /** Wall time of the whole loop by its steps, after a warm-up as the peers have it: shuffles, metrics, events and heartbeats included. */
  readonly microsecondsPerStep: number;
  readonly plan: string;
}

/** Seconds that are not counted, as with the peers. */
const WARM_UP = 0.5;

export const measureWork = (service: BenchService, work: WorkName, seconds: number): Promise<Measured> =>
  works[work].evaluated ? measureEvaluation(service, work) : measureTraining(service, work, seconds);

async function measureTraining(service: BenchService, work: WorkName, seconds: number): Promise<Measured> {
  const { id } = await service.client.jobs.create(benchSpec(work, seconds + WARM_UP));
  const job = await service.client.jobs.wait(id);
  const { series } = await service.client.jobs.metrics(id, { names: ['seconds'], resolution: 2000 });
  const { step, max } = series.seconds!;
  const [from, to] = [max.findIndex((time) => time! >= WARM_UP), max.length - 1];
  const microsecondsPerStep = ((max[to]! - max[from]!) * 1e6) / (step[to]! - step[from]!);
  return { microsecondsPerStep, plan: job.plan!.plan };
}

/** Of the whole job's evaluation: the model is built and traced within it. */
async function measureEvaluation({ client }: BenchService, work: WorkName): Promise<Measured> {
  const { batch, evaluated = 0 } = works[work];
  const spec = benchSpec(work, 1);
  const { id } = await client.jobs.wait(await client.jobs.create({ ...spec, budget: { steps: 1 } }));
  const asked = await client.jobs.create({ kind: 'evaluate', model: { job: id }, data: spec.data, split: 'all' });
  const job = await client.jobs.wait(asked);
  return { microsecondsPerStep: (1e6 * job.result!.seconds) / (evaluated / batch), plan: 'graph' };
}
