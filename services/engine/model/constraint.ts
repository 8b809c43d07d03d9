/** Brings a kernel back to where its constraint wants it. In ordinary TF.js: run eagerly by the eager plan, traced by the others. */
import type { Constraint } from '@anneal/schemas';
import type { Tensor } from '@tensorflow/tfjs';
import { tf } from '../tensorflow.ts';

/** Below it a norm counts as it, so that a kernel of zeros stays one. */
const LEAST_NORM = 1e-7;

/** `w` is [...inputs, outputs]; norms are taken over the inputs of each output. */
export function constrain(w: Tensor, constraint: Constraint): Tensor {
  if (constraint.type === 'non-negative') return tf.relu(w);
  const axes = w.shape.slice(0, -1).map((_side, axis) => axis);
  const norms = tf.maximum(tf.sqrt(tf.sum(tf.square(w), axes, true)), LEAST_NORM);
  if (constraint.type === 'unit-norm') return tf.div(w, norms);
  return tf.mul(w, tf.div(tf.minimum(norms, constraint.norm), norms));
}
