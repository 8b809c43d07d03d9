/**
 * Twenty examples can be learned by heart: a model that cannot bring its loss on them to near zero, without regularisation, has a
 * broken gradient, a broken loss, labels that do not belong to their rows, or no capacity.
 *
 * Source: CS231n, "Sanity checks tips/tricks": "overfit a tiny subset of data". Trained by Adam whatever the spec's rule is, so that the
 * rate is not on trial here: at 2e-3, and from the start again at 2e-2 if that does not do. Passes below 5 % of the loss at the start.
 */
import { graphPlan, initialState, type LoadedData, type Plan, setState, type Task } from '@anneal/engine';
import { type Finding, trainSpec } from '@anneal/schemas';
import type { Check } from './check.ts';

const EXAMPLES = 20;
const RATES = [2e-3, 2e-2];
/** At each rate. */
const MOST_STEPS = 1000;
/** Between two looks at the loss. */
const STRIDE = 10;
/** Share of the initial loss that counts as near zero. */
const NEAR_ZERO = 0.05;

const adam = trainSpec.shape.update.parse({ rule: 'adam' });

export const overfit: Check = ({ spec, built, data }): Finding => {
  const few = subset(data, EXAMPLES);
  const count = few.splits.training.length;
  const task: Task = {
    spec: {
      loss: spec.loss,
      seed: spec.seed,
      regularization: { l1: 0, l2: 0 },
      update: adam,
      augmentation: [],
      batchSize: count,
      accumulate: 1,
    },
    built,
    data: few,
    batches: [count],
  };
  const plan = graphPlan(task);
  try {
    const rows = few.splits.training;
    let [start, loss, steps, rate] = [0, Number.POSITIVE_INFINITY, 0, 0];
    for (rate of RATES) {
      setState(plan, initialState(task));
      start = plan.evaluate(rows).loss;
      ({ loss, steps } = learn(plan, rows, rate, NEAR_ZERO * start));
      if (loss <= NEAR_ZERO * start) break;
    }
    const evidence = { examples: count, steps, rate, lossBefore: start, lossAfter: loss };
    const numbers = `${count} examples: loss ${start.toPrecision(3)} -> ${loss.toPrecision(2)} in ${steps} steps`;
    if (loss <= NEAR_ZERO * start)
      return {
        rule: 'overfit',
        verdict: 'pass',
        message: `${numbers}: learned by heart`,
        cause: null,
        evidence,
        patch: null,
      };
    return {
      rule: 'overfit',
      verdict: 'fail',
      message: `${numbers}: they can't be learned by heart, so something in the model, the loss or the labels is broken`,
      cause: 'cannot-overfit',
      evidence,
      patch: null,
    };
  } finally {
    plan.dispose();
  }
};

/** Trains on all rows at once until the loss is down to `goal`, the steps are used up or the loss is no number any more. */
function learn(plan: Plan, rows: Int32Array, rate: number, goal: number): { loss: number; steps: number } {
  const rates = new Float32Array([rate]);
  let [loss, steps] = [Number.POSITIVE_INFINITY, 0];
  while (steps < MOST_STEPS && loss > goal) {
    for (let i = 0; i < STRIDE; i++, steps++) plan.train({ rows, batch: rows.length, rates, firstStep: steps + 1 });
    ({ loss } = plan.evaluate(rows));
  }
  return { loss, steps };
}

/** The first training rows, alone. */
function subset(data: LoadedData, most: number): LoadedData {
  const rows = data.splits.training.slice(0, most);
  const all = Int32Array.from(rows.keys());
  return {
    ...data,
    inputs: {
      ...data.inputs,
      shape: [rows.length, ...data.inputs.shape.slice(1)],
      values: pick(data.inputs.values, rows, data.inputs.shape.slice(1)),
    },
    labels:
      data.labels.kind === 'class'
        ? { ...data.labels, values: pick(data.labels.values, rows, []) }
        : { ...data.labels, values: pick(data.labels.values, rows, data.labels.shape) },
    splits: { training: all, validation: new Int32Array(0), test: new Int32Array(0) },
  } as LoadedData;
}

function pick<T extends Uint8Array | Float32Array | Int32Array>(
  values: T,
  rows: Int32Array,
  shape: readonly number[],
): T {
  const width = shape.reduce((a, b) => a * b, 1);
  const picked = new (values.constructor as new (length: number) => T)(rows.length * width);
  rows.forEach((row, i) => {
    picked.set(values.subarray(row * width, (row + 1) * width), i * width);
  });
  return picked;
}
