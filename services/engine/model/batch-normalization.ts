/**
 * Batch normalisation while training, as TF.js computes it forwards. Its gradient by hand takes a third of the passes over the activations that TF.js's
 * takes, which composes it of those of the mean, the variance and the normalisation:
 *
 *   x̂ = (x − μ) / √(σ² + ε)    dβ = Σ dy    dγ = Σ dy x̂    dx = γ / √(σ² + ε) (dy − (dβ + x̂ dγ) / N)
 *
 * Sums are over the N values of a channel. Source: Ioffe & Szegedy 2015.
 */
import type { layers, Tensor, Tensor1D } from '@tensorflow/tfjs';
import { tf } from '../tensorflow.ts';

interface Kept {
  read(): Tensor1D;
  write(value: Tensor): void;
}

interface BatchNormalization extends layers.Layer {
  readonly gamma: Kept;
  readonly beta: Kept;
  readonly movingMean: Kept;
  readonly movingVariance: Kept;
  readonly momentum: number;
  readonly epsilon: number;
}

/** Takes over the training of a layer that is a batch normalisation over its last axis. */
export function takeOverNormalization(layer: layers.Layer): void {
  if (layer.getClassName() !== 'BatchNormalization') return;
  const own = layer as BatchNormalization;
  const evaluate = layer.call.bind(layer);
  layer.call = (inputs, kwargs) => {
    if (!kwargs?.training) return evaluate(inputs, kwargs);
    return tf.tidy(() => normalized(own, [inputs].flat()[0]!));
  };
}

function normalized({ gamma, beta, movingMean, movingVariance, momentum, epsilon }: BatchNormalization, x: Tensor) {
  const axes = x.shape.slice(0, -1).map((_size, axis) => axis);
  const { mean, variance } = tf.moments(x, axes) as { mean: Tensor1D; variance: Tensor1D };
  const y = withGradient(x, gamma.read(), beta.read(), { mean, variance, epsilon, axes });
  for (const [moving, value] of [
    [movingMean, mean],
    [movingVariance, variance],
  ] as const)
    moving.write(tf.sub(moving.read(), tf.mul(tf.sub(moving.read(), value), 1 - momentum)));
  return y;
}

interface Statistics {
  readonly mean: Tensor1D;
  readonly variance: Tensor1D;
  readonly epsilon: number;
  readonly axes: readonly number[];
}

function withGradient(
  x: Tensor,
  gamma: Tensor1D,
  beta: Tensor1D,
  { mean, variance, epsilon, axes }: Statistics,
): Tensor {
  const count = x.size / mean.size;
  return tf.customGrad((...given: unknown[]) => {
    const save = given.pop() as (tensors: Tensor[]) => void;
    const [input, gain, offset] = given as [Tensor, Tensor1D, Tensor1D];
    save([input, gain, mean, variance]);
    const gradFunc = (dy: Tensor, [kept, scale, mu, square]: Tensor[]) => {
      const affine = (a: Tensor, b: Tensor): Tensor =>
        tf.batchNorm(kept as never, mu as Tensor1D, square as Tensor1D, b as Tensor1D, a as Tensor1D, epsilon);
      const dBeta = tf.sum(dy, [...axes]);
      const dGamma = tf.sum(tf.mul(dy, affine(tf.onesLike(scale!), tf.zerosLike(scale!))), [...axes]);
      const factor = tf.mul(scale!, tf.rsqrt(tf.add(square!, epsilon)));
      const perValue = tf.div(factor, -count);
      const common = affine(tf.mul(perValue, dGamma), tf.mul(perValue, dBeta));
      return [tf.add(tf.mul(dy, factor), common), dGamma, dBeta];
    };
    return { value: tf.batchNorm(input as never, mean, variance, offset, gain, epsilon), gradFunc } as never;
  })(x, gamma, beta) as Tensor;
}
