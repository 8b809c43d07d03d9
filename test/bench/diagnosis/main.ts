/**
 * The fault benchmark: every family of faults in every task, and sound runs that look odd, trained for real and diagnosed as a job is: checks
 * before the run, a look every twentieth of it, the causes at its end, the likeliest of them tried (`--without-experiments` leaves that out).
 *
 *   npm run bench:diagnosis -- --json FILE --seeds 1,2 --split reporting
 *   npm run bench:diagnosis -- --json FILE --tasks hinge,arms
 *   npm run bench:diagnosis -- --json FILE --programs DIR
 *
 * A fault that does no harm, because the run ends as well as its sound twin, is told but not counted; programs of a folder have no twins.
 */
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { factsOf } from '../../../services/diagnose/facts/index.ts';
import { type Trained, train } from '../../diagnose/train.ts';
import { ownPrograms, type Program } from './own-programs.ts';
import { readPrograms } from './programs.ts';
import { report } from './report.ts';
import { foundIn, type Row, verdictOf } from './row.ts';

const { values } = parseArgs({
  options: {
    json: { type: 'string' },
    seeds: { type: 'string', default: '1' },
    split: { type: 'string', default: 'tuning,reporting' },
    tasks: { type: 'string' },
    programs: { type: 'string' },
    'without-experiments': { type: 'boolean', default: false },
  },
});

/** By how much worse a run may end and count as sound all the same. */
const SAME = 0.02;

const dataFolder = values.programs === undefined ? '/' : resolve(values.programs);
const programs = values.programs === undefined ? chosen() : given(dataFolder);
const seeds = values.seeds.split(',').map(Number);

const rows: Row[] = [];
for (const seed of seeds) {
  const twins = new Map<string, Trained>();
  for (const program of programs) {
    const row = await run(program, seed, twins);
    rows.push(row);
    console.log(
      `${verdictOf(row).padEnd(9)} ${row.program} (${seed})  ${row.ranked.map((one) => `${one.cause} ${one.score}`).join(', ')}`,
    );
    if (values.json) writeFileSync(values.json, `${JSON.stringify(rows, null, 1)}\n`);
  }
}
console.log(report(rows));

function chosen(): Program[] {
  const all = ownPrograms(values.split.split(','));
  const known = [...new Set(all.map(({ task }) => task))];
  const wanted = values.tasks?.split(',') ?? known;
  const unknown = wanted.find((task) => !known.includes(task));
  if (unknown === undefined) return all.filter(({ task }) => wanted.includes(task));
  console.error(`error: --tasks: '${unknown}' is not known; there are ${known.join(', ')}`);
  process.exit(2);
}

function given(folder: string): Program[] {
  try {
    return readPrograms(folder);
  } catch (error) {
    console.error(`error: ${(error as Error).message}`);
    process.exit(2);
  }
}

async function run(
  { name, task, sound, spec, fault, cause, damage, split }: Program,
  seed: number,
  twins: Map<string, Trained>,
): Promise<Row> {
  const experiments = values['without-experiments'] ? 'off' : 'on';
  const trained = await train({ ...spec, seed, experiments }, { damage, checks: true, dataFolder });
  const twin = sound && (twins.get(task) ?? (await train({ ...sound, seed })));
  if (twin) twins.set(task, twin);
  const harmless = fault !== null && twin !== null && asWell(trained, twin);
  return { program: name, seed, fault, cause, ...foundIn(trained), split, harmless };
}

function asWell({ record }: Trained, twin: Trained): boolean {
  const [own, other] = [record.end, twin.record.end];
  if (record.nonFiniteStep !== null || !own?.validation || !other?.validation) return false;
  if (record.target.kind === 'class') return own.validation.score >= other.validation.score - SAME;
  const scale = factsOf(twin.record).baseline.constant ?? 1;
  return (own.validation.loss - other.validation.loss) / scale <= SAME;
}
