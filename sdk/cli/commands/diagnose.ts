/** `anneal diagnose`: what the checks of a job found. */
import type { Command } from 'commander';
import type { Finding } from '../../index.ts';
import { contextOf, result } from '../context.ts';
import { exit } from '../exit.ts';
import { describeFinding } from '../progress-view.ts';
import { number } from '../style.ts';
import { jobArgument } from './jobs.ts';

export function register(program: Command): void {
  program
    .command('diagnose')
    .description('show what the checks of a job found; exit code 1 if one failed')
    .addArgument(jobArgument())
    .action(async (id: string, _options: unknown, command: Command) => {
      const context = contextOf(command);
      const diagnostics = await context.client.jobs.diagnostics(id);
      const { findings } = diagnostics;
      result(context, diagnostics, () =>
        findings.length > 0 ? findings.map(describe).join('\n') : 'Nothing was checked yet.',
      );
      if (findings.some(({ verdict }) => verdict === 'fail')) process.exitCode = exit.failed;
    });
}

function describe(finding: Finding): string {
  const evidence = Object.entries(finding.evidence).map(
    ([name, value]) => `${name} ${typeof value === 'number' ? number(value) : value}`,
  );
  const patch = finding.patch?.map(
    ({ op, path, value }) => `    ${op} ${path}${value === undefined ? '' : ` ${JSON.stringify(value)}`}`,
  );
  return [
    describeFinding(finding, process.stdout),
    ...(evidence.length > 0 ? [`    ${evidence.join(', ')}`] : []),
    ...(patch ? ['    to mend it, change the spec:', ...patch.map((line) => `  ${line}`)] : []),
  ].join('\n');
}
