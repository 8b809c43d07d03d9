/** The port to the jobs: records, ordered events and leases. All times are milliseconds since 1970 by the store's own clock. */
import type {
  ErrorDetail,
  Event,
  EventBody,
  Job,
  JobResult,
  JobState,
  PlanReport,
  Progress,
  Spec,
} from '@anneal/schemas';

/** The client's key and a SHA-256 of the body it came with; kept for at least 24 hours. */
export interface Idempotency {
  readonly key: string;
  readonly bodyHash: string;
}

export interface NewJob {
  readonly spec: Spec;
  readonly idempotency?: Idempotency;
}

export interface JobFilter {
  readonly state?: JobState;
  readonly kind?: Job['kind'];
  /** All of them must match. */
  readonly tags?: Readonly<Record<string, string>>;
}

export interface Page<T> {
  readonly items: readonly T[];
  /** Opaque; null at the end. */
  readonly next: string | null;
}

/** What a transition may change besides the state. */
export interface JobChange {
  readonly error?: ErrorDetail | null;
  readonly result?: JobResult | null;
  /** Clears a request to stop that has been carried out. */
  readonly stopping?: null;
}

/** A runner's right to write to a job. The token grows with every lease of the job: an old one is worth nothing. */
export interface Lease {
  readonly jobId: string;
  readonly token: number;
  readonly attempt: number;
}

export interface LostLimits {
  readonly startMilliseconds: number;
  readonly maxAttempts: number;
  /** Asked of each job that is lost by the store's clock, which may not be that of its runner. */
  readonly isSilent?: (job: Sighting) => boolean;
}

export interface Sighting {
  readonly id: string;
  /** Another after every move of the job and every sign of life of its runner. */
  readonly sign: string;
}

export interface JobStore {
  /** Milliseconds between two heartbeats with news, and between two looks for them on behalf of watchers, where requests are paid for;
   *  absent where they cost nothing. */
  readonly paceMilliseconds?: number;

  /** Creates a queued job and its first event, or finds the one that the same key and body made before.
   *  @throws AnnealError idempotency_conflict  if the key came with another body */
  create(job: NewJob): Promise<{ job: Job; created: boolean }>;

  /** The job that the same key and body made before, if they did: what `create` would find.
   *  @throws AnnealError idempotency_conflict  if the key came with another body */
  madeBefore(idempotency: Idempotency): Promise<Job | undefined>;

  /** @throws AnnealError not_found */
  get(id: string): Promise<Job>;

  /** Newest first. `cursor` is a `next` of an earlier page; jobs created meanwhile neither repeat nor hide others. */
  list(filter: JobFilter, page: { limit: number; cursor?: string }): Promise<Page<Job>>;

  /** Queued jobs, oldest first: what the scheduler takes from. */
  queued(limit: number): Promise<readonly Job[]>;

  /** Number of jobs in each of `starting` and `running`: what counts against the concurrency limit. */
  active(): Promise<number>;

  /** Number of jobs that have not ended, paused ones included; counting stops at `atMost`. */
  openJobs(atMost: number): Promise<number>;

  /** Compare-and-set: moves the job from one of `from` to `to` and appends the `state` event in one go. With a lease, only its
   *  holder can; moving out of `running` ends the lease. To `running` leads only `claim`. With `lastEvent`, only if that is still the
   *  number of its last event: whoever decided by what he read can be sure that nothing has come in between.
   *  @throws AnnealError conflict    if the job is in none of `from`, or `to` can't follow the state that it is in, or an event came
   *  @throws AnnealError lease_lost  if the lease is no longer the job's */
  transition(
    id: string,
    from: readonly JobState[],
    to: JobState,
    options?: {
      readonly reason?: string;
      readonly change?: JobChange;
      readonly lease?: Lease;
      readonly lastEvent?: number;
    },
  ): Promise<Job>;

  /** Asks a starting or running job to stop; its runner sees it at the next heartbeat, its launcher at once.
   *  @throws AnnealError conflict if the job is in another state */
  requestStop(id: string, stopping: 'cancel' | 'pause'): Promise<Job>;

  /** A runner takes a `starting` job: it becomes `running`, its attempt grows by one, older tokens die.
   *  @throws AnnealError conflict if the job is not starting */
  claim(id: string, runnerId: string, ttlMilliseconds: number): Promise<Lease>;

  /** Prolongs the lease and records progress. Answers what has been asked of the job meanwhile.
   *  @throws AnnealError lease_lost */
  heartbeat(
    lease: Lease,
    ttlMilliseconds: number,
    update?: { readonly progress?: Progress; readonly plan?: PlanReport },
  ): Promise<{ stopping: Job['stopping'] }>;

  /** Appends events in order; with a lease, only its holder can. Returns the last sequence number.
   *  @throws AnnealError lease_lost */
  appendEvents(id: string, bodies: readonly EventBody[], lease?: Lease): Promise<number>;

  /** Events with `seq > after`, in order, at most `limit`. */
  readEvents(id: string, after: number, limit: number): Promise<readonly Event[]>;

  /** Puts every running job whose lease has run out, and every job that has been `starting` for longer than
   *  `startMilliseconds`, back into the queue; or fails it with `runner_lost` once it has been lost `maxAttempts` times; or cancels
   *  it if that was asked for. A job that was to be paused always goes back: it pauses at its next start. Those of which `isSilent`
   *  says no are left alone. Two callers at once do no harm. Returns the jobs changed. */
  reapLost(options: LostLimits): Promise<readonly Job[]>;

  /** The moves of all jobs; absent where the back end has a stream of its own (DynamoDB). */
  readonly changes?: Changes;

  close(): Promise<void>;
}

/** A move of a job: the event of that number of its own. */
export interface Change {
  /** Grows with every move of any job; who reads after one misses none. */
  readonly number: number;
  readonly jobId: string;
  readonly seq: number;
}

export interface Changes {
  /** 0 before the first. */
  last(): Promise<number>;
  /** In order. Kept for the last 10,000 moves. */
  after(number: number, limit: number): Promise<readonly Change[]>;
}
