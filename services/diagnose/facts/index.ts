/** Everything that rules ask for, computed once. */
import type { RunRecord } from '../record.ts';
import { type Baseline, baselineOf } from './baseline.ts';
import { type Curve, curveOf } from './curve.ts';
import { type Health, healthOf } from './health.ts';
import { type InitialKernel, initialKernels } from './initial.ts';
import { type Measured, measuredOf } from './tensors.ts';

export interface Facts {
  readonly record: RunRecord;
  readonly baseline: Baseline;
  /** Null while there are too few steps to look at. */
  readonly curve: Curve | null;
  /** Null where nothing was measured inside the net. */
  readonly measured: Measured | null;
  /** Data loss on training examples: of the weights at the end where the run has ended, else of the last tenth of the steps. */
  readonly trainingLoss: number;
  /** Share of the constant answer's loss that is left: 1 when nothing is learned, 0 when all is. NaN where that loss is not known. */
  readonly left: number;
  readonly health: Health;
  readonly initial: readonly InitialKernel[];
  /** Of the last epoch. */
  readonly validationLoss: number | null;
  readonly validationScore: number | null;
  readonly bestValidationLoss: number | null;
  readonly bestValidationScore: number | null;
}

export function factsOf(record: RunRecord): Facts {
  const baseline = baselineOf(record);
  const curve = curveOf(record);
  const trainingLoss = record.end?.training.loss ?? curve?.last ?? Number.NaN;
  const losses = record.epochs.map(({ validationLoss }) => validationLoss).filter((value) => value !== null);
  const scores = record.epochs.map(({ validationScore }) => validationScore).filter((value) => value !== null);
  const reference = baseline.constant ?? curve?.first ?? Number.NaN;
  const left = trainingLoss / reference;
  return {
    record,
    baseline,
    curve,
    measured: measuredOf(record),
    trainingLoss,
    left,
    health: healthOf(record, curve, left),
    initial: initialKernels(record.layers),
    validationLoss: losses.at(-1) ?? null,
    validationScore: scores.at(-1) ?? null,
    bestValidationLoss: losses.length > 0 ? Math.min(...losses) : null,
    bestValidationScore: scores.length > 0 ? Math.max(...scores) : null,
  };
}
