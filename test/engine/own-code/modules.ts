/** Modules as a user would write them, that compute what the engine has built in: its own losses and rules are their oracle. */

/** Softmax cross-entropy of one-hot labels. */
export const crossEntropy = `
import type * as Tf from '@tensorflow/tfjs';

export function loss(tf: typeof Tf, labels: Tf.Tensor, predictions: Tf.Tensor): Tf.Tensor {
  return tf.neg(tf.mean(tf.sum(tf.mul(labels, tf.logSoftmax(predictions)), -1)));
}
`;

/** The same of class numbers, with its gradient by hand. */
export const byHand = `
export function loss(tf, labels, predictions) {
  const picked = tf.oneHot(labels, predictions.shape[1]);
  return tf.neg(tf.mean(tf.sum(tf.mul(tf.cast(picked, 'float32'), tf.logSoftmax(predictions)), -1)));
}
export function gradient(tf, labels, predictions) {
  const picked = tf.cast(tf.oneHot(labels, predictions.shape[1]), 'float32');
  return tf.div(tf.sub(tf.softmax(predictions), picked), labels.shape[0]);
}
export const inputs = { predictions: [4, 3], labels: { integers: 3, shape: [4] } };
`;

/** Mean squared error, whose square has a gradient of its own. */
export const squaredError = `
const square = (tf) => tf.customGrad((x, save) => {
  save([x]);
  return { value: tf.mul(x, x), gradFunc: (dy, [saved]) => tf.mul(dy, tf.mul(2, saved)) };
});
export const loss = (tf, labels, predictions) => tf.mean(square(tf)(tf.sub(predictions, labels)));
export const inputs = { predictions: [4, 2], labels: [4, 2] };
`;

export const momentum = `
export default {
  name: 'own-momentum',
  slots: ['velocity'],
  options: { momentum: [0.9] },
  apply(ops, { w, g, slots, rate }, { momentum }) {
    const velocity = ops.sub(ops.mul(ops.scalar(momentum), slots.velocity), ops.mul(rate, g));
    return { w: ops.add(w, velocity), slots: { velocity } };
  },
};
`;

export const adam = `
export const updateRule = {
  slots: ['m', 'v'],
  options: { beta1: [0.9], beta2: [0.999], epsilon: [1e-8] },
  apply(tf, { w, g, slots, rate, step }, { beta1, beta2, epsilon }) {
    const m = tf.add(tf.mul(slots.m, beta1), tf.mul(g, 1 - beta1));
    const v = tf.add(tf.mul(slots.v, beta2), tf.mul(tf.square(g), 1 - beta2));
    const mHat = tf.div(m, tf.sub(1, tf.pow(beta1, step)));
    const vHat = tf.div(v, tf.sub(1, tf.pow(beta2, step)));
    return { w: tf.sub(w, tf.div(tf.mul(rate, mHat), tf.add(tf.sqrt(vHat), epsilon))), slots: { m, v } };
  },
};
`;

/** A dense layer with tanh. */
export const denseTanh = `
import * as tf from '@tensorflow/tfjs';

export const inputs = { x: [4, 5], kernel: [5, 3], bias: [3] };
export const layer = (_tf: typeof tf, { x, kernel, bias }: Record<'x' | 'kernel' | 'bias', tf.Tensor>): tf.Tensor =>
  tf.tanh(tf.add(tf.matMul(x, kernel), bias));
`;

/** ReLU, by a custom gradient. */
export const relu = `
export const inputs = { x: { shape: [4, 5] } };
export const layer = (tf, { x }) => tf.customGrad((z, save) => {
  save([z]);
  return { value: tf.relu(z), gradFunc: (dy, [saved]) => tf.mul(dy, tf.step(saved)) };
})(x);
`;
