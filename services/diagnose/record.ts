/** What is known of a run: all that rules look at. Plain data, so that it can be kept in a checkpoint. */
import type { Finding, InferredLayer, Target, TrainSpec } from '@anneal/schemas';

/** A stretch of steps, one after the other. */
export interface Stretch {
  /** Number of its last step, from 1. */
  readonly step: number;
  readonly steps: number;
  /** Means over the steps; NaN where one was no number. */
  readonly loss: number;
  readonly dataLoss: number;
  readonly rate: number;
  readonly least: number;
  readonly most: number;
  /** Mean of (Lₜ − Lₜ₋₁)²: twice the variance of the noise, whatever the trend. */
  readonly jump: number;
}

/** Of the first step, before anything is learned. */
export interface Losses {
  readonly loss: number;
  readonly dataLoss: number;
}

export interface EpochPoint {
  readonly step: number;
  readonly trainingLoss: number;
  readonly validationLoss: number | null;
  readonly validationScore: number | null;
}

export interface Judged {
  readonly loss: number;
  /** Accuracy for classes, −loss for regression. */
  readonly score: number;
}

export interface ObservedRow {
  readonly step: number;
  readonly values: readonly number[];
}

/** Of the inputs as the model gets them, over the training split. */
export interface InputSummary {
  readonly mean: number;
  readonly deviation: number;
  readonly least: number;
  readonly most: number;
  /** Of features that change at all. */
  readonly leastDeviation: number;
  readonly mostDeviation: number;
}

export type LabelSummary =
  | { readonly kind: 'class'; readonly counts: readonly number[] }
  | {
      readonly kind: 'values';
      readonly mean: number;
      readonly deviation: number;
      readonly least: number;
      readonly most: number;
      /** Whether all of them are 0 or 1. */
      readonly binary: boolean;
    };

export interface DataSummary {
  /** Examples of the splits. */
  readonly training: number;
  readonly validation: number;
  readonly inputs: InputSummary;
  readonly labels: LabelSummary;
}

export interface RunRecord {
  readonly spec: TrainSpec;
  readonly layers: readonly InferredLayer[];
  readonly target: Target;
  readonly data: DataSummary;
  readonly stepsPerEpoch: number;
  /** Null where only time ends the run. */
  readonly plannedSteps: number | null;
  /** Null before the first step. */
  readonly first: Losses | null;
  readonly stretches: readonly Stretch[];
  /** The last one is always there; of many, earlier ones are left out evenly. */
  readonly epochs: readonly EpochPoint[];
  /** As services/engine/observe names them. */
  readonly observed: { readonly names: readonly string[]; readonly rows: readonly ObservedRow[] };
  /** Number of the first step whose loss was no number. */
  readonly nonFiniteStep: number | null;
  /** Of the checks before the run, and of the loop. */
  readonly findings: readonly Finding[];
  /** At the end of the run: the weights it ended with, judged on training examples as on validation ones. */
  readonly end: { readonly training: Judged; readonly validation: Judged | null } | null;
}
