/** What the events of a job say about its runners. */
import type { JobState } from '@anneal/schemas';
import { TRIED_AGAIN } from '../lost-attempts.ts';
import type { JobStore } from '../ports/job-store.ts';

export interface History {
  readonly state: JobState;
  /** When it came into that state. Milliseconds since 1970. */
  readonly since: number;
  /** Number of the event that recorded its last launch; 0 before the first. */
  readonly launch: number;
  /** How often it has come back into the queue because its runner was lost; leaving when asked to and interruptions are no losses. */
  readonly losses: number;
  /** The last notice since then. */
  readonly said: string | undefined;
  /** Number of the last event: a transition on condition of it holds only if all of this still does. */
  readonly lastEvent: number;
}

const PAGE = 500;

export async function readHistory(jobs: Pick<JobStore, 'readEvents'>, jobId: string): Promise<History> {
  let history: History = { state: 'queued', since: 0, launch: 0, losses: 0, said: undefined, lastEvent: 0 };
  for (;;) {
    const events = await jobs.readEvents(jobId, history.lastEvent, PAGE);
    for (const { seq, at, body } of events) {
      history = { ...history, lastEvent: seq };
      if (body.type === 'notice') history = { ...history, said: body.message };
      if (body.type !== 'state') continue;
      const lost = body.state === 'queued' && body.reason?.endsWith(TRIED_AGAIN) === true;
      const losses = history.losses + (lost ? 1 : 0);
      const launch = body.state === 'starting' ? seq : history.launch;
      history = { state: body.state, since: Date.parse(at), launch, losses, said: undefined, lastEvent: seq };
    }
    if (events.length < PAGE) return history;
  }
}
