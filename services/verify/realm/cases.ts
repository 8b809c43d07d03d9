/** The functions of a module as scalar functions that can be compared with their differences. */
import type { Case, Tensors } from './differentiable.ts';
import type { Input } from './inputs.ts';
import { type Tensor, tf } from './tf.ts';
import { described, isTensor, Unusable } from './unusable.ts';

type Code = (...given: never[]) => unknown;

/** Calls the author's code, and says whose fault a wrong answer is. */
export function tensorFrom(name: string, made: unknown): Tensor {
  if (isTensor(made)) {
    if (made.isDisposed) throw new Unusable(`${name} returned a tensor that it has disposed of`);
    return made as Tensor;
  }
  if (made instanceof Promise) throw new Unusable(`${name} returned a promise; it must be synchronous`);
  throw new Unusable(`${name} returned ${described(made)}; it must return a tensor`);
}

export function scalarFrom(name: string, made: unknown): Tensor {
  const tensor = tensorFrom(name, made);
  if (tensor.size === 1 && tensor.rank === 0) return tensor;
  throw new Unusable(
    `${name} returned a tensor of shape [${tensor.shape.join(', ')}]; it must return a scalar: take the mean over the examples`,
  );
}

/** The output as a scalar: its sum, each value times a fixed factor of its own, so that no two errors cancel out. */
export function projected(output: Tensor): Tensor {
  return tf.sum(tf.mul(output, cotangent(output.shape)));
}

export function cotangent(shape: readonly number[]): Tensor {
  const size = shape.reduce((a, b) => a * b, 1);
  const factors = Float64Array.from({ length: size }, (_value, i) => 0.25 + ((i * 0.6180339887498949) % 1));
  return tf.tensor(factors as never, [...shape]);
}

/** `loss(tf, labels, predictions)`, with TF.js's gradient or that of `gradient(tf, labels, predictions)`. */
export function lossCase(loss: Code, gradient: Code | undefined, inputs: readonly Input[]): Case {
  const call = (code: Code, { labels, predictions }: Tensors) => code(...([tf, labels, predictions] as never[]));
  return {
    ...(gradient ? { name: 'gradient', rule: 'gradient' } : { name: 'loss', rule: 'loss/gradient' }),
    inputs: inputs.map((input) => (input.name === 'labels' ? { ...input, differentiated: false } : input)),
    value: (at) => scalarFrom('loss', call(loss, at)),
    ...(gradient && { gradients: (at) => ({ predictions: tensorFrom('gradient', call(gradient, at)) }) }),
  };
}

/** `layer(tf, inputs)`, differentiated by TF.js and the custom gradients within it. */
export const layerCase = (layer: Code, inputs: readonly Input[]): Case => ({
  name: 'layer',
  rule: 'layer/gradient',
  inputs,
  value: (at) => projected(tensorFrom('layer', layer(...([tf, { ...at }] as never[])))),
});

/** `forward(tf, inputs)` and the `backward(tf, dy, cache)` written by hand. */
export function passCase(forward: Code, backward: Code, inputs: readonly Input[]): Case {
  const run = (at: Tensors) => {
    const made = forward(...([tf, { ...at }] as never[]));
    const pair = typeof made === 'object' && made !== null && 'output' in made && !isTensor(made);
    const { output, cache } = pair ? (made as { output: unknown; cache?: unknown }) : { output: made, cache: at };
    return { output: tensorFrom('forward', output), cache };
  };
  return {
    name: 'backward',
    rule: 'backward',
    inputs,
    value: (at) => projected(run(at).output),
    gradients(at) {
      const { output, cache } = run(at);
      const found = backward(...([tf, cotangent(output.shape), cache] as never[]));
      if (typeof found !== 'object' || found === null || isTensor(found))
        throw new Unusable(
          `backward returned ${described(found)}; it must return an object with the gradient of every input by name`,
        );
      return found as Tensors;
    },
  };
}
