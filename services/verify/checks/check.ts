/** What a check before the run is given, and what it answers. One check, one file. */
import type { BuiltModel, LoadedData, Plan, Task } from '@anneal/engine';
import type { Finding, Target, TrainSpec } from '@anneal/schemas';

export interface CheckInput {
  readonly spec: TrainSpec;
  readonly built: BuiltModel;
  readonly data: LoadedData;
  readonly target: Target;
  readonly task: Task;
  /** The plan that will train, in its initial state; a check leaves it so. */
  readonly plan: Plan;
}

export type Check = (input: CheckInput) => Finding;
