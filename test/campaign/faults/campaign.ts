/** Rounds, two at a time, each in a world of its own kind; counts what is wrong. */

import { isFinal, type TrainJob, type TrainSpec } from '@anneal/schemas';
import { type Outcome, outcomeOf } from '../outcome.ts';
import { specOf } from '../resume.ts';
import { openEmbedded } from './embedded.ts';
import type { KindName } from './kinds.ts';
import { preparePrograms } from './programs.ts';
import { planOf, playRound } from './round.ts';
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
}

export interface CampaignResult {
  readonly rounds: number;
  readonly struck: ReadonlyMap<KindName, number>;
  readonly failed: number;
  readonly wrong: Readonly<Record<keyof Verdict, readonly string[]>>;
}

/** Rounds at a time. */
const LANES = 2;
const EPOCHS = 60;

export async function faultsCampaign(options: CampaignOptions): Promise<CampaignResult> {
  const { seed, rounds, only, log } = options;
  const names = Object.keys(options.worlds) as World['name'][];
  await preparePrograms();
  const spec = specOf({ plan: 'graph', epochs: EPOCHS });
  const undisturbed = await runAlone(spec);
  log(`left alone it takes ${undisturbed.seconds.toFixed(1)} s and ${undisturbed.steps} steps`);
  const struck = new Map<KindName, number>();
  const wrong: Record<keyof Verdict, string[]> = { lost: [], doubled: [], differing: [], unexplained: [] };
  let [done, failed] = [0, 0];
  const todo = [...rounds];

  async function lane(): Promise<void> {
    const worlds = new Map<World['name'], World>();
    try {
      for (let round = todo.shift(); round !== undefined; round = todo.shift()) {
        const plan = planOf(seed, round, names, only);
        const world = worlds.get(plan.world) ?? (await options.worlds[plan.world]!());
        worlds.set(plan.world, world);
        const start = performance.now();
        const played = await playRound(world, plan, spec, `${seed}-${round}`, undisturbed);
        const seconds = ((performance.now() - start) / 1000).toFixed(1);
        done += 1;
        for (const kind of played.struck) struck.set(kind, (struck.get(kind) ?? 0) + 1);
        if (!played.succeeded) {
          failed += 1;
          log(`  ${played.history}`);
        }
        log(
          `round ${round}, ${plan.world}: ${played.struck.join(', ') || 'nothing struck'}; ${played.attempts} attempts, ${seconds} s`,
        );
        for (const [count, words] of Object.entries(played.verdict) as [keyof Verdict, string[]][]) {
          for (const text of words) log(`  ${count}: ${text} (again: -- --seed ${seed} --round ${round})`);
          wrong[count].push(...words);
        }
      }
    } finally {
      for (const world of worlds.values()) await world.close();
    }
  }

  await Promise.all(Array.from({ length: Math.min(LANES, rounds.length) }, lane));
  return { rounds: done, struck, failed, wrong };
}

/** What the spec leaves when nothing happens. */
async function runAlone(spec: TrainSpec): Promise<{ expected: Outcome; steps: number; seconds: number }> {
  const world = await openEmbedded();
  try {
    const start = performance.now();
    const id = await world.service.submit(spec, 'alone');
    let job = await world.jobs.get(id);
    while (!isFinal(job.state)) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      job = await world.jobs.get(id);
    }
    if (job.state !== 'succeeded') throw new Error(`the undisturbed job ${job.state}: ${job.error?.message}`);
    const expected = await outcomeOf(world.jobs, world.artifacts, job as TrainJob);
    return { expected, steps: expected.steps.length, seconds: (performance.now() - start) / 1000 };
  } finally {
    await world.close();
  }
}

/** The last line. */
export function summary({ rounds, struck, failed, wrong }: CampaignResult): string {
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
  return `${rounds} rounds, ${all} faults (${each.join(', ')}): ${counts.join(', ')}${entitled}`;
}
