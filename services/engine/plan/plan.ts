/** A plan executes training steps and evaluations; all plans keep the same state under the same names. */
export type PlanName = 'graph' | 'xla' | 'eager';

export interface StepBatch {
  /** Row indices of the steps, one batch after another; all batches are of one size. */
  readonly rows: Int32Array;
  readonly batch: number;
  /** Of streamed examples: the window that the rows are of, where they are of one. */
  readonly window?: number | undefined;
  /** Learning rate of each step. */
  readonly rates: Float32Array;
  /** Momentum of each step, where a schedule sets it. */
  readonly momenta?: Float32Array | undefined;
  /** Number of the first step, from 1. */
  readonly firstStep: number;
}

export interface StepLosses {
  /** Total loss of each step, before its update. */
  readonly loss: Float32Array;
  readonly dataLoss: Float32Array;
  /** Measured at the steps whose number the task's layout divides. */
  readonly observations: readonly Observation[];
  /** Set by a full-batch rule that found no step that lowers the loss. */
  readonly converged?: boolean;
}

export interface Observation {
  /** From 1. */
  readonly step: number;
  /** As the task's layout says. */
  readonly values: Float32Array;
}

export type EvaluatedBy = 'weights' | 'average';

export interface Plan {
  readonly name: PlanName;
  /** Most steps that one call of `train` takes. */
  readonly stepsPerCall: number;
  train(steps: StepBatch): StepLosses;
  /** Mean data loss and score over the rows, by the weights or by their running averages. */
  evaluate(rows: Int32Array, of?: EvaluatedBy): { loss: number; score: number };
  /** Outputs of the model by its weights, float32, one row after the other. */
  predict(rows: Int32Array): Float32Array;
  /** The named weights and slots. */
  get(names: readonly string[]): State;
  /** A copy of what the rule remembers besides; left out where that is nothing. */
  readonly memory?: () => RuleMemory;
  /** @param memory left out, the rule starts anew */
  set(state: State, memory?: RuleMemory): void;
  dispose(): void;
}

/** Weights and slots by name: all that training changes. */
export type State = ReadonlyMap<string, Float32Array>;

/** What an update rule remembers beside weights and slots: float64 vectors by name. */
export type RuleMemory = ReadonlyMap<string, Float64Array>;
