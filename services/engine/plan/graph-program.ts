/** What the graph and the XLA plan share: one program with the data set, the state, a step for each batch size and the evaluation. */

import type { Shapes } from '../checkpoint.ts';
import { type Feed, pieces } from '../feed/feed.ts';
import { feedCapacity } from '../feed/open-feed.ts';
import { traceObservation } from '../observe/trace-observation.ts';
import type { Fed, Program, ProgramBuilder } from '../program.ts';
import { INPUTS, LABELS } from '../step/batch.ts';
import { averageName } from '../step/emit-updates.ts';
import { emitEvaluation } from '../step/evaluation.ts';
import { emitTrainingStep, type StepOutputs } from '../step/training-step.ts';
import { DataType } from '../tensorflow.ts';
import { judgeOwn } from './judge-own.ts';
import type { EvaluatedBy, Observation, State, StepBatch, StepLosses } from './plan.ts';
import { EVALUATION_BATCH, layoutOf, stateVariables, type Task } from './task.ts';

export function declareVariables(
  builder: ProgramBuilder,
  task: Task,
  variables: readonly Shapes[] = stateVariables(task),
): void {
  const layout = layoutOf(task);
  const rows = feedCapacity(task);
  builder.declare(INPUTS, layout.inputType, [rows, ...layout.inputShape]);
  builder.declare(LABELS, layout.labelType, [rows, ...layout.labelShape]);
  for (const { name, shape } of variables) builder.declare(name, DataType.float32, shape);
}

export function readState(program: Program, names: readonly string[]): State {
  const values = program.get(names);
  return new Map(names.map((name, i) => [name, values[i] as Float32Array]));
}

/** Adds the step of one batch size under the name `train-<batch>`. */
export function addGraphStep(builder: ProgramBuilder, task: Task, batch: number): StepOutputs {
  const name = `train-${batch}`;
  return builder.graph.within(name, () => {
    const { graph } = builder;
    const inputs = {
      rows: graph.placeholder('rows', DataType.int32, [batch]),
      rate: graph.placeholder('rate', DataType.float32, []),
      momentum: task.spec.momentumSchedule && graph.placeholder('momentum', DataType.float32, []),
      step: graph.placeholder('step', DataType.int32, []),
    };
    const outputs = emitTrainingStep(graph, inputs, { ...task, data: layoutOf(task), batch, fused: true });
    const losses = graph.node('Pack', [outputs.loss, outputs.dataLoss], {
      N: { int: 2 },
      T: { type: DataType.float32 },
      axis: { int: 0 },
    });
    builder.name('losses', losses, DataType.float32, outputs.updates);
    if (task.observed) {
      const vector = traceObservation(graph, task.observed, outputs.observable());
      builder.name('observation', vector, DataType.float32);
    }
    return outputs;
  });
}

/** Runs one step at a time. */
export function runGraphSteps(program: Program, feed: Feed, { observed }: Task, given: StepBatch): StepLosses {
  const steps = { ...given, rows: feed.place(given.rows, given.window) };
  const count = steps.rates.length;
  const loss = new Float32Array(count);
  const dataLoss = new Float32Array(count);
  const observations: Observation[] = [];
  const name = `train-${steps.batch}`;
  for (let i = 0; i < count; i++) {
    const step = steps.firstStep + i;
    const due = observed && step % observed.everySteps === 0;
    const fetches = due ? [`${name}/losses`, `${name}/observation`] : [`${name}/losses`];
    const [losses, values] = program.run(stepFeeds(steps, i), fetches) as [Float32Array, Float32Array?];
    loss[i] = losses[0]!;
    dataLoss[i] = losses[1]!;
    if (values) observations.push({ step, values });
  }
  return { loss, dataLoss, observations };
}

