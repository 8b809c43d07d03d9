/** `anneal check`: the checks of a train spec without the training, for a pipeline that gates a merge on them. */
import type { Command } from 'commander';
import type { Job } from '../../index.ts';
import { contextOf } from '../context.ts';
import { InputError } from '../exit.ts';
import { parseTimeout } from '../follow.ts';
import { setOption } from '../set-option.ts';
import { paint } from '../style.ts';
import { summary } from '../summary.ts';
import { runToEnd } from './submit.ts';

interface Options {
  readonly set: readonly string[];
  readonly timeout?: number;
}

/** The job ends with a failed check, or as soon as it has begun to train. */
const ONLY_CHECKS = ['checks=on', 'onCheckFailure=stop', 'budget.seconds=0.001'];

export function register(program: Command): void {
  program
    .command('check')
    .description('run the checks of a train spec, not the training; exit code 1 if one failed')
    .argument('<file>', 'spec in YAML or JSON; - for standard input')
    .addOption(setOption())
    .option('-t, --timeout <seconds>', 'give up waiting after so long', parseTimeout)
    .action(async (file: string, { set, timeout }: Options, command: Command) => {
      const context = contextOf(command);
      const { readSubmission } = await import('../submission.ts');
      const { spec } = await readSubmission(file, set);
      if (spec.kind !== 'train')
        throw new InputError(`${file}: kind is ${spec.kind}; checks are those of a train spec`);
      const submission = await readSubmission(file, [...set, ...ONLY_CHECKS]);
      const submit = (): Promise<Job> => submission.send((checked) => context.client.jobs.create(checked));
      await runToEnd(context, submit, { timeout, told });
    });
}

const told = (job: Job): string =>
  job.state === 'succeeded' ? `${paint(process.stdout, 'green', '✓')} the checks passed (${job.id})` : summary(job);
