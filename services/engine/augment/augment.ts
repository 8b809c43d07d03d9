/** Augments a batch by the steps of a spec, in ordinary TF.js: run eagerly by the eager plan, traced by the others. */
import type { AugmentationStep } from '@anneal/schemas';
import type { Tensor, Tensor4D } from '@tensorflow/tfjs';
import { core, tf } from '../tensorflow.ts';
import { withStatelessRandom } from '../trace/random.ts';
import { betaQuantiles } from './beta.ts';
import { crop, warp } from './resample.ts';

export interface Mixed {
  /** Labels of the examples mixed in. */
  readonly labels: Tensor;
  /** λ, the share of the first labels: a scalar. */
  readonly share: Tensor;
}

export interface Augmented {
  readonly inputs: Tensor;
  readonly mixed: Mixed | null;
}

/** Keeps its draws apart from those of dropout. */
const SALT = 0x5bd1e995;

/** Uniform numbers in [low, high). */
export type Uniform = (shape: number[], low: number, high: number) => Tensor;

/** `step` is an int32 scalar; inputs [batch, …]. */
export function augment(
  steps: readonly AugmentationStep[],
  seed: number,
  step: Tensor,
  inputs: Tensor,
  labels: Tensor,
): Augmented {
  if (steps.length === 0) return { inputs, mixed: null };
  return withStatelessRandom(seed ^ SALT, step, () => {
    let mixed: Mixed | null = null;
    let x = inputs;
    for (const one of steps) {
      if (one.type !== 'mixup') {
        x = apply(one, x);
        continue;
      }
      const share = drawBeta(one.alpha);
      x = tf.add(tf.mul(x, share), tf.mul(tf.reverse(x, 0), tf.sub(1, share)));
      mixed = { labels: tf.reverse(labels, 0), share };
    }
    return { inputs: x, mixed };
  });
}

// Looked up at every call: within `withStatelessRandom` they are other functions.
const uniform: Uniform = (shape, low, high) => (core.randomUniform as typeof tf.randomUniform)(shape, low, high);
const normal = (shape: number[], deviation: number): Tensor =>
  (core.randomNormal as typeof tf.randomNormal)(shape, 0, deviation);

/** One number an example, to be multiplied with its image. */
const each = (x: Tensor, low: number, high: number): Tensor =>
  uniform([x.shape[0]!, ...x.shape.slice(1).map(() => 1)], low, high);

function apply(step: Exclude<AugmentationStep, { type: 'mixup' }>, x: Tensor): Tensor {
  switch (step.type) {
    case 'flip': {
      const turned = tf.reverse(x, step.direction === 'horizontal' ? 2 : 1);
      const chosen = tf.cast(tf.less(each(x, 0, 1), 0.5), 'float32');
      return tf.add(x, tf.mul(chosen, tf.sub(turned, x)));
    }
    case 'crop':
      return crop(x as Tensor4D, step.padding, uniform);
    case 'affine':
      return warp(x as Tensor4D, step, uniform);
    case 'brightness':
      return tf.add(x, each(x, -step.delta, step.delta));
    case 'contrast': {
      const mean = tf.mean(x, [1, 2, 3], true);
      return tf.add(mean, tf.mul(tf.sub(x, mean), each(x, 1 - step.factor, 1 + step.factor)));
    }
    case 'cut-out':
      return cutOut(x as Tensor4D, step.size);
    case 'noise':
      return tf.add(x, normal(x.shape, step.deviation));
  }
}

function cutOut(x: Tensor4D, size: number): Tensor {
  const [batch, height, width] = x.shape;
  const inside = (length: number, axis: 1 | 2) => {
    const shape = [1, 1, 1, 1];
    shape[axis] = length;
    const places = tf.reshape(tf.range(0, length), shape);
    const centre = tf.floor(uniform([batch, 1, 1, 1], 0, length));
    const from = tf.sub(centre, Math.floor(size / 2));
    return tf.logicalAnd(tf.greaterEqual(places, from), tf.less(places, tf.add(from, size)));
  };
  const hole = tf.logicalAnd(inside(height, 1), inside(width, 2));
  return tf.mul(x, tf.sub(1, tf.cast(hole, 'float32')));
}

/** Points of the table of quantiles: λ is interpolated between them. */
const POINTS = 4096;

/** A number of Beta(α, α), by the inverse of its distribution function. */
function drawBeta(alpha: number): Tensor {
  const table = tf.tensor1d(betaQuantiles(alpha, POINTS));
  const place = tf.mul(uniform([1], 0, 1), POINTS - 1);
  const below = tf.minimum(tf.floor(place), POINTS - 2);
  const index = tf.cast(below, 'int32');
  const [low, high] = [tf.gather(table, index), tf.gather(table, tf.add(index, tf.scalar(1, 'int32')))];
  return tf.reshape(tf.add(low, tf.mul(tf.sub(place, below), tf.sub(high, low))), []);
}
