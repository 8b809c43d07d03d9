/**
 * Two checks on twenty examples.
 *
 *   overfit         they can be learned by heart: a model that cannot bring its loss on them to near zero, without regularisation, has a broken
 *                   gradient, a broken loss, labels that do not belong to their rows, or no capacity
 *   zeroed-inputs   with all inputs at 0 it learns less in the same steps: a model that does as well without them does not look at them
 *
 * Source: CS231n, "Sanity checks tips/tricks": "overfit a tiny subset of data"; Karpathy, "A recipe for training neural networks": "input-independent
 * baseline". Trained by Adam whatever the spec's rule is, so that the rate is not on trial here: at 2e-3, and from the start again at 2e-2 if
 * that does not do. Passes below 5 % of the loss at the start; with zeroed inputs the loss has to stay 10 % above.
 */
import {
  type DataSet,
  graphPlan,
  initialState,
  type LoadedData,
  type Plan,
  rowsInMemory,
  setState,
  type Task,
} from '@anneal/engine';
import { type Finding, trainSpec } from '@anneal/schemas';
import { type Check, type CheckInput, found, passed, skipped } from './check.ts';

const EXAMPLES = 20;
const RATES = [2e-3, 2e-2];
/** At each rate. */
const MOST_STEPS = 1000;
/** Between two looks at the loss. */
const STRIDE = 10;
/** Share of the initial loss that counts as near zero. */
const NEAR_ZERO = 0.05;
/** Loss with zeroed inputs against that with real ones, at least. */
const WORSE = 1.1;

const adam = trainSpec.shape.update.parse({ rule: 'adam' });

export const overfit: Check = {
  names: ['overfit', 'zeroed-inputs'],
  run({ spec, built, data }) {
    const few = withBlankTwins(data, EXAMPLES);
    const all = few.splits.training;
    const [real, blank] = [all.subarray(0, all.length / 2), all.subarray(all.length / 2)];
    const task = smallTask(spec, built, few, real.length);
    const plan = graphPlan(task);
    const restart = () => setState(plan, initialState(task));
    try {
      const learned = learnByHeart(plan, real, restart);
      restart();
      const blind = learn(plan, blank, learned.rate, 0, learned.steps);
      return [judgeOverfit(learned, real.length), judgeBlind(learned, blind.loss, few, real)];
    } finally {
      plan.dispose();
    }
  },
};

function smallTask(spec: CheckInput['spec'], built: CheckInput['built'], data: LoadedData, batch: number): Task {
  const plain = { regularization: { l1: 0, l2: 0 }, update: adam, augmentation: [], batchSize: batch, accumulate: 1 };
  return { spec: { loss: spec.loss, seed: spec.seed, ...plain }, built, data, batches: [batch] };
}

interface Learned {
  readonly before: number;
  readonly loss: number;
  readonly steps: number;
  readonly rate: number;
}

const isByHeart = ({ before, loss }: Learned): boolean => loss <= NEAR_ZERO * before;

/** At the first rate that does, or else at the last. */
function learnByHeart(plan: Plan, rows: Int32Array, restart: () => void): Learned {
  let learned: Learned | undefined;
  for (const rate of RATES) {
    restart();
    const before = plan.evaluate(rows).loss;
    learned = { before, rate, ...learn(plan, rows, rate, NEAR_ZERO * before, MOST_STEPS) };
    if (isByHeart(learned)) break;
  }
  return learned!;
}

function judgeOverfit(learned: Learned, examples: number): Finding {
  const { before, loss, steps, rate } = learned;
  const evidence = { examples, steps, rate, lossBefore: before, lossAfter: loss };
  const numbers = `${examples} examples: loss ${before.toPrecision(3)} -> ${loss.toPrecision(2)} in ${steps} steps`;
  if (isByHeart(learned)) return passed('overfit', `${numbers}: learned by heart`, evidence);
  const message = `${numbers}: they can't be learned by heart, so something in the model, the loss or the labels is broken`;
  return found('overfit', 'fail', 'cannot-overfit', message, evidence);
}

function judgeBlind({ loss, steps }: Learned, blind: number, { labels }: LoadedData, rows: Int32Array): Finding {
  const width = labels.kind === 'class' ? 1 : labels.shape.reduce((a, b) => a * b, 1);
  const same = rows.every((_row, i) => labels.values[i] === labels.values[i % width]);
  if (same) return skipped('zeroed-inputs', `all ${rows.length} examples have one label, so inputs say nothing`);
  const evidence = { examples: rows.length, steps, lossAfter: loss, lossAfterZeroed: blind };
  const numbers = `after ${steps} steps the loss is ${loss.toPrecision(2)}, with all inputs at 0 it is ${blind.toPrecision(2)}`;
  if (!(blind <= WORSE * loss)) return passed('zeroed-inputs', numbers, evidence);
  const message = `${numbers}: what the net answers does not depend on its inputs`;
  return found('zeroed-inputs', 'fail', 'inputs-unused', message, evidence);
}

/** Trains on all rows at once until the loss is down to `goal`, the steps are used up or the loss is no number any more. */
function learn(
  plan: Plan,
  rows: Int32Array,
  rate: number,
  goal: number,
  most: number,
): Pick<Learned, 'loss' | 'steps'> {
  const rates = new Float32Array([rate]);
  let [loss, steps] = [Number.POSITIVE_INFINITY, 0];
  while (steps < most && loss > goal) {
    for (let i = 0; i < STRIDE; i++, steps++) plan.train({ rows, batch: rows.length, rates, firstStep: steps + 1 });
    ({ loss } = plan.evaluate(rows));
  }
  return { loss, steps };
}

/** The first training rows, alone, and then the same again with inputs of 0. */
function withBlankTwins(data: DataSet, most: number): LoadedData {
  const rows = data.splits.training.slice(0, most);
  const twins = rowsInMemory(data, Int32Array.from([...rows, ...rows]));
  twins.inputs.values.fill(0, twins.inputs.values.length / 2);
  return twins;
}
