/** `anneal webhooks`: who is told of what becomes of jobs. */
import { Argument, type Command } from 'commander';
import type { WebhookInput } from '../../index.ts';
import { contextOf, print, result, tell } from '../context.ts';
import { age, table } from '../style.ts';

const idArgument = (): Argument => new Argument('<webhook>', 'its id, as in the list');
const separate = (text: string): string[] => text.split(',').map((event) => event.trim());

interface CreateOptions {
  readonly events?: NonNullable<WebhookInput['events']>;
  readonly description?: string;
}

export function register(program: Command): void {
  const webhooks = program.command('webhooks').description('register, list and remove webhooks');

  webhooks
    .command('create')
    .description('have messages sent to an address; prints the secret that they are signed with, once')
    .argument('<url>', 'where to, by https')
    .option('--events <list>', 'as in job.failed,job.succeeded; when a job has ended if left out', separate)
    .option('--description <text>', 'what it is for')
    .action(async (url: string, options: CreateOptions, command: Command) => {
      const context = contextOf(command);
      const made = await context.client.webhooks.create({ url, ...options });
      if (context.json) return print(JSON.stringify(made, null, 2));
      tell(`Webhook ${made.id} is told of ${made.events.join(', ')}. Its secret is not shown again:`);
      print(made.secret);
    });

  webhooks
    .command('list')
    .description('list webhooks, the oldest first')
    .action(async (_options: object, command: Command) => {
      const context = contextOf(command);
      const found = await context.client.webhooks.list();
      if (!context.json && found.length === 0) return tell('There are no webhooks.');
      result(context, found, () =>
        table(
          ['webhook', 'url', 'events', 'made', 'failing'],
          found.map(({ id, url, events, createdAt, failing }) => [
            ...[id, url, events.join(', '), age(createdAt)],
            failing === null ? '' : `${age(failing.since)}: ${failing.reason}`,
          ]),
        ),
      );
    });

  webhooks
    .command('rotate')
    .description('replace the secret; the one before holds for another day')
    .addArgument(idArgument())
    .action(async (id: string, _options: object, command: Command) => {
      const context = contextOf(command);
      const made = await context.client.webhooks.rotate(id);
      print(context.json ? JSON.stringify(made, null, 2) : made.secret);
    });

  webhooks
    .command('delete')
    .description('send nothing to it any more')
    .addArgument(idArgument())
    .action(async (id: string, _options: object, command: Command) => {
      const context = contextOf(command);
      await context.client.webhooks.delete(id);
      result(context, { id }, () => `${id} is removed.`);
    });
}
