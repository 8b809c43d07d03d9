/** `anneal cancel`: ends a job for good. */
import type { Command } from 'commander';
import { contextOf, result } from '../context.ts';
import { jobArgument } from './jobs.ts';

export function register(program: Command): void {
  program
    .command('cancel')
    .description('end a job for good; a running one keeps what it has made')
    .addArgument(jobArgument())
    .action(async (id: string, _options: unknown, command: Command) => {
      const context = contextOf(command);
      const job = await context.client.jobs.cancel(id);
      result(context, job, () => `${job.id} is ${job.stopping ? `${job.state}, asked to ${job.stopping}` : job.state}`);
    });
}
