/** The `eager` plan: TF.js runs kernel by kernel. The fallback for models that can't be compiled; 3 to 5 times slower. */
import { updateSlots } from '@anneal/schemas';
import type { Scalar, Tensor, Variable } from '@tensorflow/tfjs';
import { augment } from '../augment/augment.ts';
import { takeInputs } from '../data/take-rows.ts';
import { labelTensor } from '../evaluation/label-tensor.ts';
import { firstMemberLayers, type Weight, withLayerScopes } from '../model/build.ts';
import { constrain } from '../model/constraint.ts';
import { measure } from '../observe/measure.ts';
import { ownUpdate } from '../own-code/own-update.ts';
import { commonAnswer } from '../step/common-answer.ts';
import { averageName, slotName } from '../step/emit-updates.ts';
import { evaluateBatch } from '../step/evaluation.ts';
import { transformGradients } from '../step/gradient-transforms.ts';
import { batchLoss } from '../step/loss.ts';
import { type Apply, averageShare, formulaOf, nextAverage, updateParameter } from '../step/parameter-update.ts';
import { batchSeed, splitBatch } from '../step/split-batch.ts';
import { eagerTensors } from '../step/tensor-arithmetic.ts';
import { scoped, tf } from '../tensorflow.ts';
import { withStatelessRandom } from '../trace/random.ts';
import { judgeOwn } from './judge-own.ts';
import type { Observation, Plan, StepBatch, StepLosses } from './plan.ts';
import { EVALUATION_BATCH, stateVariables, type Task } from './task.ts';

/** Weights, slots and averages by name. */
type Variables = (name: string) => Variable;

export function eagerPlan(task: Task): Plan {
  const weights = new Map(task.built.weights.map((weight) => [weight.name, weight.variable]));
  const own = new Map(
    stateVariables(task)
      .filter(({ name }) => !weights.has(name))
      .map(({ name, shape }) => [name, tf.tidy(() => tf.variable(tf.zeros([...shape]), false))]),
  );
  const variable: Variables = (name) => {
    const found = weights.get(name) ?? own.get(name);
    if (!found) throw new Error(`the plan has no variable '${name}'`);
    return found;
  };
  return {
    name: 'eager',
    stepsPerCall: 1,
    train: (steps) => trainSteps(task, variable, steps),
    evaluate: (rows, of = 'weights') =>
      of === 'weights' ? evaluate(task, rows) : withAverages(task, variable, () => evaluate(task, rows)),
    predict: (rows) => predict(task, rows),
    get: (names) => new Map(names.map((name) => [name, variable(name).dataSync().slice() as Float32Array])),
    set: (state) =>
      scoped(() => {
        for (const [name, values] of state) variable(name).assign(tf.tensor(values, variable(name).shape));
      }),
    dispose: () => {
      for (const one of own.values()) one.dispose();
    },
  };
}

/** Runs `code` with the running averages in the place of the weights. */
function withAverages<T>(task: Task, variable: Variables, code: () => T): T {
  const raw = task.built.weights.map((weight) => weight.variable.clone());
  for (const weight of task.built.weights) weight.variable.assign(variable(averageName(weight.name)) as Tensor);
  const result = code();
  task.built.weights.forEach((weight, i) => {
    weight.variable.assign(raw[i]!);
  });
  tf.dispose(raw);
  return result;
}

function trainSteps(task: Task, variable: Variables, steps: StepBatch): StepLosses {
  const loss = new Float32Array(steps.rates.length);
  const dataLoss = new Float32Array(steps.rates.length);
  const observations: Observation[] = [];
  steps.rates.forEach((_rate, i) => {
    const values = scoped(() => {
      const step = oneStep(task, variable, steps, i);
      [loss[i], dataLoss[i]] = [step.loss, step.dataLoss];
      return step.observation;
    });
    if (values) observations.push({ step: steps.firstStep + i, values });
  });
  return { loss, dataLoss, observations };
}

interface EagerStep {
  readonly loss: number;
  readonly dataLoss: number;
  readonly observation: Float32Array | null;
}

