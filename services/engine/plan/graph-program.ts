/** What the graph and the XLA plan share: one program with the data set, the state, a step for each batch size and the evaluation. */

import type { Program, ProgramBuilder } from '../program.ts';
import { INPUTS, LABELS } from '../step/batch.ts';
import { emitEvaluation } from '../step/evaluation.ts';
import { emitTrainingStep, type StepOutputs } from '../step/training-step.ts';
import { DataType } from '../tensorflow.ts';
import type { StepBatch, StepLosses } from './plan.ts';
import { EVALUATION_BATCH, layoutOf, stateVariables, type Task } from './task.ts';

export function declareVariables(builder: ProgramBuilder, task: Task): void {
  const layout = layoutOf(task);
  const rows = task.data.inputs.shape[0]!;
  builder.declare(INPUTS, layout.inputType, [rows, ...layout.inputShape]);
  builder.declare(LABELS, layout.labelType, [rows, ...layout.labelShape]);
  for (const { name, shape } of stateVariables(task)) builder.declare(name, DataType.float32, shape);
}

export function setData(program: Program, task: Task): void {
  program.set(INPUTS, task.data.inputs.values);
  program.set(LABELS, task.data.labels.values);
}

/** Adds the step of one batch size under the name `train-<batch>`. */
export function addGraphStep(builder: ProgramBuilder, task: Task, batch: number): StepOutputs {
  const name = `train-${batch}`;
  return builder.graph.within(name, () => {
    const { graph } = builder;
    const inputs = {
      rows: graph.placeholder('rows', DataType.int32, [batch]),
      rate: graph.placeholder('rate', DataType.float32, []),
      step: graph.placeholder('step', DataType.int32, []),
    };
    const outputs = emitTrainingStep(graph, inputs, { ...task, data: layoutOf(task), batch, fused: true });
    const losses = graph.node('Pack', [outputs.loss, outputs.dataLoss], {
      N: { int: 2 },
      T: { type: DataType.float32 },
      axis: { int: 0 },
    });
    builder.name('losses', losses, DataType.float32, outputs.updates);
    return outputs;
  });
}

/** Runs one step at a time. */
export function runGraphSteps(program: Program, { rows, batch, rates, firstStep }: StepBatch): StepLosses {
  const count = rates.length;
  const loss = new Float32Array(count);
  const dataLoss = new Float32Array(count);
  const name = `train-${batch}`;
  const fetches = [`${name}/losses`];
  for (let i = 0; i < count; i++) {
    const feeds = [
      { name: `${name}/rows`, type: DataType.int32, shape: [batch], values: rows.subarray(i * batch, (i + 1) * batch) },
      { name: `${name}/rate`, type: DataType.float32, shape: [], values: rates.subarray(i, i + 1) },
      { name: `${name}/step`, type: DataType.int32, shape: [], values: new Int32Array([firstStep + i]) },
    ];
    const [values] = program.run(feeds, fetches) as [Float32Array];
    loss[i] = values[0]!;
    dataLoss[i] = values[1]!;
  }
  return { loss, dataLoss };
}

export function addEvaluation(builder: ProgramBuilder, task: Task): void {
  builder.graph.within('evaluate', () => {
    const rows = builder.graph.placeholder('rows', DataType.int32, [EVALUATION_BATCH]);
    const mask = builder.graph.placeholder('mask', DataType.float32, [EVALUATION_BATCH]);
    const sums = emitEvaluation(builder.graph, { rows, mask }, task.spec, task.built, layoutOf(task), EVALUATION_BATCH);
    builder.name('sums', sums, DataType.float32);
  });
}

export function runEvaluation(program: Program, rows: Int32Array): { loss: number; score: number } {
  let [loss, score] = [0, 0];
  for (let from = 0; from < rows.length; from += EVALUATION_BATCH) {
    const part = new Int32Array(EVALUATION_BATCH);
    const mask = new Float32Array(EVALUATION_BATCH);
    const taken = rows.subarray(from, from + EVALUATION_BATCH);
    part.set(taken);
    mask.fill(1, 0, taken.length);
    const feeds = [
      { name: 'evaluate/rows', type: DataType.int32, shape: [EVALUATION_BATCH], values: part },
      { name: 'evaluate/mask', type: DataType.float32, shape: [EVALUATION_BATCH], values: mask },
    ];
    const [sums] = program.run(feeds, ['evaluate/sums']) as [Float32Array];
    loss += sums[0]!;
    score += sums[1]!;
  }
  return { loss: loss / rows.length, score: score / rows.length };
}
