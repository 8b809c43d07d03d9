/** What a check before the run is given, and what it answers. One check, or two that share their work, one file. */
import type { BuiltModel, DataSet, Plan, Task } from '@anneal/engine';
import type { CheckName, Finding, Target, TrainSpec } from '@anneal/schemas';

export interface CheckInput {
  readonly spec: TrainSpec;
  readonly built: BuiltModel;
  readonly data: DataSet;
  readonly target: Target;
  readonly task: Task;
  /** The plan that will train, in its initial state; a check leaves it so. */
  readonly plan: Plan;
}

export interface Check {
  readonly names: readonly CheckName[];
  /** A finding for each of the names. */
  run(input: CheckInput): readonly Finding[];
}

/** A check of one name. */
export const one = (name: CheckName, run: (input: CheckInput) => Finding): Check => ({
  names: [name],
  run: (input) => [run(input)],
});

type Evidence = Finding['evidence'];

export const passed = (rule: CheckName, message: string, evidence: Evidence): Finding => ({
  ...{ rule, verdict: 'pass', message, cause: null, evidence, patch: null },
});

export const skipped = (rule: CheckName, message: string): Finding => ({
  ...{ rule, verdict: 'skipped', message, cause: null, evidence: {}, patch: null },
});

export const found = (
  rule: CheckName,
  verdict: 'warn' | 'fail',
  cause: string,
  message: string,
  evidence: Evidence,
  patch: Finding['patch'] = null,
): Finding => ({ rule, verdict, message, cause, evidence, patch });
