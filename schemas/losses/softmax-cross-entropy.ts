/**
 * Softmax cross-entropy on logits z: L = −log( e^(z_y) / Σⱼ e^(zⱼ) ), in nats. At chance: ln C.
 * The last layer has to be linear: the softmax is in the loss.
 */
import { defineLoss } from './define.ts';

export const softmaxCrossEntropy = defineLoss({
  type: 'softmax-cross-entropy',
  description: 'L = −log softmax(z)[y], on logits z [classes]; ln C at chance.',
  options: {},
  target: 'class',
  atChance: (target) => (target.kind === 'class' ? Math.log(target.classes) : null),
  perExample: (tf, output, labels) => tf.sparseSoftmaxCrossEntropy(output, labels),
});
