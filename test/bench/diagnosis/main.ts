/**
 * The fault benchmark: every family of faults in every task, and sound runs that look odd, trained for real and diagnosed.
 *
 *   npm run bench:diagnosis -- --json FILE --seeds 1,2 --split reporting
 *
 * A fault that does no harm, because the run ends as well as its sound twin, is told but not counted.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { TrainSpecInput } from '@anneal/schemas';
import { factsOf } from '../../../services/diagnose/facts/index.ts';
import type { Damage } from '../../diagnose/damage.ts';
import { type Trained, train } from '../../diagnose/train.ts';
import { faults, oddities } from './faults.ts';
import { report } from './report.ts';
import { type BenchTask, tasks } from './tasks.ts';

export interface Row {
  readonly program: string;
  readonly seed: number;
  /** Null for a sound one. */
  readonly fault: string | null;
  readonly cause: string | null;
  readonly ranked: readonly { readonly cause: string; readonly score: number }[];
  /** Step at which the first finding was told; null if none was. */
  readonly foundAtStep: number | null;
  readonly steps: number;
  readonly split: BenchTask['split'];
  readonly harmless: boolean;
}

const { values } = parseArgs({
  options: {
    json: { type: 'string' },
    seeds: { type: 'string', default: '1' },
    split: { type: 'string', default: 'tuning,reporting' },
  },
});

/** By how much worse a run may end and count as sound all the same. */
const SAME = 0.02;

const rows: Row[] = [];
for (const seed of values.seeds.split(',').map(Number))
  for (const task of tasks.filter(({ split }) => values.split.includes(split))) {
    const twin = await train({ ...task.spec, seed });
    for (const { name, put, damage } of oddities)
      await run(task, seed, { name, fault: null, cause: null }, put, damage, twin);
    for (const { name, cause, put, damage } of faults)
      await run(task, seed, { name, fault: name, cause }, put, damage, twin);
  }
if (values.json) writeFileSync(values.json, `${JSON.stringify(rows, null, 1)}\n`);
console.log(report(rows));

type Named = Pick<Row, 'fault' | 'cause'> & { readonly name: string };

async function run(
  task: BenchTask,
  seed: number,
  { name, fault, cause }: Named,
  put: (spec: TrainSpecInput) => TrainSpecInput | null,
  damage: Damage | undefined,
  twin: Trained,
): Promise<void> {
  const spec = put(task.spec);
  if (!spec) return;
  const trained = await train({ ...spec, seed }, damage);
  const ranked = trained.findings.map((finding) => ({ cause: finding.cause!, score: finding.score! }));
  const steps = trained.record.stretches.at(-1)?.step ?? 0;
  const foundAtStep = trained.liveSteps[0] ?? (ranked.length > 0 ? steps : null);
  const harmless = fault !== null && asWell(trained, twin);
  rows.push({
    program: `${task.name}: ${name}`,
    seed,
    fault,
    cause,
    ranked,
    foundAtStep,
    steps,
    split: task.split,
    harmless,
  });
  const verdict =
    cause === null
      ? ranked.length === 0
        ? 'ok'
        : 'ALARM'
      : harmless
        ? 'harmless'
        : ranked[0]?.cause === cause
          ? 'ok'
          : 'WRONG';
  console.log(
    `${verdict.padEnd(9)} ${task.name}: ${name} (${seed})  ${ranked.map((one) => `${one.cause} ${one.score}`).join(', ')}`,
  );
}

function asWell({ record }: Trained, twin: Trained): boolean {
  const [own, other] = [record.end, twin.record.end];
  if (record.nonFiniteStep !== null || !own?.validation || !other?.validation) return false;
  if (record.target.kind === 'class') return own.validation.score >= other.validation.score - SAME;
  const scale = factsOf(twin.record).baseline.constant ?? 1;
  return (own.validation.loss - other.validation.loss) / scale <= SAME;
}