/** What the graph step of `addGraphStep` is fed for step `i` of `steps`, whose rows are places in the variables. */
export function stepFeeds({ rows, batch, rates, momenta, firstStep }: StepBatch, i: number): Fed[] {
  const name = `train-${batch}`;
  const own = rows.subarray(i * batch, (i + 1) * batch);
  const scalar = (part: string, values: Float32Array) => ({
    name: `${name}/${part}`,
    type: DataType.float32,
    shape: [],
    values: values.subarray(i, i + 1),
  });
  return [
    { name: `${name}/rows`, type: DataType.int32, shape: [batch], values: own },
    { name: `${name}/step`, type: DataType.int32, shape: [], values: new Int32Array([firstStep + i]) },
    scalar('rate', rates),
    ...(momenta ? [scalar('momentum', momenta)] : []),
  ];
}

/** Adds the evaluation by the weights under the name `evaluate`, and by their running averages under `evaluate-average`. */
export function addEvaluation(builder: ProgramBuilder, task: Task): void {
  addEvaluationOf(builder, task, evaluationScope.weights, (weight) => weight);
  if (task.spec.averaging) addEvaluationOf(builder, task, evaluationScope.average, averageName);
}

const evaluationScope = { weights: 'evaluate', average: 'evaluate-average' } as const;

function addEvaluationOf(
  builder: ProgramBuilder,
  task: Task,
  scope: string,
  variableOf: (weight: string) => string,
): void {
  const { graph } = builder;
  graph.within(scope, () => {
    const nodes = {
      rows: graph.placeholder('rows', DataType.int32, [EVALUATION_BATCH]),
      mask: graph.placeholder('mask', DataType.float32, [EVALUATION_BATCH]),
    };
    const { sums, output } = emitEvaluation(
      graph,
      nodes,
      task.spec,
      task.built,
      layoutOf(task),
      EVALUATION_BATCH,
      variableOf,
    );
    if (sums) builder.name('sums', sums, DataType.float32);
    builder.name('output', output, DataType.float32);
  });
}

/** Outputs of the model, one row after the other. */
export function runPrediction(
  program: Program,
  feed: Feed,
  rows: Int32Array,
  of: EvaluatedBy = 'weights',
): Float32Array {
  const scope = evaluationScope[of];
  const parts: Float32Array[] = [];
  for (const taken of evaluated(feed, rows)) {
    const [output] = program.run(evaluationFeeds(scope, taken), [`${scope}/output`]) as [Float32Array];
    parts.push(output.slice(0, (output.length / EVALUATION_BATCH) * taken.length));
  }
  return joined(parts);
}

/** The places of up to one batch of rows after the other. */
function* evaluated(feed: Feed, rows: Int32Array): Generator<Int32Array> {
  for (const piece of pieces(feed, rows, EVALUATION_BATCH)) {
    const places = feed.place(piece);
    for (let from = 0; from < places.length; from += EVALUATION_BATCH)
      yield places.subarray(from, from + EVALUATION_BATCH);
  }
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** Places of up to one batch of rows, padded by place 0. */
function evaluationFeeds(scope: string, taken: Int32Array): Fed[] {
  const rows = new Int32Array(EVALUATION_BATCH);
  const mask = new Float32Array(EVALUATION_BATCH);
  rows.set(taken);
  mask.fill(1, 0, taken.length);
  return [
    { name: `${scope}/rows`, type: DataType.int32, shape: [EVALUATION_BATCH], values: rows },
    { name: `${scope}/mask`, type: DataType.float32, shape: [EVALUATION_BATCH], values: mask },
  ];
}

export function runEvaluation(
  program: Program,
  feed: Feed,
  task: Pick<Task, 'spec' | 'data'>,
  rows: Int32Array,
  of: EvaluatedBy = 'weights',
): { loss: number; score: number } {
  if (task.spec.loss.type === 'module') return judgeOwn(task, rows, (taken) => runPrediction(program, feed, taken, of));
  const scope = evaluationScope[of];
  let [loss, score] = [0, 0];
  for (const taken of evaluated(feed, rows)) {
    const [sums] = program.run(evaluationFeeds(scope, taken), [`${scope}/sums`]) as [Float32Array];
    loss += sums[0]!;
    score += sums[1]!;
  }
  return { loss: loss / rows.length, score: score / rows.length };
}
