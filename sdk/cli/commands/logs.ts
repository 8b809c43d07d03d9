/** `anneal logs`: what the runners of a job wrote. */
import type { Command } from 'commander';
import { contextOf, tell } from '../context.ts';
import { jobArgument } from './jobs.ts';

export function register(program: Command): void {
  program
    .command('logs')
    .description('print what the runners of a job wrote')
    .addArgument(jobArgument())
    .action(async (id: string, _options: unknown, command: Command) => {
      const context = contextOf(command);
      const log = await context.client.jobs.logs(id);
      if (context.json) process.stdout.write(`${JSON.stringify({ jobId: id, log })}\n`);
      else if (log === '') tell('The log is empty.');
      else process.stdout.write(log.endsWith('\n') ? log : `${log}\n`);
    });
}
