/** `anneal diagnose`: what the checks of a job found, and the causes of what went wrong, the surest first. */
import type { Command } from 'commander';
import type { Finding } from '../../index.ts';
import { contextOf, result } from '../context.ts';
import { exit } from '../exit.ts';
import { explainFinding } from '../explain-finding.ts';
import { paint } from '../style.ts';
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
  const told = (finding: Finding) => explainFinding(finding, process.stdout);
  const rest = findings.filter(({ score }) => score === undefined).map(told);
  if (causes.length === 0) return rest.join('\n');
  const title = causes.length > 1 ? 'Causes, the surest first:' : 'The cause:';
  return [...rest, '', paint(process.stdout, 'bold', title), ...causes.map(told)].join('\n');
}
