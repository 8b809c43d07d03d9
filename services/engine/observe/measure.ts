/** The measurements themselves, in ordinary TF.js: run eagerly by the eager plan, traced by the others. */
import { HISTOGRAM_BINS } from '@anneal/schemas';
import type { Tensor } from '@tensorflow/tfjs';
import { tf } from '../tensorflow.ts';
import type { ObservationLayout } from './layout.ts';

export interface ObservedWeight<T> {
  readonly before: T;
  readonly gradient: T;
  readonly after: T;
}

/** The vector that `layout` describes, float [layout.length]. `activations` are the outputs of the layers [batch, …]. */
export function measure(
  layout: ObservationLayout,
  weights: readonly ObservedWeight<Tensor>[],
  activations: readonly Tensor[],
): Tensor {
  const scalars = [
    ...weights.flatMap(measureWeight),
    ...activations.flatMap((output, i) => measureOutput(output, layout.layers[i]!.bounds)),
  ];
  const histograms = layout.histograms
    ? [...weights.map(({ gradient }) => gradient), ...activations].map(histogramOf)
    : [];
  return tf.concat([tf.stack(scalars), ...histograms]);
}

const norm = (x: Tensor): Tensor => tf.sqrt(tf.sum(tf.square(x)));

function measureWeight({ before, gradient, after }: ObservedWeight<Tensor>): Tensor[] {
  const [weight, update] = [norm(before), norm(tf.sub(after, before))];
  // A tensor of zeros, as biases are at first, has no ratio: it reads 0.
  const ratio = tf.divNoNan(update, weight);
  return [weight, norm(gradient), update, ratio];
}

export function measureOutput(output: Tensor, bounds: readonly [number, number] | null): Tensor[] {
  const { mean, variance } = tf.moments(output);
  const units = output.shape.at(-1) ?? 1;
  const largest = tf.max(tf.reshape(tf.abs(output), [-1, units]), 0);
  const dead = tf.mean(tf.cast(tf.equal(largest, 0), 'float32'));
  const always = [mean, tf.sqrt(variance), dead];
  if (!bounds) return always;
  const [low, high] = bounds;
  const margin = 0.01 * (high - low);
  const saturated = tf.logicalOr(tf.less(output, low + margin), tf.greater(output, high - margin));
  return [...always, tf.mean(tf.cast(saturated, 'float32'))];
}

/** [low, high, counts…] */
function histogramOf(x: Tensor): Tensor {
  const values = tf.reshape(x, [-1]);
  const [low, high] = [tf.min(values), tf.max(values)];
  const place = tf.mul(tf.divNoNan(tf.sub(values, low), tf.sub(high, low)), HISTOGRAM_BINS);
  const bin = tf.cast(tf.minimum(tf.floor(place), HISTOGRAM_BINS - 1), 'int32');
  const counts = tf.unsortedSegmentSum(tf.onesLike(values), bin as never, HISTOGRAM_BINS);
  return tf.concat([tf.stack([low, high]), counts]);
}
