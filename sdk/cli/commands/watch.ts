/** `anneal watch`: follows a job to its end. Leaving does not touch the job. */
import type { Command } from 'commander';
import { contextOf, result, tell } from '../context.ts';
import { follow, parseTimeout } from '../follow.ts';
import { summary } from '../summary.ts';

export function register(program: Command): void {
  program
    .command('watch')
    .description('follow a job to its end')
    .argument('<job>', 'id of the job')
    .option('-t, --timeout <seconds>', 'give up waiting after so long', parseTimeout)
    .action(async (id: string, { timeout }: { timeout?: number }, command: Command) => {
      const context = contextOf(command);
      process.once('SIGINT', () => {
        tell(`\n${id} goes on; anneal watch ${id} follows it again, anneal cancel ${id} ends it.`);
        process.exit(130);
      });
      const { job, exitCode } = await follow(context, id, { timeout });
      process.exitCode = exitCode;
      result(context, job, () => summary(job));
    });
}
