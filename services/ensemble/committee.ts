/** Members that answer together: each is opened in its turn, so that memory holds one model however many there are. */
import { answeringPlan, type LoadedData, type Plan, type TrainedModel } from '@anneal/engine';
import { type EnsembleAverage, lossDefinition, type TrainSpec } from '@anneal/schemas';
import { AnswerSum } from './answer-sum.ts';

export interface Member {
  readonly spec: TrainSpec;
  /** Builds it; the caller disposes of it. @throws AnnealError `data_damaged` where its artifact doesn't hold its weights */
  open(): TrainedModel;
}

export interface Answers {
  /** The common outputs, one row after the other. */
  readonly outputs: Float32Array;
  /** Sum over the rows; see AnswerSum. */
  readonly disagreement: number;
}

export interface AnswersOptions {
  readonly data: LoadedData;
  readonly rows: Int32Array;
  readonly average: EnsembleAverage;
  /** Numbers that a model answers for a row. */
  readonly width: number;
  /** Hears the outputs of each member. */
  readonly heard?: (outputs: Float32Array) => void;
  /** Hears of rows that a member has answered; true ends the work. */
  readonly progress: (rows: number) => boolean;
}

/** Null if it was ended. */
export function answersOf(members: readonly Member[], options: AnswersOptions): Answers | null {
  const { rows, average, width, heard } = options;
  const { probability, target } = lossDefinition(members[0]!.spec.loss.type);
  const sum = new AnswerSum(rows.length, { average, probability, width, classes: target === 'class' });
  for (const member of members) {
    const outputs = answersOfOne(member, options);
    if (!outputs) return null;
    heard?.(outputs);
    if (members.length === 1) return { outputs, disagreement: 0 };
    sum.add(outputs);
  }
  return { outputs: sum.outputs, disagreement: sum.disagreement };
}

function answersOfOne(member: Member, options: AnswersOptions): Float32Array | null {
  const model = member.open();
  let plan: Plan | undefined;
  try {
    plan = answeringPlan(model, member.spec, options.data);
    return predictAll(plan, options);
  } finally {
    plan?.dispose();
    model.built.dispose();
  }
}

/** Rows between two looks at whether to stop. */
const STRIDE = 5000;

function predictAll(plan: Plan, { rows, width, progress }: AnswersOptions): Float32Array | null {
  const outputs = new Float32Array(rows.length * width);
  for (let from = 0; from < rows.length; from += STRIDE) {
    const taken = rows.subarray(from, from + STRIDE);
    outputs.set(plan.predict(taken), from * width);
    if (progress(taken.length)) return null;
  }
  return outputs;
}
