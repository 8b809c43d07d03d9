/**
 * Update rules as TensorFlow's fused kernels: one pass over the memory instead of one an operation. A rule without a kernel here is
 * run by its formula; both are tested against the same oracle.
 */
import type { Update } from '@anneal/schemas';
import { graphArithmetic } from '../graph/arithmetic.ts';
import { after, type NodeList, type Output } from '../graph/node-list.ts';
import { DataType } from '../tensorflow.ts';

export interface FusedInput {
  readonly list: NodeList;
  readonly rate: Output;
  /** t = 1, 2 … as a float scalar. */
  readonly step: Output;
  /** μ of this step where a schedule sets it. */
  readonly momentum?: Output | undefined;
}

/** Updates one parameter: the name of its variable, whose slots are the variables `name/slot`, and its gradient. */
type UpdateOne = (weight: string, gradient: Output) => Output;

/** Makes what all parameters share once a step. */
type Kernel<U extends Update> = (input: FusedInput, options: U) => UpdateOne;

const T = { T: { type: DataType.float32 }, use_locking: { bool: false } };
const slotName = (weight: string, slot: string): string => `${weight}/${slot}`;

/** var ← var − α·g */
const sgd: Kernel<Extract<Update, { rule: 'sgd' }>> =
  ({ list, rate }) =>
  (weight, gradient) =>
    list.node('ResourceApplyGradientDescent', [list.variable(weight), rate, gradient], T);

/** accum ← μ·accum − α·g; var ← var + accum, or with Nesterov var + μ·accum − α·g */
const keras =
  (nesterov: boolean): Kernel<Extract<Update, { rule: 'momentum' | 'nesterov' }>> =>
  ({ list, rate, momentum: scheduled }, o) => {
    const momentum = scheduled ?? list.scalar(o.momentum);
    return (weight, gradient) =>
      list.node(
        'ResourceApplyKerasMomentum',
        [list.variable(weight), list.variable(slotName(weight, 'velocity')), rate, gradient, momentum],
        { ...T, use_nesterov: { bool: nesterov } },
      );
  };

/** The kernel adds ε to the uncorrected root: ε·√(1−β₂ᵗ) there is ε of the corrected one here. */
const adam: Kernel<Extract<Update, { rule: 'adam' }>> = ({ list, rate, step }, o) => {
  const ops = graphArithmetic(list);
  const [beta1, beta2, epsilon] = [ops.scalar(o.beta1), ops.scalar(o.beta2), ops.scalar(o.epsilon)];
  const power1 = o.biasCorrection ? ops.pow(beta1, step) : ops.scalar(0);
  const power2 = o.biasCorrection ? ops.pow(beta2, step) : ops.scalar(0);
  const scaled = o.biasCorrection ? ops.mul(epsilon, ops.sqrt(ops.sub(ops.scalar(1), power2))) : epsilon;
  return (weight, gradient) => {
    const [m, v] = [list.variable(slotName(weight, 'm')), list.variable(slotName(weight, 'v'))];
    return list.node(
      'ResourceApplyAdam',
      [list.variable(weight), m, v, power1, power2, rate, beta1, beta2, scaled, gradient],
      { ...T, use_nesterov: { bool: false } },
    );
  };
};

/** Decays the weight in place, then lets Adam's kernel take its step. */
const adamw: Kernel<Extract<Update, { rule: 'adamw' }>> = (input, o) => {
  const { list, rate } = input;
  const ops = graphArithmetic(list);
  const kept = ops.sub(ops.scalar(1), ops.mul(rate, ops.scalar(o.weightDecay)));
  const updateOne = adam(input, { ...o, rule: 'adam', biasCorrection: true });
  return (weight, gradient) => {
    const w = list.read(weight, DataType.float32, after(gradient));
    const decayed = list.assign(weight, ops.mul(kept, w), DataType.float32);
    return updateOne(weight, list.node('Identity', [gradient, after(decayed)], { T: T.T }));
  };
};

/** As Adam's kernel, with the largest v so far. */
const amsgrad: Kernel<Extract<Update, { rule: 'amsgrad' }>> = ({ list, rate, step }, o) => {
  const ops = graphArithmetic(list);
  const [beta1, beta2] = [ops.scalar(o.beta1), ops.scalar(o.beta2)];
  const [power1, power2] = [ops.pow(beta1, step), ops.pow(beta2, step)];
  const scaled = ops.mul(ops.scalar(o.epsilon), ops.sqrt(ops.sub(ops.scalar(1), power2)));
  return (weight, gradient) => {
    const state = ['m', 'v', 'vMax'].map((slot) => list.variable(slotName(weight, slot)));
    return list.node(
      'ResourceApplyAdamWithAmsgrad',
      [list.variable(weight), ...state, power1, power2, rate, beta1, beta2, scaled, gradient],
      T,
    );
  };
};

/** accum ← accum + g²; var ← var − α·g / (√accum + ε) */
const adagrad: Kernel<Extract<Update, { rule: 'adagrad' }>> = ({ list, rate }, o) => {
  const epsilon = list.scalar(o.epsilon);
  return (weight, gradient) =>
    list.node(
      'ResourceApplyAdagradV2',
      [list.variable(weight), list.variable(slotName(weight, 'square')), rate, epsilon, gradient],
      { ...T, update_slots: { bool: true } },
    );
};

const adadelta: Kernel<Extract<Update, { rule: 'adadelta' }>> = ({ list, rate }, o) => {
  const [decay, epsilon] = [list.scalar(o.decay), list.scalar(o.epsilon)];
  return (weight, gradient) => {
    const state = ['square', 'delta'].map((slot) => list.variable(slotName(weight, slot)));
    return list.node('ResourceApplyAdadelta', [list.variable(weight), ...state, rate, decay, epsilon, gradient], T);
  };
};

export const fusedUpdates: Readonly<Record<string, Kernel<never>>> = {
  sgd,
  momentum: keras(false),
  nesterov: keras(true),
  adagrad,
  adadelta,
  adam,
  adamw,
  amsgrad,
};
