/** Rounds, two at a time, each in a world of its own kind; counts what is wrong. */
import { setTimeout as sleep } from 'node:timers/promises';
import { isFinal, type TrainJob, type TrainSpec } from '@anneal/schemas';
import { type Outcome, outcomeOf } from '../outcome.ts';
import { specOf } from '../resume.ts';
import { openEmbedded } from './embedded.ts';
import type { KindName } from './kinds.ts';
import { preparePrograms } from './programs.ts';
import { type Plan, planOf, playRound, type Round } from './round.ts';
import type { Verdict } from './verdict.ts';
import type { World } from './world.ts';

export interface CampaignOptions {
  readonly seed: number;
  /** Numbers of the rounds. */
  readonly rounds: readonly number[];
  readonly only?: readonly KindName[] | undefined;
  /** How each world is opened. */
  readonly worlds: Partial<Record<World['name'], () => Promise<World>>>;
  readonly log: (line: string) => void;
  /** Ends the campaign: what was counted so far is its result, and rounds that are being played count for nothing. */
  readonly signal?: AbortSignal;
}

export interface CampaignResult {
  /** Played to their ends. */
  readonly rounds: number;
  readonly struck: ReadonlyMap<KindName, number>;
  readonly failed: number;
  readonly wrong: Readonly<Record<keyof Verdict, readonly string[]>>;
}

/** Rounds at a time. */
const LANES = 2;
const EPOCHS = 60;
/** Milliseconds that the worlds of a campaign that was ended have to close; what they stand on may have got the same signal. */
const CLOSING = 5_000;

export async function faultsCampaign(options: CampaignOptions): Promise<CampaignResult> {
  const { seed, rounds, only, log, signal = new AbortController().signal } = options;
  const names = Object.keys(options.worlds) as World['name'][];
  await preparePrograms();
  const spec = specOf({ plan: 'graph', epochs: EPOCHS });
  const struck = new Map<KindName, number>();
  const wrong: Record<keyof Verdict, string[]> = { lost: [], doubled: [], differing: [], unexplained: [] };
  let [done, failed] = [0, 0];
  const todo = [...rounds];
  const ended = new Promise<undefined>((resolve) => signal.addEventListener('abort', () => resolve(undefined)));

  /** After the end of the campaign a round may fail in any way, and counts for nothing. */
  async function played(world: World, plan: Plan, round: number, undisturbed: Undisturbed): Promise<Round | undefined> {
    try {
      return await Promise.race([playRound(world, plan, spec, `${seed}-${round}`, undisturbed), ended]);
    } catch (error) {
      if (signal.aborted) return undefined;
      throw error;
    }
  }

  const closed = (world: World): Promise<unknown> =>
    signal.aborted ? Promise.race([world.close().catch((error) => log(String(error))), sleep(CLOSING)]) : world.close();

  async function lane(undisturbed: Undisturbed): Promise<void> {
    const worlds = new Map<World['name'], World>();
    try {
      for (let round = todo.shift(); round !== undefined; round = todo.shift()) {
        const plan = planOf(seed, round, names, only);
        const world = worlds.get(plan.world) ?? (await options.worlds[plan.world]!());
        worlds.set(plan.world, world);
        const start = performance.now();
        const outcome = await played(world, plan, round, undisturbed);
        if (!outcome) break;
        const seconds = ((performance.now() - start) / 1000).toFixed(1);
        done += 1;
        for (const kind of outcome.struck) struck.set(kind, (struck.get(kind) ?? 0) + 1);
        if (!outcome.succeeded) {
          failed += 1;
          log(`  ${outcome.history}`);
        }
        log(
          `round ${round}, ${plan.world}: ${outcome.struck.join(', ') || 'nothing struck'}; ${outcome.attempts} attempts, ${seconds} s`,
        );
        for (const [count, words] of Object.entries(outcome.verdict) as [keyof Verdict, string[]][]) {
          for (const text of words) log(`  ${count}: ${text} (again: -- --seed ${seed} --round ${round})`);
          wrong[count].push(...words);
        }
      }
    } finally {
      for (const world of worlds.values()) await closed(world);
    }
  }

  const undisturbed = await runAlone(spec, signal);
  if (undisturbed) {
    log(`left alone it takes ${undisturbed.seconds.toFixed(1)} s and ${undisturbed.steps} steps`);
    await Promise.all(Array.from({ length: Math.min(LANES, rounds.length) }, () => lane(undisturbed)));
  }
  return { rounds: done, struck, failed, wrong };
}

/** What a job leaves when nothing happens. */
interface Undisturbed {
  readonly expected: Outcome;
  readonly steps: number;
  readonly seconds: number;
}

/** Undefined if the campaign is ended before the job is. */
async function runAlone(spec: TrainSpec, signal: AbortSignal): Promise<Undisturbed | undefined> {
  const world = await openEmbedded();
  try {
    const start = performance.now();
    const id = await world.service.submit(spec, 'alone');
    let job = await world.jobs.get(id);
    while (!isFinal(job.state)) {
      if (signal.aborted) return undefined;
      await sleep(20);
      job = await world.jobs.get(id);
    }
    if (job.state !== 'succeeded') throw new Error(`the undisturbed job ${job.state}: ${job.error?.message}`);
    const expected = await outcomeOf(world.jobs, world.artifacts, job as TrainJob);
    return { expected, steps: expected.steps.length, seconds: (performance.now() - start) / 1000 };
  } finally {
    await world.close();
  }
}

/** The last line. @param ended how many rounds it was to be, and what ended it before that */
export function summary(
  { rounds, struck, failed, wrong }: CampaignResult,
  ended?: { readonly of: number; readonly by: string },
): string {
  const all = [...struck.values()].reduce((sum, one) => sum + one, 0);
  const each = [...struck].sort().map(([kind, count]) => `${kind} ${count}`);
  const counts = [
    `${wrong.lost.length} jobs lost`,
    `${wrong.doubled.length} doubled`,
    `${wrong.differing.length} artifacts differing`,
    `${wrong.unexplained.length} failures without a reason`,
  ];
  const entitled =
    failed > 0 ? ` (${failed} jobs failed with ${'runner_lost'} after more lost runners than allowed)` : '';
  const played = ended ? `ended by ${ended.by} after ${rounds} of ${ended.of} rounds` : `${rounds} rounds`;
  const kinds = all > 0 ? ` (${each.join(', ')})` : '';
  return `${played}, ${all} faults${kinds}: ${counts.join(', ')}${entitled}`;
}
