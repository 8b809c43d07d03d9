/** `anneal diagnose`: what the checks of a job found, and the causes of what went wrong, the surest first. */
import type { Command } from 'commander';
import type { Finding } from '../../index.ts';
import { contextOf, result } from '../context.ts';
import { exit } from '../exit.ts';
import { describeFinding } from '../progress-view.ts';
import { number, paint } from '../style.ts';
import { jobArgument } from './jobs.ts';

export function register(program: Command): void {
  program
    .command('diagnose')
    .description('show what the checks of a job found and why it went wrong; exit code 1 if one failed')
    .addArgument(jobArgument())
    .action(async (id: string, _options: unknown, command: Command) => {
      const context = contextOf(command);
      const diagnostics = await context.client.jobs.diagnostics(id);
      const { findings } = diagnostics;
      result(context, diagnostics, () => (findings.length > 0 ? describeAll(findings) : 'Nothing was checked yet.'));
      if (findings.some(({ verdict }) => verdict === 'fail')) process.exitCode = exit.failed;
    });
}

/** The causes come last, where they are read first. */
function describeAll(findings: readonly Finding[]): string {
  const causes = findings.filter(({ score }) => score !== undefined).sort((a, b) => b.score! - a.score!);
  const rest = findings.filter(({ score }) => score === undefined).map(describe);
  if (causes.length === 0) return rest.join('\n');
  const title = causes.length > 1 ? 'Causes, the surest first:' : 'The cause:';
  return [...rest, '', paint(process.stdout, 'bold', title), ...causes.map(describe)].join('\n');
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
    ...(finding.score === undefined ? [] : [`    score ${finding.score}`]),
    ...(evidence.length > 0 ? [`    ${evidence.join(', ')}`] : []),
    ...(patch ? ['    to mend it, change the spec:', ...patch.map((line) => `  ${line}`)] : []),
    ...(finding.experiment === undefined ? [] : [`    to be sure: ${finding.experiment}`]),
  ].join('\n');
}
