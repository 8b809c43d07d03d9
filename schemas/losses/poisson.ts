/**
 * Poisson: the negative log-likelihood of counts y under the rate e^z, without the term ln y!: L = e^z − y z, the mean over the outputs of one
 * example. The last layer is linear: z is the logarithm of the rate. PyTorch's PoissonNLLLoss. Differs from Keras, whose output is the rate.
 */
import { defineLoss, meanOutputs } from './define.ts';

export const poisson = defineLoss({
  type: 'poisson',
  description: 'L = mean of e^z − y z, z being the logarithm of the rate.',
  options: {},
  target: 'values',
  atChance: () => null,
  // At z = ln y.
  least: (y) => (y > 0 ? y - y * Math.log(y) : 0),
  perExample: (tf, output, labels) => meanOutputs(tf, tf.sub(tf.exp(output), tf.mul(labels, output))),
});
