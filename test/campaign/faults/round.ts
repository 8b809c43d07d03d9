/** One round: a job is submitted, the faults that its seed draws strike it, and what becomes of it is judged. */
import { setTimeout as sleep } from 'node:timers/promises';
import { mix, random } from '@anneal/engine/data/permutation.ts';
import { isFinal, type Job, type TrainSpec } from '@anneal/schemas';
import type { Outcome } from '../outcome.ts';
import { calm, type Kind, type KindName, kindNames, kinds } from './kinds.ts';
import { judge, MAX_ATTEMPTS, type Verdict } from './verdict.ts';
import type { World } from './world.ts';

export interface Plan {
  readonly world: World['name'];
  /** In the order in which they strike; `at` is the share of the steps that is done by then. */
  readonly faults: readonly { readonly kind: KindName; readonly at: number; readonly seed: number }[];
}

export interface Round {
  readonly struck: readonly KindName[];
  readonly attempts: number;
  readonly succeeded: boolean;
  readonly verdict: Verdict;
  /** The states that the job went through, with their reasons. */
  readonly history: string;
}

const MOST_FAULTS = 4;
/** Kinds that last to the end of the round: once is enough. */
const LASTING: readonly KindName[] = ['clock', 'events', 'two-reconcilers'];
/** Share of the rounds that lose so many runners as they may, which lose one more. */
const FATAL = 0.15;
/** Milliseconds until a job counts as lost. */
const PATIENCE = 300_000;

/** Numbers in [0, 1) of a seed. */
export function drawsOf(seed: number): () => number {
  const next = random(seed);
  return () => next() / 2 ** 32;
}

/** What a seed and the number of a round stand for. @param only the kinds that may be drawn */
export function planOf(
  seed: number,
  round: number,
  worlds: readonly World['name'][],
  only: readonly KindName[] = kindNames,
): Plan {
  const draw = drawsOf(mix(seed, round));
  const pick = <T>(from: readonly T[]): T => from[Math.floor(draw() * from.length)]!;
  const strikes = (kind: KindName, world: World['name']) => (kinds[kind] as Kind).worlds.includes(world);
  const world = pick(worlds.filter((one) => only.some((kind) => strikes(kind, one))));
  let possible = only.filter((kind) => strikes(kind, world));
  const faults: { kind: KindName; at: number; seed: number }[] = [];
  let losses = 0;
  for (let left = 1 + Math.floor(draw() * MOST_FAULTS); left > 0 && possible.length > 0; left--) {
    const kind = pick(possible);
    faults.push({ kind, at: draw() * 0.9, seed: mix(seed, round, left) });
    losses += (kinds[kind] as Kind).losses;
    // Most jobs are to live: what is compared is what they leave.
    if (losses === MAX_ATTEMPTS - 1 && draw() > FATAL)
      possible = possible.filter((one) => (kinds[one] as Kind).losses === 0);
    if (LASTING.includes(kind)) possible = possible.filter((one) => one !== kind);
  }
  return { world, faults: faults.sort((a, b) => a.at - b.at) };
}

/** @param expected what the same spec leaves when nothing happens; @param steps of the whole job */
export async function playRound(
  world: World,
  plan: Plan,
  spec: TrainSpec,
  key: string,
  { expected, steps }: { expected: Outcome; steps: number },
): Promise<Round> {
  const struck: KindName[] = [];
  const id = await world.service.submit(spec, key);
  // A client that has not heard the answer.
  const again = await world.service.submit(spec, key);
  const deadline = performance.now() + PATIENCE;
  for (const { kind, at, seed } of plan.faults) {
    if (!(await reached(world, id, at * steps, deadline))) break;
    if (await (kinds[kind] as Kind).strike(world, id, drawsOf(seed))) struck.push(kind);
  }
  const last = await untilFinal(world, id, deadline);
  calm(world);
  const judged = await judge({ world, job: last, again, struck, expected });
  return { struck, attempts: last.attempt, succeeded: last.state === 'succeeded', ...judged };
}

/** False if the job has ended before, or time is up. */
async function reached(world: World, id: string, step: number, deadline: number): Promise<boolean> {
  while (performance.now() < deadline) {
    const { state, progress } = await world.jobs.get(id);
    if (isFinal(state)) return false;
    if (state === 'running' && (progress?.step ?? -1) >= step) return true;
    await sleep(20);
  }
  return false;
}

async function untilFinal(world: World, id: string, deadline: number): Promise<Job> {
  for (;;) {
    const job = await world.jobs.get(id);
    if (isFinal(job.state) || performance.now() > deadline) return job;
    await sleep(30);
  }
}
