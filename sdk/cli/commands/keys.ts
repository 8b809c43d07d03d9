/** `anneal keys`: API keys, made and revoked in the store itself: no service need run, and none can be asked for one. */
import { existsSync } from 'node:fs';
import { type Command, Option } from 'commander';
import { type Context, contextOf, print, result, tell } from '../context.ts';
import { InputError } from '../exit.ts';
import { age, table } from '../style.ts';

interface StoreOption {
  readonly store?: string;
}

const storeOption = (): Option =>
  new Option(
    '--store <address>',
    'where the service keeps its jobs; ANNEAL_STORE, or the folder of the service if left out',
  );
const tenantOption = (text: string): Option => new Option('--tenant <name>', text);
const separate = (text: string): string[] => text.split(',').map((scope) => scope.trim());

export function register(program: Command): void {
  const keys = program.command('keys').description('make, list and revoke API keys');

  keys
    .command('create')
    .description('make a key; it is shown once, and only its hash is kept')
    .argument('<name>', 'what it is for')
    .addOption(tenantOption('whose jobs it opens').default('default'))
    .option('--scopes <list>', 'read, submit, admin, separated by commas', separate, ['read', 'submit'])
    .addOption(storeOption())
    .action(async (name: string, options: StoreOption & { tenant: string; scopes: never }, command: Command) => {
      const context = contextOf(command);
      await withKeys(context, options, async (apiKeys) => {
        const { key, secret } = await apiKeys.create({ name, tenant: options.tenant, scopes: options.scopes });
        if (context.json) return print(JSON.stringify({ ...key, secret }, null, 2));
        tell(`Key ${key.id} of ${key.tenant}, with ${key.scopes.join(', ')}. It is not shown again:`);
        print(secret);
      });
    });

  keys
    .command('list')
    .description('list keys, the oldest first')
    .addOption(tenantOption('only of this tenant'))
    .addOption(storeOption())
    .action(async (options: StoreOption & { tenant?: string }, command: Command) => {
      const context = contextOf(command);
      await withKeys(context, options, async (apiKeys) => {
        const found = await apiKeys.list(options.tenant);
        if (!context.json && found.length === 0) return tell('There are no keys.');
        result(context, found, () =>
          table(
            ['key', 'tenant', 'name', 'scopes', 'made', 'revoked'],
            found.map(({ id, tenant, name, scopes, createdAt, revokedAt }) => [
              ...[id, tenant, name, scopes.join(', '), age(createdAt)],
              revokedAt === null ? '' : age(revokedAt),
            ]),
          ),
        );
      });
    });

  keys
    .command('revoke')
    .description('end a key; services that know it end it within 10 s')
    .argument('<key>', 'its id, as in the list')
    .addOption(storeOption())
    .action(async (id: string, options: StoreOption, command: Command) => {
      const context = contextOf(command);
      await withKeys(context, options, async (apiKeys) => {
        // Whoever has only the key itself may give that.
        const key = await apiKeys.revoke(/^ak_([0-9a-z]{20})_/.exec(id)?.[1] ?? id);
        result(context, key, () => `${key.id} (${key.name}) is revoked.`);
      });
    });
}

type ApiKeys = ReturnType<typeof import('@anneal/core/api-keys.ts').apiKeys>;

async function withKeys(context: Context, options: StoreOption, use: (keys: ApiKeys) => Promise<void>): Promise<void> {
  const [{ apiKeys }, { openRecordStore }, { addressesOf }] = await Promise.all([
    import('@anneal/core/api-keys.ts'),
    import('@anneal/core/open.ts'),
    import('@anneal/api/addresses.ts'),
  ]);
  const addresses = addressesOf(context.folder, { store: options.store });
  const address = addresses.store(addresses.home);
  const [, file] = /^sqlite:(.*)$/s.exec(address) ?? [];
  if (file !== undefined && !existsSync(file)) {
    throw new InputError(`there are no jobs at ${file}: start a service there first, or name its store with --store`);
  }
  const records = await openRecordStore(address);
  try {
    await use(apiKeys(records));
  } finally {
    await records.close();
  }
}
