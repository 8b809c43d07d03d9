/**
 * Two checks on twenty examples.
 *
 *   overfit         they can be learned by heart: a model that cannot bring its loss on them to near zero, without regularisation and dropout, has a broken
 *                   gradient, a broken loss, labels that do not belong to their rows, or no capacity
 *   zeroed-inputs   with all inputs at 0 it learns less in the same steps: a model that does as well without them does not look at them
 *
 * Losses are those above the least that the labels allow: a smoothed label, or one between 0 and 1, can't be met.
 *
 * Source: CS231n, "Sanity checks tips/tricks": "overfit a tiny subset of data"; Karpathy, "A recipe for training neural networks": "input-independent
 * baseline". Trained by Adam whatever the spec's rule is, so that the rate is not on trial here: at 2e-3, and from the start again at 2e-2
 * and at 0.2 if that does not do, as for labels in hundreds; if none does, for four times as long at the one that came nearest, where half of the loss went. Passes below 5 % of the loss at the start, 10 % where the loss grows with the error and not with its
 * square; with zeroed inputs the loss has to stay 10 % above. Where it does not, both are trained for all of the steps: before that they may have
 * learned no more than the mean of the labels. A net with fewer parameters than there are numbers to learn can't be asked to know them by heart, and
 * gets a warning.
 */
import {
  graphPlan,
  initialState,
  type LoadedData,
  labelWidth,
  type Plan,
  type State,
  setState,
  type Task,
  withoutNoise,
} from '@anneal/engine';
import { type Finding, lossDefinition, trainSpec } from '@anneal/schemas';
import { withBlankTwins } from '../blank-twins.ts';
import { type Check, type CheckInput, found, passed, skipped } from './check.ts';

const EXAMPLES = 20;
const RATES = [2e-3, 2e-2, 0.2];
/** At each rate. */
const MOST_STEPS = 1000;
/** Share of the initial loss from which on a rate is given so many steps: a net that learns nothing takes no more time. */
const ON_THE_WAY = 0.5;
const MORE_STEPS = 4000;
/** Between two looks at the loss. */
const STRIDE = 10;
/** Share of the initial loss that counts as near zero. */
const nearZero = (loss: string): number => (loss === 'mean-absolute-error' || loss === 'huber' ? 0.1 : 0.05);
/** Loss with zeroed inputs against that with real ones, at least. */
const WORSE = 1.1;

const adam = trainSpec.shape.update.parse({ rule: 'adam' });

export const overfit: Check = {
  names: ['overfit', 'zeroed-inputs'],
  run(input) {
    const { spec, built, data } = input;
    const few = withBlankTwins(data, EXAMPLES);
    const least = leastLoss(input, few.labels);
    if (least === null) {
      const why = `what ${spec.loss.type} can't fall below is not known; loss.least of the spec says it`;
      return [skipped('overfit', why), skipped('zeroed-inputs', why)];
    }
    const all = few.splits.training;
    const [real, blank] = [all.subarray(0, all.length / 2), all.subarray(all.length / 2)];
    const task = smallTask(spec, built, few, real.length);
    return withoutNoise(built, () => {
      const plan = graphPlan(task);
      const restart = () => setState(plan, initialState(task));
      const level = levelOf(input, few.labels);
      const trainer: Trainer = { plan, least, goal: nearZero(spec.loss.type), level, restart };
      try {
        const learned = learnByHeart(trainer, real);
        const capacity = {
          examples: real.length,
          parameters: parametersOf(built),
          numbers: real.length * labelWidth(few.labels),
        };
        return [judgeOverfit(learned, least, capacity), judgeBlind(trainer, learned, few.labels, real, blank)];
      } finally {
        plan.dispose();
      }
    });
  },
};

interface Trainer {
  readonly plan: Plan;
  /** Loss that no outputs can fall below. */
  readonly least: number;
  /** Share of the loss before that counts as near zero. */
  readonly goal: number;
  /** What the last bias is set to before it learns. */
  readonly level: State | null;
  restart(): void;
}

/** The mean over the labels; null where it is not known. */
function leastLoss({ spec, target }: CheckInput, { values }: LoadedData['labels']): number | null {
  const { least } = lossDefinition(spec.loss.type);
  let sum = 0;
  for (const label of values) {
    const own = least(label, target, spec.loss as never);
    if (own === null) return null;
    sum += own;
  }
  return sum / values.length;
}

/**
 * Numbers to learn: the biases of a linear last layer at the means of the labels. While all errors have one sign, as of labels in hundreds, hidden units
 * run into saturation before the bias is there; whether labels should be scaled is for other judges. Null where there is no such layer.
 */
function levelOf({ built }: CheckInput, labels: LoadedData['labels']): State | null {
  const { layer, name } = built.layers.at(-1)!;
  if (labels.kind === 'class' || layer.type !== 'dense' || layer.activation !== 'linear') return null;
  const bias = built.weights.find((weight) => weight.name === `${name}/bias`);
  if (!bias?.trainable || built.ensemble) return null;
  const width = labelWidth(labels);
  const means = new Float32Array(width);
  labels.values.forEach((label, i) => {
    means[i % width]! += (label * width) / labels.values.length;
  });
  return new Map([[bias.name, means]]);
}

/** Of one member, those that are trained. */
const parametersOf = ({ weights }: CheckInput['built']): number =>
  weights
    .filter(({ trainable, member }) => trainable && member === 0)
    .reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1), 0);

