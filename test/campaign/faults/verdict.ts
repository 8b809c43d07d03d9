/** What is wrong with what became of a job, in words; and under which of the campaign's four counts it falls. */
import type { Event, Job, TrainJob } from '@anneal/schemas';
import { isFinal } from '@anneal/schemas';
import { differences, type Outcome, outcomeOf } from '../outcome.ts';
import { type Kind, type KindName, kinds } from './kinds.ts';
import type { World } from './world.ts';

export interface Verdict {
  readonly lost: readonly string[];
  readonly doubled: readonly string[];
  readonly differing: readonly string[];
  readonly unexplained: readonly string[];
}

export interface Judged {
  readonly verdict: Verdict;
  readonly history: string;
}

/** Lost runners after which a job fails. */
export const MAX_ATTEMPTS = 3;

export interface Facts {
  readonly world: World;
  readonly job: Job;
  /** The job that the same submission got when it was sent again. */
  readonly again: string;
  readonly struck: readonly KindName[];
  readonly expected: Outcome;
}

export async function judge({ world, job, again, struck, expected }: Facts): Promise<Judged> {
  const events = await world.jobs.readEvents(job.id, 0, 100_000);
  const losses = struck.reduce((sum, kind) => sum + (kinds[kind] as Kind).losses, 0);
  const succeeded = job.state === 'succeeded';
  const differing = succeeded
    ? differences(expected, await outcomeOf(world.jobs, world.artifacts, job as TrainJob))
    : [];
  const verdict = {
    lost: lostBy(job, losses, events),
    doubled: doubledBy(job.id, again, events, world.launchesOf(job.id)),
    differing,
    unexplained: unexplainedBy(job, events),
  };
  return { verdict, history: historyOf(events) };
}

/** It has not come to an end, or has failed without having been struck so often that it may. */
function lostBy(job: Job, losses: number, events: readonly Event[]): string[] {
  if (!isFinal(job.state)) return [`${job.id} is still ${job.state} (${historyOf(events)})`];
  if (job.state === 'succeeded') return [];
  const entitled = job.state === 'failed' && job.error?.code === 'runner_lost' && losses >= MAX_ATTEMPTS;
  return entitled ? [] : [`${job.id} is ${job.state}: ${job.error?.message} (${historyOf(events)})`];
}

/** Twice submitted, launched oftener than decided, in two attempts at once, or written to by one that was over. */
export function doubledBy(id: string, again: string, events: readonly Event[], launches: number): string[] {
  const found = again === id ? [] : [`one submission became ${id} and ${again}`];
  const states = events.flatMap(({ body }) => (body.type === 'state' ? [body.state] : []));
  const decided = states.filter((state) => state === 'starting').length;
  if (launches > decided) found.push(`${id}: ${launches} runners for ${decided} launches`);
  states.forEach((state, i) => {
    if (state === 'running' && states[i - 1] !== 'starting') found.push(`${id}: running after ${states[i - 1]}`);
  });
  if (states.filter((state) => state === 'succeeded').length > 1) found.push(`${id} has succeeded twice`);
  let attempt = 0;
  for (const { seq, body } of events) {
    if (body.type === 'state' && body.state === 'running') attempt += 1;
    if (body.type === 'artifact' && body.artifact.attempt !== attempt)
      found.push(`${id}: event ${seq} is of attempt ${body.artifact.attempt} while ${attempt} runs`);
  }
  events.forEach(({ seq }, i) => {
    if (seq !== i + 1) found.push(`${id}: event ${i + 1} has number ${seq}`);
  });
  return found;
}

/** A job that failed, or went back into the queue, and does not say why in a sentence. */
function unexplainedBy(job: Job, events: readonly Event[]): string[] {
  const sentence = (text: string | null | undefined): boolean => /\w+ \w+ \w+/.test(text ?? '');
  const found: string[] = [];
  if (job.state === 'failed' && !sentence(job.error?.message)) found.push(`${job.id}: '${job.error?.message}'`);
  events.forEach(({ body }, i) => {
    if (i > 0 && body.type === 'state' && body.state === 'queued' && !sentence(body.reason))
      found.push(`${job.id} is back in the queue: '${body.reason}'`);
  });
  return found;
}

/** The states that it went through, with their reasons. */
export const historyOf = (events: readonly Event[]): string =>
  events
    .flatMap(({ body }) => (body.type === 'state' ? (body.reason ? `${body.state}, ${body.reason}` : body.state) : []))
    .join('; ');
