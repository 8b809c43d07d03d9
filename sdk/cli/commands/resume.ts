/** `anneal resume`: lets a paused job go on. */
import type { Command } from 'commander';
import { contextOf, result } from '../context.ts';
import { jobArgument } from './jobs.ts';

export function register(program: Command): void {
  program
    .command('resume')
    .description('let a paused job go on')
    .addArgument(jobArgument())
    .action(async (id: string, _options: unknown, command: Command) => {
      const context = contextOf(command);
      const job = await context.client.jobs.resume(id);
      result(context, job, () => `${job.id} is ${job.stopping ? `${job.state}, asked to ${job.stopping}` : job.state}`);
    });
}