function smallTask(spec: CheckInput['spec'], built: CheckInput['built'], data: LoadedData, batch: number): Task {
  const plain = { regularization: { l1: 0, l2: 0 }, update: adam, augmentation: [], batchSize: batch, accumulate: 1 };
  return { spec: { loss: spec.loss, seed: spec.seed, ...plain }, built, data, batches: [batch] };
}

interface Learned {
  /** Losses above the least. */
  readonly before: number;
  readonly loss: number;
  readonly steps: number;
  readonly rate: number;
  readonly byHeart: boolean;
}

/** At the first rate that does, or else at the one that comes nearest, which gets more steps if it was on the way. */
function learnByHeart(trainer: Trainer, rows: Int32Array): Learned {
  const tries: Learned[] = [];
  for (const rate of RATES) {
    const learned = learnAt(trainer, rows, rate, MOST_STEPS);
    if (learned.byHeart) return learned;
    tries.push(learned);
  }
  const nearest = tries.reduce((a, b) => (b.loss < a.loss ? b : a));
  if (nearest.loss <= ON_THE_WAY * nearest.before) return learnAt(trainer, rows, nearest.rate, MORE_STEPS);
  return nearest;
}

function learnAt(trainer: Trainer, rows: Int32Array, rate: number, most: number): Learned {
  trainer.restart();
  const before = trainer.plan.evaluate(rows).loss - trainer.least;
  const goal = trainer.goal * before;
  if (trainer.level) trainer.plan.set(trainer.level);
  const progress = learn(trainer, rows, rate, goal, most);
  return { before, rate, ...progress, byHeart: progress.loss <= goal };
}

function judgeOverfit(
  learned: Learned,
  least: number,
  { examples, parameters, numbers }: Readonly<Record<'examples' | 'parameters' | 'numbers', number>>,
): Finding {
  const { before, loss, steps, rate, byHeart } = learned;
  const evidence = { examples, parameters, numbers, steps, rate, lossBefore: before, lossAfter: loss, least };
  const above = least === 0 ? '' : `, above the ${least.toPrecision(3)} that the labels leave`;
  const said = `${examples} ${examples === 1 ? 'example' : 'examples'}: loss ${before.toPrecision(3)} -> ${loss.toPrecision(2)} in ${steps} steps${above}`;
  if (byHeart) return passed('overfit', `${said}: learned by heart`, evidence);
  if (parameters < numbers && Number.isFinite(loss)) {
    const message = `${said}: ${parameters} parameters are too few to learn ${numbers} ${numbers === 1 ? 'number' : 'numbers'} by heart, so this says little about the model`;
    return found('overfit', 'warn', 'too-few-parameters', message, evidence);
  }
  const message = `${said}: they can't be learned by heart, so something in the model, the loss or the labels is broken`;
  return found('overfit', 'fail', 'cannot-overfit', message, evidence);
}

function judgeBlind(
  trainer: Trainer,
  learned: Learned,
  labels: LoadedData['labels'],
  real: Int32Array,
  blank: Int32Array,
): Finding {
  const width = labelWidth(labels);
  const ofReal = labels.values.subarray(0, real.length * width);
  if (ofReal.every((label, i) => label === ofReal[i % width]))
    return skipped(
      'zeroed-inputs',
      real.length === 1 ? 'there is one example' : `all ${real.length} examples have one label, so inputs say nothing`,
    );
  if (!Number.isFinite(learned.loss))
    return skipped(
      'zeroed-inputs',
      `the loss with the real inputs is ${learned.loss}: there is nothing to compare with`,
    );
  let [seeing, blind] = [learned as Progress, trained(trainer, blank, learned.rate, learned.steps)];
  if (isNoWorse(blind, seeing)) {
    const steps = Math.max(MOST_STEPS, learned.steps);
    seeing = trained(trainer, real, learned.rate, steps);
    blind = trained(trainer, blank, learned.rate, steps);
  }
  const evidence = { examples: real.length, steps: seeing.steps, lossAfter: seeing.loss, lossAfterZeroed: blind.loss };
  const numbers = `after ${seeing.steps} steps the loss is ${seeing.loss.toPrecision(2)}, with all inputs at 0 it is ${blind.loss.toPrecision(2)}`;
  if (!isNoWorse(blind, seeing)) return passed('zeroed-inputs', numbers, evidence);
  const message = `${numbers}: what the net answers does not depend on its inputs`;
  return found('zeroed-inputs', 'fail', 'inputs-unused', message, evidence);
}

const isNoWorse = (blind: Progress, seeing: Progress): boolean => blind.loss <= WORSE * seeing.loss;

type Progress = Pick<Learned, 'loss' | 'steps'>;

/** From the start, for so many steps. */
function trained(trainer: Trainer, rows: Int32Array, rate: number, steps: number): Progress {
  trainer.restart();
  if (trainer.level) trainer.plan.set(trainer.level);
  return learn(trainer, rows, rate, 0, steps);
}

/** Trains on all rows at once until the loss is down to `goal`, the steps are used up or the loss is no number any more. */
function learn({ plan, least }: Trainer, rows: Int32Array, rate: number, goal: number, most: number): Progress {
  const rates = new Float32Array([rate]);
  let [loss, steps] = [Number.POSITIVE_INFINITY, 0];
  while (steps < most && loss > goal) {
    for (let i = 0; i < STRIDE; i++, steps++) plan.train({ rows, batch: rows.length, rates, firstStep: steps + 1 });
    loss = plan.evaluate(rows).loss - least;
  }
  return { loss, steps };
}
