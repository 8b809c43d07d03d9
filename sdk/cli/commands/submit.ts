/** `anneal submit`: sends a spec, and with --wait follows the job to its end. */
import type { Command } from 'commander';
import type { Job } from '../../index.ts';
import { runToEnd } from '../attended.ts';
import { contextOf, result } from '../context.ts';
import { parseTimeout } from '../follow.ts';
import { setOption } from '../set-option.ts';

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
