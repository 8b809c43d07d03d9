/**
 * Recurrent layers as TF.js computes them, faster: the product of the inputs with the kernel is one for all steps, and so is the gradient
 * of each kernel. TF.js's own cells take a product a step for each of them.
 */
import type { layers, Tensor, Tensor2D, Tensor3D } from '@tensorflow/tfjs';
import { tf } from '../../tensorflow.ts';
import { cells } from './cells.ts';
import { runRecurrence } from './run-recurrence.ts';

interface Readable {
  read(): Tensor;
}

interface Recurrent extends layers.Layer {
  readonly cell: {
    readonly units: number;
    readonly kernel: Readable;
    readonly recurrentKernel: Readable;
    readonly bias: Readable | null;
    readonly activation: { getClassName(): string };
    readonly recurrentActivation?: { getClassName(): string };
  } & layers.Layer;
  readonly goBackwards: boolean;
  readonly returnSequences: boolean;
}

type Given = Parameters<layers.Layer['call']>;

/** Takes over the computation of a layer that is recurrent, of tanh and sigmoid, the usual activations; leaves others as they are. */
export function takeOverRecurrence(layer: layers.Layer): void {
  const { forwardLayer, backwardLayer } = layer as unknown as Record<string, layers.Layer | undefined>;
  const recurrent = forwardLayer && backwardLayer ? [forwardLayer, backwardLayer] : [layer];
  for (const each of recurrent) if (isUsual(each)) each.call = callOf(each, each.call.bind(each));
}

function isUsual(layer: layers.Layer): layer is Recurrent {
  const { cell } = layer as Partial<Recurrent>;
  if (!cell || !(cell.getClassName() in cells)) return false;
  return (
    cell.activation.getClassName() === 'tanh' && (cell.recurrentActivation?.getClassName() ?? 'sigmoid') === 'sigmoid'
  );
}

function callOf({ cell, goBackwards, returnSequences }: Recurrent, original: layers.Layer['call']) {
  return (...[inputs, kwargs]: Given): Tensor | Tensor[] => {
    const [x, ...states] = [inputs].flat();
    if (states.length > 0 || kwargs?.mask || kwargs?.initialState) return original(inputs, kwargs);
    return tf.tidy(() => {
      const [batch, steps, features] = x!.shape as [number, number, number];
      const byTime = tf.transpose(goBackwards ? tf.reverse(x!, 1) : x!, [1, 0, 2]);
      const product = tf.matMul(tf.reshape(byTime, [steps * batch, features]), cell.kernel.read() as Tensor2D);
      const biased = cell.bias ? tf.add(product, cell.bias.read()) : product;
      const sums = tf.reshape(biased, [steps, batch, -1]) as Tensor3D;
      const made = runRecurrence(
        cells[cell.getClassName()]!,
        sums,
        cell.recurrentKernel.read() as Tensor2D,
        returnSequences,
      );
      return returnSequences ? tf.transpose(made, [1, 0, 2]) : made;
    });
  };
}
