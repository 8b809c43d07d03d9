/** `anneal pause`: saves a job and frees its machine. */
import type { Command } from 'commander';
import { contextOf, result } from '../context.ts';
import { jobArgument } from './jobs.ts';

export function register(program: Command): void {
  program
    .command('pause')
    .description('save a job and free its machine')
    .addArgument(jobArgument())
    .action(async (id: string, _options: unknown, command: Command) => {
      const context = contextOf(command);
      const job = await context.client.jobs.pause(id);
      result(context, job, () => `${job.id} is ${job.stopping ? `${job.state}, asked to ${job.stopping}` : job.state}`);
    });
}
