/** `anneal serve`: the service, until it is told to stop. */
import type { Command } from 'commander';
import { contextOf, print, tell } from '../context.ts';
import { exit, InputError } from '../exit.ts';

const whole =
  (flag: string, least: number, most: number) =>
  (text: string): number => {
    const value = Number(text);
    if (Number.isInteger(value) && value >= least && value <= most) return value;
    throw new InputError(`${flag} ${text}: must be a whole number from ${least} to ${most}`);
  };

interface Options {
  readonly port?: number;
  readonly host?: string;
  readonly concurrency?: number;
  readonly data?: string;
  readonly store?: string;
  readonly artifacts?: string;
  readonly requestsPerMinute?: number;
  readonly openJobs?: number;
  readonly webhookNetworks?: readonly string[];
  readonly launcher?: string;
}

export function register(program: Command): void {
  program
    .command('serve')
    .description('run the service in the foreground')
    .option('-p, --port <port>', 'port to listen on; 0 takes a free one', whole('--port', 0, 65_535))
    .option('--host <host>', 'address to listen on; only this machine can reach the default')
    .option(
      '-c, --concurrency <jobs>',
      'jobs that run at once; 1 on this machine, 100 elsewhere, if left out',
      whole('--concurrency', 1, 1024),
    )
    .option('-d, --data <folder>', 'folder that data files of specs are looked for in')
    .option(
      '--store <address>',
      'where jobs are kept, as in dynamodb:TABLE?region=…; a SQLite file in the folder if left out',
    )
    .option(
      '--artifacts <address>',
      'where artifacts are kept, as in s3:BUCKET/FOLDER?region=…; the folder if left out',
    )
    .option('--launcher <address>', 'where jobs run, as in batch:QUEUE?onDemand=QUEUE; this machine if left out')
    .option(
      '--requests-per-minute <n>',
      'requests that one tenant may send in a minute',
      whole('--requests-per-minute', 1, 1_000_000),
    )
    .option('--open-jobs <n>', 'jobs of one tenant that may wait or run at once', whole('--open-jobs', 1, 1_000_000))
    .option(
      '--webhook-networks <list>',
      'private networks that webhooks may go to, as in 10.0.0.0/8,fd00::/8',
      (text: string) => text.split(',').map((network) => network.trim()),
    )
    .action(async ({ data, requestsPerMinute, openJobs, ...options }: Options, command: Command) => {
      const context = contextOf(command);
      const { serve } = await import('@anneal/api/node.ts');
      const service = await serve({
        folder: context.folder,
        ...options,
        ...(data !== undefined && { dataFolder: data }),
        limits: { requestsPerMinute, openJobs },
      });
      if (context.json) print(JSON.stringify({ url: service.url, folder: context.folder }));
      else print(`Anneal serves ${context.folder} at ${service.url}`);
      tell(
        `The token is in ${context.folder}/token; commands run beside this folder find it by themselves. Ctrl-C stops.`,
      );
      await untilTold();
      const what = service.ownRunners ? 'running jobs save and go on at the next start' : 'running jobs go on';
      tell(`Stopping: ${what}. Ctrl-C again stops at once.`);
      const atOnce = (): never => process.exit(exit.serviceFailure);
      process.once('SIGINT', atOnce).once('SIGTERM', atOnce);
      await service.close();
    });
}

const untilTold = (): Promise<void> =>
  new Promise((resolve) => {
    const stop = (): void => {
      process.off('SIGINT', stop).off('SIGTERM', stop);
      resolve();
    };
    process.on('SIGINT', stop).on('SIGTERM', stop);
  });
