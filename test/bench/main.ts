/**
 * `npm run bench`: microseconds a step, Anneal against PyTorch, Keras, JAX and tfjs, interleaved in one run; then the times and the
 * memory of a job, and the service under load. Options: --json FILE, --rounds N, --seconds S, --works a,b (all: one net by every rule too),
 * --without-peers.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { parse } from 'yaml';
import type { TrainSpecInput } from '../../sdk/index.ts';
import { type BenchService, isOfRules, measureWork, startService, type WorkName, workNames } from './anneal.ts';
import { median, PeersRace } from './peers-race.ts';
import { loadedBy, measureLoad } from './service-load.ts';

const { values: options } = parseArgs({
  options: {
    json: { type: 'string' },
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '2' },
    works: { type: 'string', default: workNames.filter((work) => !isOfRules(work)).join(',') },
    'without-peers': { type: 'boolean', default: false },
  },
});

interface Row {
  work: string;
  plan: string;
  microsecondsPerStep: number;
  peers: Record<string, number>;
  modes: Record<string, string>;
  ratios: Record<string, number>;
}

const tell = (line: string) => void process.stderr.write(`${line}\n`);
const [rounds, seconds] = [Number(options.rounds), Number(options.seconds)];
const works = options.works === 'all' ? workNames : (options.works.split(',') as WorkName[]);
const unknown = works.filter((work) => !workNames.includes(work));
if (unknown.length > 0) throw new Error(`--works ${unknown}: not known; there are ${workNames.join(', ')}`);

const folder = await mkdtemp(join(os.tmpdir(), 'anneal-bench-'));
const service = await startService(folder, [...new Set<WorkName>([...works, loadedBy])]);
const race = options['without-peers'] ? null : await PeersRace.start(tell);
try {
  console.log(
    `${os.cpus()[0]?.model}, ${os.availableParallelism()} cores, Node ${process.version}, ${rounds} rounds of ${seconds} s`,
  );
  const rows = await runRounds(service);
  printRows(rows);
  await printJob(service);
  const load = await measureLoad(service);
  console.log(
    `API with 32 clients while a job trains: ${load.requestsPerSecond.toFixed(0)} requests/s, p99 ${load.p99Milliseconds} ms, ${load.errors} errors`,
  );
  if (options.json) await writeFile(options.json, `${JSON.stringify(rows, null, 2)}\n`);
} finally {
  await race?.close();
  await service.close();
  await rm(folder, { recursive: true, force: true });
}

async function runRounds(service: BenchService): Promise<Row[]> {
  const ours = new Map(works.map((work) => [work, { times: [] as number[], plans: [] as string[] }]));
  for (let round = 1; round <= rounds; round++) {
    for (const work of works) {
      tell(`round ${round}/${rounds}: ${work}`);
      const { microsecondsPerStep, plan } = await measureWork(service, work, seconds);
      ours.get(work)!.times.push(microsecondsPerStep);
      ours.get(work)!.plans.push(plan);
      await race?.round(work, seconds);
    }
  }
  return works.map((work) => {
    const { times, plans } = ours.get(work)!;
    const microsecondsPerStep = median(times);
    const fastest = [...(race?.fastest(work) ?? [])];
    return {
      work,
      plan: [...new Set(plans)].join('/'),
      microsecondsPerStep,
      peers: Object.fromEntries(fastest.map(([peer, { microseconds }]) => [peer, microseconds])),
      modes: Object.fromEntries(fastest.map(([peer, { mode }]) => [peer, mode])),
      ratios: Object.fromEntries(fastest.map(([peer, { microseconds }]) => [peer, microseconds / microsecondsPerStep])),
    };
  });
}

function printRows(rows: readonly Row[]): void {
  const peers = [...new Set(rows.flatMap((row) => Object.keys(row.peers)))];
  const lines = rows.map((row) => [
    row.work,
    row.plan,
    `${row.microsecondsPerStep.toFixed(0)} µs`,
    ...peers.map((peer) =>
      row.peers[peer] === undefined
        ? '–'
        : `${row.peers[peer]!.toFixed(0)} µs ${row.modes[peer]}, ${row.ratios[peer]!.toFixed(2)}x`,
    ),
  ]);
  const head = ['work', 'plan', 'Anneal', ...peers];
  console.log(`| ${head.join(' | ')} |\n|${head.map(() => ' --- |').join('')}`);
  for (const line of lines) console.log(`| ${line.join(' | ')} |`);
  console.log("Medians; each peer in its fastest mode; the ratio is the peer's time over Anneal's.");
}

/** Submission to first step with and without checks, trace and compile time, and the runner's memory, of the quickstart's net. */
async function printJob(service: BenchService): Promise<void> {
  const file = new URL('../../examples/fashion-mnist-cnn.yaml', import.meta.url);
  const spec = parse(await readFile(file, 'utf8')) as TrainSpecInput;
  for (const checks of ['off', 'on'] as const) {
    const budget = checks === 'on' ? { epochs: 1 } : { steps: 20 };
    const job = await service.client.jobs.create({ ...spec, checks, budget });
    const { result, plan } = await service.client.jobs.wait(job);
    console.log(
      `Fashion-MNIST CNN, checks ${checks}: first step ${result!.submitToFirstStepSeconds.toFixed(2)} s after submission ` +
        `(trace and load ${plan!.traceSeconds.toFixed(2)} s, compile ${plan!.compileSeconds.toFixed(2)} s), ` +
        `peak memory of the runner ${(result!.peakMemoryBytes / 2 ** 20).toFixed(0)} MiB after ${result!.steps} steps`,
    );
  }
}
