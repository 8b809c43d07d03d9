/** `anneal submit`: sends a spec, and with --wait follows the job to its end. */
import type { Command } from 'commander';
import type { Job, SpecInput } from '../../index.ts';
import { type Context, contextOf, result, tell } from '../context.ts';
import { type Embedded, ensureService } from '../embedded.ts';
import { follow, parseTimeout, summary } from '../follow.ts';
import { ProgressView } from '../progress-view.ts';

interface Options {
  readonly wait?: true;
  readonly set: readonly string[];
  readonly timeout?: number;
  readonly key?: string;
}

const collect = (value: string, before: readonly string[]): string[] => [...before, value];

export function register(program: Command): void {
  program
    .command('submit')
    .description('submit a job')
    .argument('<file>', 'spec in YAML or JSON; - for standard input')
    .option('-w, --wait', 'follow the job to its end; starts a service if none runs')
    .option('-s, --set <path=value>', 'change one field, as in schedule.rate=0.01 (repeatable)', collect, [])
    .option('-t, --timeout <seconds>', 'with --wait: give up waiting after so long', parseTimeout)
    .option('-k, --key <key>', 'idempotency key: the same key and spec give the same job')
    .action(async (file: string, options: Options, command: Command) => {
      const context = contextOf(command);
      const { readSubmission } = await import('../submission.ts');
      const submission = await readSubmission(file, options.set);
      const service = options.wait ? await ensureService(context) : undefined;
      try {
        const job = await submission.send((spec: SpecInput) =>
          context.client.jobs.create(spec, options.key === undefined ? {} : { idempotencyKey: options.key }),
        );
        if (options.wait) await waitFor(context, job, options, service);
        else result(context, job, () => `${job.id}\n  anneal watch ${job.id} follows it`);
      } finally {
        await service?.close();
      }
    });
}

async function waitFor(context: Context, job: Job, options: Options, service: Embedded | undefined): Promise<void> {
  const view = new ProgressView();
  view.line(`${job.id} is submitted`);
  const release = onInterrupt(context, job.id, view, service);
  try {
    const { job: ended, exitCode } = await follow(context, job.id, { timeout: options.timeout, view });
    process.exitCode = exitCode;
    result(context, ended, () => summary(ended));
  } finally {
    release();
  }
}

/** The first Ctrl-C asks the job to cancel, the second leaves at once. Runners of an embedded service never stay behind. */
function onInterrupt({ client }: Context, id: string, view: ProgressView, service: Embedded | undefined): () => void {
  let asked = false;
  const listener = (signal: NodeJS.Signals): void => {
    if (asked) {
      view.end();
      tell(
        service ? `Leaving; ${id} goes on when a service runs in this folder again.` : `Leaving; ${id} may still run.`,
      );
      const leave = (): never => process.exit(signal === 'SIGINT' ? 130 : 143);
      setTimeout(leave, 5_000);
      void (service?.close() ?? Promise.resolve()).finally(leave);
      return;
    }
    asked = true;
    view.line(
      `Cancelling ${id}; Ctrl-C again leaves at once. To keep a job running without this terminal, submit it without --wait` +
        `${service ? " to a service of its own ('anneal serve')" : ''}.`,
    );
    client.jobs.cancel(id).catch((error: Error) => view.line(error.message));
  };
  process.on('SIGINT', listener);
  process.on('SIGTERM', listener);
  return () => {
    process.off('SIGINT', listener);
    process.off('SIGTERM', listener);
  };
}
