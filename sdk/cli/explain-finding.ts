/** A finding as `anneal diagnose` and the pages of docs/checks/ tell it. */
import type { Finding } from '../index.ts';
import { describeFinding, type ViewOutput } from './progress-view.ts';
import { number } from './style.ts';

/** With its evidence, the change that mends it, and what would tell it from the next cause. */
export function explainFinding(finding: Finding, output: ViewOutput): string {
  const evidence = Object.entries(finding.evidence).map(
    ([name, value]) => `${name} ${typeof value === 'number' ? number(value) : value}`,
  );
  const patch = finding.patch?.map(
    ({ op, path, value }) => `    ${op} ${path}${value === undefined ? '' : ` ${JSON.stringify(value)}`}`,
  );
  return [
    describeFinding(finding, output),
    ...(finding.score === undefined ? [] : [`    score ${finding.score}`]),
    ...(evidence.length > 0 ? [`    ${evidence.join(', ')}`] : []),
    ...(patch ? ['    to mend it, change the spec:', ...patch.map((line) => `  ${line}`)] : []),
    ...(finding.experiment === undefined ? [] : [`    to be sure: ${finding.experiment}`]),
  ].join('\n');
}
