/** `anneal doctor`: whether this machine can train, and whether the service answers. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { type Context, contextOf, result } from '../context.ts';
import { exit, explain } from '../exit.ts';
import { paint } from '../style.ts';

type SetUp = typeof import('../../../infra/setup/index.mjs');
type Check = Pick<Awaited<ReturnType<SetUp['examine']>>[number], 'name' | 'ok' | 'message'>;

export function register(program: Command): void {
  program
    .command('doctor')
    .description('check this machine and the service')
    .action(async (_options: unknown, command: Command) => {
      const context = contextOf(command);
      const checks = [...(await machineChecks()), await serviceCheck(context)];
      const ok = checks.every((check) => check.ok);
      result(context, { ok, checks }, () => checks.map(describe).join('\n'));
      if (!ok) process.exitCode = exit.failed;
    });
}

const describe = ({ name, ok, message }: Check): string =>
  `${paint(process.stdout, ok ? 'green' : 'red', ok ? '✓' : '✗')} ${name}: ${message}`;

/** Set-up is no part of the bundle: it is found beside dist/. */
async function machineChecks(): Promise<Check[]> {
  const script = new URL('../infra/setup/index.mjs', import.meta.url);
  if (!existsSync(script))
    return [
      { name: 'set-up', ok: false, message: `${fileURLToPath(script)} is missing; run this from a whole checkout` },
    ];
  const { examine } = (await import(script.href)) as SetUp;
  return examine();
}

async function serviceCheck(context: Context): Promise<Check> {
  const name = 'service';
  try {
    const { version } = await context.client.health({ maxRetries: 0, timeout: 5_000 });
    return { name, ok: true, message: `version ${version} answers` };
  } catch (error) {
    // No service is no fault: `submit --wait` brings its own.
    return { name, ok: !context.addressGiven, message: explain(error) };
  }
}
