/** How far a run is, and how long it will still take: the shorter of what its steps and what its seconds allow. */
import type { Progress, TrainSpec } from '@anneal/schemas';
import type { Judged } from '../checkpoint.ts';

export interface Standing {
  readonly step: number;
  /** That the budget allows; null when only time ends the run. */
  readonly steps: number | null;
  readonly stepsPerEpoch: number;
  readonly loss: number | null;
  readonly validation: Judged | null;
  readonly microsecondsPerStep: number | null;
  /** Of training and evaluation so far. */
  readonly seconds: number;
}

export function trainingProgress(budget: TrainSpec['budget'], standing: Standing): Progress {
  const { step, steps, stepsPerEpoch, loss, validation, microsecondsPerStep, seconds } = standing;
  const bySteps = steps !== null && microsecondsPerStep !== null ? ((steps - step) * microsecondsPerStep) / 1e6 : null;
  const byTime = budget.seconds === undefined ? null : Math.max(0, budget.seconds - seconds);
  const left = [bySteps, byTime].filter((value): value is number => value !== null);
  return {
    phase: 'training',
    step,
    steps,
    epoch: Math.floor(Math.max(0, step - 1) / stepsPerEpoch) + 1,
    epochs: budget.epochs ?? null,
    loss,
    validationLoss: validation?.loss ?? null,
    validationScore: validation?.score ?? null,
    microsecondsPerStep,
    secondsLeft: left.length > 0 ? Math.min(...left) : null,
  };
}
