/** A train job's forecast before its training, its end when the money is spent, and what it has measured for later forecasts. */
import type { Machine } from '@anneal/core/forecast/machine.ts';
import { endSeconds, forecastOf, stepsWorth } from '@anneal/core/forecast/predict.ts';
import type { DataSet, LoopResult } from '@anneal/engine';
import type { RunWork, SplitSizes, TrainSpec } from '@anneal/schemas';
import type { Reckoning } from './reckoning.ts';
import type { Measured, TrainerHost } from './trainer-host.ts';

/** Of the time that the money buys, what is kept back at most for evaluation and export. */
const KEPT_BACK = 0.25;

export const sizesOf = ({ splits }: DataSet): SplitSizes => ({
  training: splits.training.length,
  validation: splits.validation.length,
  test: splits.test.length,
});

/** Tells the forecast, once a job. Returns when training has to end for the money, by `performance.now()`; `began` is when the money began to run. */
export function foresee(
  work: RunWork,
  { budget }: TrainSpec,
  host: TrainerHost,
  reckoning: Reckoning | null,
  began: number,
): number {
  if (!reckoning) return Number.POSITIVE_INFINITY;
  const { machine, measured, first, secondsLeft } = reckoning;
  if (first) host.emit({ type: 'forecast', forecast: forecastOf(machine, work, measured, budget.dollars) });
  if (secondsLeft === null) return Number.POSITIVE_INFINITY;
  const kept = Math.min(endSeconds(machine, work, measured), KEPT_BACK * secondsLeft);
  return began + (secondsLeft - kept) * 1000;
}

export function tellMoneyIsSpent({ budget }: TrainSpec, host: TrainerHost, step: number, steps: number | null): void {
  const of = steps === null ? '' : ` of ${steps}`;
  const message = `training ends after step ${step}${of}: what is left of budget.dollars (${budget.dollars}) is for evaluation and export`;
  host.emit({ type: 'notice', level: 'warning', message });
}

export function measuredBy(loop: LoopResult, work: RunWork, { rates }: Machine, trainedAt: number): Measured {
  return {
    kind: work.kind,
    data: work.data,
    ...work.step,
    secondsPerStep: loop.seconds / stepsWorth(work, rates)(loop.steps),
    firstStepAt: loop.firstStepAt,
    trainedAt,
  };
}
