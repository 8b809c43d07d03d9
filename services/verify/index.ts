/** The checks that run before a train job. */
import { initialState, setState } from '@anneal/engine';
import type { Finding } from '@anneal/schemas';
import type { Check, CheckInput } from './checks/check.ts';
import { gradient } from './checks/gradient.ts';
import { initialLoss } from './checks/initial-loss.ts';
import { overfit } from './checks/overfit.ts';
import { regularization } from './checks/regularization.ts';

export type { Check, CheckInput } from './checks/check.ts';
export { type Comparison, compareGradient } from './gradient/compare.ts';

/** The registry of checks: a new check is one file and its line here. */
export const checks: readonly Check[] = [initialLoss, regularization, gradient, overfit];

/** Runs all checks in order and puts the plan back into its initial state. `found` hears of each finding at once. */
export function runChecks(input: CheckInput, found: (finding: Finding) => void): Finding[] {
  const findings = checks.map((check) => {
    const finding = check(input);
    found(finding);
    return finding;
  });
  setState(input.plan, initialState(input.task));
  return findings;
}
