/** How many steps a budget allows. */
import type { TrainSpec } from './train-spec.ts';

/** Null when only time or money ends the run. */
export function plannedSteps({ budget }: Pick<TrainSpec, 'budget'>, stepsPerEpoch: number): number | null {
  const fromEpochs = budget.epochs === undefined ? Number.POSITIVE_INFINITY : budget.epochs * stepsPerEpoch;
  const least = Math.min(fromEpochs, budget.steps ?? Number.POSITIVE_INFINITY);
  return Number.isFinite(least) ? least : null;
}
