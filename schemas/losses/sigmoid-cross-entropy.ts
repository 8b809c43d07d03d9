/**
 * Sigmoid cross-entropy on logits z, for labels y in 0 … 1, one for each output (multi-label, or a single yes or no):
 *
 *   L = −(1/n) Σ [ p yᵢ log σ(zᵢ) + (1 − yᵢ) log(1 − σ(zᵢ)) ]     at chance: ln 2, for p = 1
 *
 * The last layer has to be linear. The same as PyTorch's BCEWithLogitsLoss, `positiveWeight` being its pos_weight.
 */
import { positive } from '../numbers.ts';
import { defineLoss, meanOutputs } from './define.ts';

export const sigmoidCrossEntropy = defineLoss({
  type: 'sigmoid-cross-entropy',
  description: 'L = −mean [ p y log σ(z) + (1−y) log(1−σ(z)) ], on logits z, labels 0 to 1; ln 2 at chance.',
  options: {
    positiveWeight: positive().default(1).describe('p, what a positive label weighs: above 1 where they are rare.'),
  },
  target: 'values',
  probability: 'sigmoid',
  atChance: (_target, o) => (o.positiveWeight === 1 ? Math.LN2 : null),
  // At σ(z) = p y / (p y + 1 − y); 0 for a label that is 0 or 1.
  least: (y, _target, o) => {
    const [yes, no] = [o.positiveWeight * y, 1 - y];
    return yes > 0 && no > 0 ? (yes + no) * Math.log(yes + no) - yes * Math.log(yes) - no * Math.log(no) : 0;
  },
  perExample: (tf, output, labels, o) => {
    // (1 − y) z + (1 + (p − 1) y) · log(1 + e^−z), whose last factor is log(1 + e^−|z|) + max(−z, 0): no large exponent.
    const softplus = tf.add(tf.log1p(tf.exp(tf.neg(tf.abs(output)))), tf.relu(tf.neg(output)));
    const weight = tf.add(tf.mul(labels, o.positiveWeight - 1), 1);
    return meanOutputs(tf, tf.add(tf.mul(tf.sub(1, labels), output), tf.mul(weight, softplus)));
  },
});
