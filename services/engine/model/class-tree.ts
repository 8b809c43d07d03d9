/**
 * Hierarchical softmax while training: of the tree's nodes only those on the path of the label are computed, about log₂ C of C − 1, and only they
 * get a gradient. The layer that schemas/layers/hierarchical-softmax.ts builds computes all of them, which predictions need.
 */
import type { LayersModel, layers, Tensor } from '@tensorflow/tfjs';
import { tf } from '../tensorflow.ts';

/** Of the batch that is in hand, int32 [batch]; null outside of a training step. */
let labelsInHand: Tensor | null = null;

/** Within `code`, hierarchical softmaxes answer log σ(±z) of the nodes on the paths of those labels, [batch, depth], 0 where a path is shorter. */
export function alongLabels<T>(labels: Tensor, code: () => T): T {
  labelsInHand = labels;
  try {
    return code();
  } finally {
    labelsInHand = null;
  }
}

/** Takes over the computation of the layer `name`, a hierarchical softmax of so many classes. */
export function takeOverTree(layer: layers.Layer, name: string, classes: number): void {
  const whole = layer.call.bind(layer);
  const nodes = (layer as LayersModel).getLayer(`${name}_nodes`);
  layer.call = (inputs, kwargs) => {
    if (!labelsInHand) return whole(inputs, kwargs);
    const [kernel, bias] = nodes.weights.map((weight) => weight.read());
    return choicesOn(labelsInHand, [inputs].flat()[0]!, kernel!, bias ?? null, classes);
  };
}

/** @param x features [batch, features] @param kernel [features, classes − 1] */
function choicesOn(labels: Tensor, x: Tensor, kernel: Tensor, bias: Tensor | null, classes: number): Tensor {
  const depth = Math.floor(Math.log2(2 * classes - 1));
  const powers = Array.from({ length: depth + 1 }, (_power, k) => 2 ** k);
  // Numbered from 1, row by row, leaf c is number C + c, and the parent of number n is ⌊n/2⌋.
  const leaves = tf.add(tf.expandDims(labels, 1), tf.scalar(classes, 'int32'));
  const of = (divisors: readonly number[]) => tf.floorDiv(leaves, tf.tensor2d([[...divisors]], undefined, 'int32'));
  const [children, parents] = [of(powers.slice(0, -1)), of(powers.slice(1))];
  const exists = tf.cast(tf.greater(parents, 0), 'float32');
  // A left child has an even number.
  const signs = tf.sub(1, tf.mul(2, tf.cast(tf.mod(children, tf.scalar(2, 'int32')), 'float32')));
  const nodes = tf.maximum(tf.sub(parents, tf.scalar(1, 'int32')), tf.scalar(0, 'int32')) as never;
  const weighted = tf.sum(tf.mul(tf.expandDims(tf.transpose(x), 2), tf.gather(kernel, nodes, 1)), 0);
  const z = bias ? tf.add(weighted, tf.gather(bias, nodes)) : weighted;
  // log σ(a) = −softplus(−a). TF.js's logSigmoid keeps its input for its gradient no longer than the layer runs.
  return tf.mul(tf.neg(tf.softplus(tf.neg(tf.mul(signs, z)))), exists);
}
