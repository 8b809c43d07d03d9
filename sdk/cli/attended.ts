/** Jobs that are submitted and followed to their end while somebody looks on; a service is started for them if none runs. */
import type { Job } from '../index.ts';
import { type Context, result, tell } from './context.ts';
import { type Embedded, ensureService } from './embedded.ts';
import { type Followed, follow } from './follow.ts';
import { ProgressView } from './progress-view.ts';
import { summary } from './summary.ts';

/** Submits one job and follows it to its end. */
export type Run = (submit: () => Promise<Job>) => Promise<Followed>;

/** What work that somebody looks on at is given. */
export interface Attendance {
  readonly run: Run;
  readonly view: ProgressView;
  /** The user wants it to end: nothing more is begun. */
  stopping(): boolean;
  /** The user has gone, without waiting for the end. */
  left(): boolean;
}

export interface AttendedOptions {
  readonly timeout?: number | undefined;
}

/** Undefined where the user left before the end. */
export async function attended<T>(
  context: Context,
  { timeout }: AttendedOptions,
  work: (attendance: Attendance) => Promise<T>,
): Promise<T | undefined> {
  const view = new ProgressView();
  const interrupts = new Interrupts(context, view);
  const run: Run = async (submit) => {
    const { id } = await submit();
    interrupts.jobId = id;
    view.line(`${id} is submitted`);
    const followed = await follow(context, id, { timeout, view, signal: interrupts.left, untilPaused: true });
    interrupts.jobId = undefined;
    return followed;
  };
  try {
    interrupts.service = await ensureService(context);
    const left = () => interrupts.left.aborted;
    return await work({ run, view, left, stopping: () => interrupts.asked || left() });
  } catch (error) {
    if (!interrupts.left.aborted) throw error;
    return undefined;
  } finally {
    await interrupts.service?.close();
    interrupts.release();
  }
}

/** One job, whose end is the result of the command. */
export async function runToEnd(
  context: Context,
  submit: () => Promise<Job>,
  { timeout, told = summary }: AttendedOptions & { readonly told?: (job: Job) => string },
): Promise<void> {
  await attended(context, { timeout }, async ({ run }) => {
    const { job, exitCode } = await run(submit);
    process.exitCode = exitCode;
    result(context, job, () => told(job));
  });
}

/** The first Ctrl-C asks the job to cancel, the second leaves as soon as no runner stays behind, the third whatever happens. */
class Interrupts {
  service: Embedded | undefined;
  jobId: string | undefined;
  /** To cancel the job. */
  asked = false;
  readonly #leaving = new AbortController();
  readonly #context: Context;
  readonly #view: ProgressView;

  constructor(context: Context, view: ProgressView) {
    this.#context = context;
    this.#view = view;
    process.on('SIGINT', this.#onSignal).on('SIGTERM', this.#onSignal);
  }

  /** Aborted when the user leaves without waiting any longer. */
  get left(): AbortSignal {
    return this.#leaving.signal;
  }

  release(): void {
    process.off('SIGINT', this.#onSignal).off('SIGTERM', this.#onSignal);
  }

  readonly #onSignal = (signal: NodeJS.Signals): void => {
    if (this.asked || this.jobId === undefined) {
      this.#leave(signal);
      return;
    }
    this.asked = true;
    const another = this.service ? " to a service of its own ('anneal serve')" : '';
    this.#view.line(
      `Cancelling ${this.jobId}; Ctrl-C again leaves at once. To keep a job running without this terminal, submit it without --wait${another}.`,
    );
    this.#context.client.jobs.cancel(this.jobId).catch((error: Error) => this.#view.line(error.message));
  };

  #leave(signal: NodeJS.Signals): void {
    process.exitCode = signal === 'SIGINT' ? 130 : 143;
    if (this.left.aborted) process.exit();
    this.#leaving.abort();
    this.#view.end();
    if (this.jobId !== undefined)
      tell(this.service ? `Leaving; ${this.jobId} ends with this command.` : `Leaving; ${this.jobId} may still run.`);
    const leave = (): never => process.exit();
    void (this.service?.close() ?? Promise.resolve()).finally(leave);
  }
}
