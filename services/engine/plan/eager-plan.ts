/** The `eager` plan: TF.js runs kernel by kernel. The fallback for models that can't be compiled; 3 to 5 times slower. */
import { type Arithmetic, updateDefinition } from '@anneal/schemas';
import type { Scalar, Tensor } from '@tensorflow/tfjs';
import { evaluateBatch } from '../step/evaluation.ts';
import { batchLoss } from '../step/loss.ts';
import { scoped, tf } from '../tensorflow.ts';
import { withStatelessRandom } from '../trace/random.ts';
import type { Plan, StepBatch, StepLosses } from './plan.ts';
import { EVALUATION_BATCH, stateVariables, type Task } from './task.ts';

const arithmetic: Arithmetic<Tensor> = {
  scalar: (value) => tf.scalar(value),
  zerosLike: (a) => tf.zerosLike(a),
  add: (a, b) => tf.add(a, b),
  sub: (a, b) => tf.sub(a, b),
  mul: (a, b) => tf.mul(a, b),
  div: (a, b) => tf.div(a, b),
  sqrt: (a) => tf.sqrt(a),
  square: (a) => tf.square(a),
  pow: (a, b) => tf.pow(a, b),
  maximum: (a, b) => tf.maximum(a, b),
  abs: (a) => tf.abs(a),
  sign: (a) => tf.sign(a),
};

export function eagerPlan(task: Task): Plan {
  const { built } = task;
  const weights = new Map(built.weights.map((weight) => [weight.name, weight.variable]));
  const slots = new Map(
    stateVariables(task)
      .filter(({ name }) => !weights.has(name))
      .map(({ name, shape }) => [name, tf.tidy(() => tf.variable(tf.zeros([...shape]), false))]),
  );
  const variable = (name: string) => {
    const found = weights.get(name) ?? slots.get(name);
    if (!found) throw new Error(`the plan has no variable '${name}'`);
    return found;
  };
  return {
    name: 'eager',
    stepsPerCall: 1,
    train: (steps) => trainSteps(task, slots, steps),
    evaluate: (rows) => evaluate(task, rows),
    get: (name) => variable(name).dataSync().slice() as Float32Array,
    set: (name, values) => scoped(() => variable(name).assign(tf.tensor(values as Float32Array, variable(name).shape))),
    dispose: () => {
      for (const slot of slots.values()) slot.dispose();
    },
  };
}

function trainSteps(
  task: Task,
  slots: ReadonlyMap<string, Tensor>,
  { rows, batch, rates, firstStep }: StepBatch,
): StepLosses {
  const loss = new Float32Array(rates.length);
  const dataLoss = new Float32Array(rates.length);
  rates.forEach((rate, i) => {
    [loss[i], dataLoss[i]] = scoped(() =>
      oneStep(task, slots, rows.subarray(i * batch, (i + 1) * batch), rate, firstStep + i),
    );
  });
  return { loss, dataLoss };
}

function oneStep(
  task: Task,
  slots: ReadonlyMap<string, Tensor>,
  rows: Int32Array,
  rate: number,
  step: number,
): [number, number] {
  const { spec, built } = task;
  const { inputs, labels } = takeRows(task, rows);
  const trainable = built.weights.filter((weight) => weight.trainable);
  const rule = updateDefinition(spec.update.rule);
  let data!: Scalar;
  const { value, grads } = withStatelessRandom(spec.seed, tf.scalar(step, 'int32'), () =>
    tf.variableGrads(
      () => {
        const losses = batchLoss(spec, built, inputs, labels);
        data = tf.keep(losses.data);
        return losses.total;
      },
      trainable.map((weight) => weight.variable),
    ),
  );
  const [rateTensor, stepTensor] = [tf.scalar(rate), tf.scalar(step)];
  for (const { name, variable } of trainable) {
    const own = Object.fromEntries(rule.slots.map((slot) => [slot, slots.get(`${name}/${slot}`)! as Tensor]));
    const next = rule.apply(
      arithmetic,
      { w: variable as Tensor, g: grads[variable.name]!, slots: own, rate: rateTensor, step: stepTensor },
      spec.update as never,
    );
    variable.assign(next.w);
    for (const [slot, tensor] of Object.entries(next.slots)) (own[slot] as typeof variable).assign(tensor);
  }
  const result: [number, number] = [value.dataSync()[0]!, data.dataSync()[0]!];
  data.dispose();
  return result;
}

function takeRows({ data }: Task, rows: Int32Array): { inputs: Tensor; labels: Tensor } {
  const [, ...shape] = data.inputs.shape;
  const size = shape.reduce((a, b) => a * b, 1);
  const values = new Float32Array(rows.length * size);
  rows.forEach((row, i) => {
    for (let j = 0; j < size; j++)
      values[i * size + j] = data.inputs.values[row * size + j]! * data.scale.multiply + data.scale.add;
  });
  const inputs = tf.tensor(values, [rows.length, ...shape]);
  if (data.labels.kind === 'class')
    return {
      inputs,
      labels: tf.tensor1d(
        Int32Array.from(rows, (row) => data.labels.values[row]!),
        'int32',
      ),
    };
  const width = data.labels.shape.reduce((a, b) => a * b, 1);
  const labels = new Float32Array(rows.length * width);
  rows.forEach((row, i) => {
    labels.set(data.labels.values.subarray(row * width, (row + 1) * width) as Float32Array, i * width);
  });
  return { inputs, labels: tf.tensor(labels, [rows.length, ...data.labels.shape]) };
}

function evaluate(task: Task, rows: Int32Array): { loss: number; score: number } {
  let [loss, score] = [0, 0];
  for (let from = 0; from < rows.length; from += EVALUATION_BATCH) {
    const sums = scoped(() => {
      const { inputs, labels } = takeRows(task, rows.subarray(from, from + EVALUATION_BATCH));
      return evaluateBatch(task.spec, task.built, inputs, labels, tf.ones([labels.shape[0]!])).dataSync();
    });
    loss += sums[0]!;
    score += sums[1]!;
  }
  return { loss: loss / rows.length, score: score / rows.length };
}