function oneStep(task: Task, variable: Variables, steps: StepBatch, i: number): EagerStep {
  const { spec, built, observed } = task;
  const rows = steps.rows.subarray(i * steps.batch, (i + 1) * steps.batch);
  const step = steps.firstStep + i;
  const trainable = built.weights.filter((weight) => weight.trainable);
  const due = observed != null && step % observed.everySteps === 0;
  const { loss, dataLoss, gradients, activations } = meanGradients(task, trainable, rows, step, due);
  const before = due
    ? trainable.filter(({ member }) => member === 0).map(({ variable: w }) => w.clone() as Tensor)
    : [];
  const momentum = steps.momenta && tf.scalar(steps.momenta[i]!);
  const scalars = { rate: tf.scalar(steps.rates[i]!), momentum, step: tf.scalar(step) };
  const transformed = transformGradients(
    eagerTensors,
    trainable.map((weight, k) => ({
      w: weight.variable as Tensor,
      g: gradients[k]!,
      decays: weight.regularized,
      member: weight.member,
    })),
    spec,
  );
  const { update } = spec;
  const slots = updateSlots(update);
  const apply: Apply<Tensor> =
    update.rule === 'module' ? (input) => ownUpdate(update, input) : formulaOf(eagerTensors, update);
  trainable.forEach((weight, k) => {
    const own = Object.fromEntries(slots.map((slot) => [slot, variable(slotName(weight.name, slot)) as Tensor]));
    const parameter = {
      ...weight,
      w: weight.variable as Tensor,
      g: transformed[k]!,
      slots: own,
      decays: weight.regularized,
    };
    const next = updateParameter(eagerTensors, parameter, scalars, { apply, weightDecay: spec.weightDecay });
    weight.variable.assign(weight.constraint ? constrain(next.w, weight.constraint) : next.w);
    for (const [slot, value] of Object.entries(next.slots)) variable(slotName(weight.name, slot)).assign(value);
  });
  if (spec.averaging) {
    const share = averageShare(eagerTensors, scalars.step as Tensor, spec.averaging);
    for (const weight of built.weights) {
      const average = variable(averageName(weight.name));
      average.assign(nextAverage(eagerTensors, average as Tensor, weight.variable as Tensor, share));
    }
  }
  const weights = before.map((w, k) => ({
    before: w,
    gradient: gradients[k]!,
    after: trainable[k]!.variable as Tensor,
  }));
  const observation = due ? (measure(observed, weights, activations).dataSync() as Float32Array).slice() : null;
  return { loss, dataLoss, observation };
}

interface MeanGradients {
  readonly loss: number;
  readonly dataLoss: number;
  readonly gradients: readonly Tensor[];
  /** Outputs of the layers for the first batch, if asked for. */
  readonly activations: readonly Tensor[];
}

/** Means over the rows, one batch after the other. */
function meanGradients(
  { spec, built, ...task }: Task,
  trainable: readonly Weight[],
  rows: Int32Array,
  step: number,
  observe: boolean,
): MeanGradients {
  const members = built.ensemble?.members ?? 1;
  let [loss, dataLoss, from] = [0, 0, 0];
  let sums: Tensor[] = [];
  const outputs = new Map<string, Tensor>();
  for (const [index, size] of splitBatch(rows.length, spec.batchSize).entries()) {
    const { inputs, labels } = takeRows(task, rows.subarray(from, from + size));
    let data!: Scalar;
    const seed = batchSeed(spec.seed, index);
    const stepTensor = tf.scalar(step, 'int32');
    const computed = () => {
      const augmented = augment(spec.augmentation, seed, stepTensor, inputs, labels);
      return tf.variableGrads(
        () => {
          const losses = batchLoss(spec, built, augmented, labels);
          data = tf.keep(losses.data);
          return losses.total;
        },
        trainable.map((weight) => weight.variable),
      );
    };
    const note = (name: string, code: () => Tensor) => {
      const output = code();
      outputs.set(name, tf.keep(output.clone()));
      return output;
    };
    const { value, grads } = withStatelessRandom(seed, stepTensor, () =>
      observe && index === 0 ? withLayerScopes(built, note, computed) : computed(),
    );
    const share = size / rows.length;
    const own = trainable.map(({ variable }) => tf.mul(grads[variable.name]!, share));
    sums = index === 0 ? own : own.map((g, k) => tf.add(sums[k]!, g));
    loss += (share / members) * value.dataSync()[0]!;
    dataLoss += share * data.dataSync()[0]!;
    data.dispose();
    from += size;
  }
  const activations = observe ? firstMemberLayers(built).map(({ name }) => outputs.get(name)!) : [];
  return { loss, dataLoss, gradients: sums, activations };
}

function takeRows({ data }: Pick<Task, 'data'>, rows: Int32Array): { inputs: Tensor; labels: Tensor } {
  return {
    inputs: tf.tensor(takeInputs(data, rows), [rows.length, ...data.inputs.shape.slice(1)]),
    labels: labelTensor(data, rows),
  };
}

function evaluate(task: Task, rows: Int32Array): { loss: number; score: number } {
  if (task.spec.loss.type === 'module') return judgeOwn(task, rows, (taken) => predict(task, taken));
  let [loss, score] = [0, 0];
  for (let from = 0; from < rows.length; from += EVALUATION_BATCH) {
    const sums = scoped(() => {
      const { inputs, labels } = takeRows(task, rows.subarray(from, from + EVALUATION_BATCH));
      return evaluateBatch(task.spec, task.built, inputs, labels, tf.ones([labels.shape[0]!])).sums!.dataSync();
    });
    loss += sums[0]!;
    score += sums[1]!;
  }
  return { loss: loss / rows.length, score: score / rows.length };
}

function predict(task: Task, rows: Int32Array): Float32Array {
  const parts: number[] = [];
  for (let from = 0; from < rows.length; from += EVALUATION_BATCH) {
    const output = scoped(() => {
      const { inputs } = takeRows(task, rows.subarray(from, from + EVALUATION_BATCH));
      return commonAnswer(task.spec, task.built, inputs).dataSync();
    });
    for (const value of output) parts.push(value);
  }
  return Float32Array.from(parts);
}
