/** `anneal submit`: sends a spec, and with --wait follows the job to its end. */
import type { Command } from 'commander';
import type { Job } from '../../index.ts';
import { type Context, contextOf, result, tell } from '../context.ts';
import { type Embedded, ensureService } from '../embedded.ts';
import { follow, parseTimeout } from '../follow.ts';
import { ProgressView } from '../progress-view.ts';
import { setOption } from '../set-option.ts';
import { summary } from '../summary.ts';

interface Options {
  readonly wait?: true;
  readonly set: readonly string[];
  readonly timeout?: number;
  readonly key?: string;
}

export function register(program: Command): void {
  program
    .command('submit')
    .description('submit a job')
    .argument('<file>', 'spec in YAML or JSON; - for standard input')
    .option('-w, --wait', 'follow the job to its end; starts a service if none runs')
    .addOption(setOption())
    .option('-t, --timeout <seconds>', 'with --wait: give up waiting after so long', parseTimeout)
    .option('-k, --key <key>', 'idempotency key: the same key and spec give the same job')
    .action(async (file: string, options: Options, command: Command) => {
      const context = contextOf(command);
      const { readSubmission } = await import('../submission.ts');
      const submission = await readSubmission(file, options.set);
      const key = options.key === undefined ? {} : { idempotencyKey: options.key };
      const submit = (): Promise<Job> => submission.send((spec) => context.client.jobs.create(spec, key));
      if (options.wait) return runToEnd(context, submit, options);
      const job = await submit();
      result(context, job, () => `${job.id}\n  anneal watch ${job.id} follows it`);
    });
}

/** Submits and follows the job to its end; a service is started for it if none runs. */
export async function runToEnd(
  context: Context,
  submit: () => Promise<Job>,
  { timeout, told = summary }: { readonly timeout?: number | undefined; readonly told?: (job: Job) => string },
): Promise<void> {
  const view = new ProgressView();
  const interrupts = new Interrupts(context, view);
  try {
    interrupts.service = await ensureService(context);
    const { id } = await submit();
    interrupts.jobId = id;
    view.line(`${id} is submitted`);
    const { job, exitCode } = await follow(context, id, { timeout, view, signal: interrupts.left });
    process.exitCode = exitCode;
    result(context, job, () => told(job));
  } catch (error) {
    if (!interrupts.left.aborted) throw error;
  } finally {
    await interrupts.service?.close();
    interrupts.release();
  }
}

/** The first Ctrl-C asks the job to cancel, the second leaves as soon as no runner stays behind, the third whatever happens. */
class Interrupts {
  service: Embedded | undefined;
  jobId: string | undefined;
  #asked = false;
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
    if (this.#asked || this.jobId === undefined) {
      this.#leave(signal);
      return;
    }
    this.#asked = true;
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
