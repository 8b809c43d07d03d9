/**
 * The life of the jobs: from SUBMITTED to SUCCEEDED or FAILED, with real processes. Takes what was submitted as it was sent, with its
 * command, environment, time limit and retry rules.
 */
import { randomBytes } from 'node:crypto';
import type { JobDetail, JobStatus } from '@aws-sdk/client-batch';
import { type Image, startContainer } from './container.ts';
import { detailOf, isOver, newStream, type StandInJob, type Submission, triesAgain } from './job.ts';

/** Takes the lines of a stream; done when they can be read. */
export type WriteLog = (stream: string, lines: readonly string[]) => Promise<void>;

export interface ExecutorOptions {
  readonly image: Image;
  readonly writeLog: WriteLog;
  /** Milliseconds from SIGTERM to SIGKILL. Batch's are 30,000. */
  readonly stopMilliseconds: number;
  /** Milliseconds of a second of time limits. */
  readonly secondMilliseconds: number;
}

/** Milliseconds between two writes to a log. */
const FLUSH = 20;
const EXITED = 'Essential container in task exited';

export type Executor = ReturnType<typeof createExecutor>;

export function createExecutor({ image, writeLog, stopMilliseconds, secondMilliseconds }: ExecutorOptions) {
  const jobs = new Map<string, StandInJob>();
  /** Queue -> why nothing starts there. */
  const held = new Map<string, string>();
  const listeners = new Set<(detail: JobDetail) => void>();
  const running = new Set<Promise<void>>();
  /** Why the next containers do not start. */
  const failures: string[] = [];
  let closed = false;

  function move(job: StandInJob, status: JobStatus, reason?: string): void {
    job.status = status;
    job.statusReason = reason;
    if (isOver(job)) job.stoppedAt = Date.now();
    const detail = structuredClone(detailOf(job));
    for (const listener of listeners) listener(detail);
  }

  function submit(id: string, arn: string, submission: Submission): void {
    const job: StandInJob = {
      ...{ id, arn, submission, createdAt: Date.now(), status: 'SUBMITTED', attempts: [], hostLost: false },
      ...{ statusReason: undefined, startedAt: undefined, stoppedAt: undefined, stream: undefined },
      ...{ container: undefined, terminated: undefined, ending: undefined },
    };
    jobs.set(id, job);
    setImmediate(() => {
      if (isOver(job)) return;
      move(job, 'PENDING');
      enqueue(job);
    });
  }

  function enqueue(job: StandInJob): void {
    move(job, 'RUNNABLE', held.get(job.submission.jobQueue));
    if (held.has(job.submission.jobQueue) || closed) return;
    const attempt = run(job).finally(() => running.delete(attempt));
    running.add(attempt);
  }

  async function run(job: StandInJob): Promise<void> {
    move(job, 'STARTING');
    const failure = failures.shift();
    if (failure !== undefined) return failed(job, failure);
    job.stream = newStream();
    job.ending = undefined;
    job.hostLost = false;
    const log = logTo(job.stream, writeLog);
    const { command = [], environment = [] } = job.submission.containerOverrides ?? {};
    const own = { AWS_BATCH_JOB_ID: job.id, AWS_BATCH_JOB_ATTEMPT: String(job.attempts.length + 1) };
    const variables = Object.fromEntries(environment.map(({ name, value }) => [name, value]));
    const container = await startContainer(image, { command, environment: { ...variables, ...own } }, log.line);
    job.container = container;
    const startedAt = Date.now();
    job.startedAt = startedAt;
    move(job, 'RUNNING');
    if (job.terminated !== undefined) stop(job);
    const limit = (job.submission.timeout?.attemptDurationSeconds ?? 0) * secondMilliseconds;
    const timer = limit > 0 ? setTimeout(() => expire(job), limit) : undefined;
    const exitCode = await container.exitCode;
    clearTimeout(timer);
    job.container = undefined;
    await log.end();
    const statusReason = job.terminated ?? job.ending ?? EXITED;
    job.attempts.push({
      container: { logStreamName: job.stream, ...(!job.hostLost && { exitCode }) },
      ...{ startedAt, stoppedAt: Date.now(), statusReason },
    });
    const again = job.terminated === undefined && job.ending !== TIMED_OUT && triesAgain(job);
    if (exitCode === 0 && job.ending === undefined && job.terminated === undefined) move(job, 'SUCCEEDED', EXITED);
    else if (again && !closed) enqueue(job);
    else move(job, 'FAILED', statusReason);
  }

  function failed(job: StandInJob, reason: string): void {
    const statusReason = 'Task failed to start';
    const now = Date.now();
    job.attempts.push({ container: { reason }, startedAt: now, stoppedAt: now, statusReason });
    if (triesAgain(job) && job.terminated === undefined && !closed) enqueue(job);
    else move(job, 'FAILED', job.terminated ?? statusReason);
  }

  function stop(job: StandInJob): void {
    const { container } = job;
    if (!container) return;
    container.signal('SIGTERM');
    const hard = setTimeout(() => container.kill(), stopMilliseconds);
    void container.exitCode.finally(() => clearTimeout(hard));
  }

  function expire(job: StandInJob): void {
    job.ending = TIMED_OUT;
    stop(job);
  }

  const find = (id: string): StandInJob => {
    const job = jobs.get(id);
    if (!job) throw new Error(`no job ${id}`);
    return job;
  };
  const hostGone = (): string => `Host EC2 (instance i-${randomBytes(8).toString('hex')}) terminated.`;

  return {
    submit,
    /** All of a queue, or all; the newest first. */
    list: (queue?: string): StandInJob[] =>
      [...jobs.values()].filter(({ submission }) => !queue || submission.jobQueue === queue).reverse(),
    get: (id: string): StandInJob | undefined => jobs.get(id),

    terminate(id: string, reason: string): void {
      const job = jobs.get(id);
      if (!job || isOver(job)) return;
      job.terminated ??= reason;
      if (job.status === 'STARTING' || job.status === 'RUNNING') stop(job);
      else move(job, 'FAILED', job.terminated);
    },

    /** A spot notice: the host drains, then goes. */
    interrupt(id: string): void {
      const job = find(id);
      job.ending = hostGone();
      stop(job);
    },
    /** The host goes without a notice. */
    loseHost(id: string): void {
      const job = find(id);
      job.ending = hostGone();
      job.hostLost = true;
      job.container?.kill();
    },
    /** The next containers do not start, each for its reason. */
    failStarts: (...reasons: string[]): void => void failures.push(...reasons),
    /** Nothing starts in the queue; its first job says why. */
    hold: (queue: string, reason: string): void => void held.set(queue, reason),
    release(queue: string): void {
      held.delete(queue);
      for (const job of jobs.values()) if (job.submission.jobQueue === queue && job.status === 'RUNNABLE') enqueue(job);
    },
    /** As Batch does where a queue limits the time that jobs wait. */
    giveUp(id: string): void {
      const job = find(id);
      move(job, 'FAILED', `Canceled by JobStateTimeLimit action due to reason: ${job.statusReason?.split(' ')[0]}`);
    },
    /** Told of every change of a status but the first, as EventBridge is. */
    onChange(listener: (detail: JobDetail) => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async close(): Promise<void> {
      closed = true;
      for (const { container } of jobs.values()) container?.kill();
      await Promise.all(running);
    },
  };
}

const TIMED_OUT = 'Job attempt duration exceeded timeout';

/** Writes lines in batches, in their order. */
function logTo(stream: string, writeLog: WriteLog) {
  let lines: string[] = [];
  let writing = Promise.resolve();
  const flush = (): Promise<void> => {
    writing = writing.then(async () => {
      const batch = lines;
      lines = [];
      if (batch.length > 0) await writeLog(stream, batch);
    });
    return writing;
  };
  const timer = setInterval(() => void flush(), FLUSH);
  return {
    line: (text: string): void => void lines.push(text),
    async end(): Promise<void> {
      clearInterval(timer);
      await flush();
    },
  };
}
