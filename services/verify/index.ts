/** The checks that run before a train job. */
import { initialState, setState } from '@anneal/engine';
import { type CheckName, checkNames, type Finding } from '@anneal/schemas';
import { batches } from './checks/batches.ts';
import type { Check, CheckInput } from './checks/check.ts';
import { finalActivation } from './checks/final-activation.ts';
import { gradient } from './checks/gradient.ts';
import { gradientFlow } from './checks/gradient-flow.ts';
import { initialLoss } from './checks/initial-loss.ts';
import { overfit } from './checks/overfit.ts';
import { regularization } from './checks/regularization.ts';
import { signal } from './checks/signal.ts';

export type { Check, CheckInput } from './checks/check.ts';
export { type Comparison, compareGradient } from './gradient/compare.ts';
export { scanSteps } from './gradient/scan.ts';
export { inDoubles, isUnavailable } from './in-doubles.ts';

/** The registry of checks: a new check is one file, its line here and its name in schemas/check-names.ts. */
export const checks: readonly Check[] = [
  ...[initialLoss, finalActivation, regularization, gradient, gradientFlow],
  ...[signal, batches, overfit],
];

/** Runs the checks in order and puts the plan back into its initial state. `found` hears of each finding at once. */
export function runChecks(
  input: CheckInput,
  found: (finding: Finding) => void,
  only: readonly CheckName[] = checkNames,
): Finding[] {
  const findings = checks
    .filter(({ names }) => names.some((name) => only.includes(name)))
    .flatMap((check) => {
      const own = check.run(input).filter(({ rule }) => only.includes(rule as CheckName));
      own.forEach(found);
      return own;
    });
  setState(input.plan, initialState(input.task));
  return findings;
}
