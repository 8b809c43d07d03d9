/**
 * A recurrence over all steps with a gradient of its own: the products with the recurrent kernel that its gradient needs, one a step where they
 * come out of the tape, are one product over all steps at the end of the way back.
 */
import type { Tensor, Tensor2D, Tensor3D } from '@tensorflow/tfjs';
import { tf } from '../../tensorflow.ts';
import type { Cell, State, Step } from './cell.ts';

/**
 * The output of the last step, [batch, units], or of every one, [steps, batch, units].
 * @param sums Wx + b, [steps, batch, gates · units]
 * @param kernel [units, gates · units]
 */
export function runRecurrence(cell: Cell, sums: Tensor3D, kernel: Tensor2D, everyStep: boolean): Tensor {
  const run = (z: Tensor, u: Tensor, save: (tensors: Tensor[]) => void) => {
    const [, batch] = sums.shape;
    const [units] = kernel.shape;
    const kernels = blocksOf(cell, u as Tensor2D);
    const steps: Step[] = [];
    let state: State = Array.from({ length: cell.states }, () => tf.zeros([batch, units]));
    for (const sum of tf.unstack(z)) {
      const step = cell.forward(sum, state, kernels);
      steps.push(step);
      state = step.after;
    }
    save([...kernels, ...steps.flatMap(({ saved, operands }) => [...saved, ...operands])]);
    return {
      value: everyStep ? tf.stack(steps.map(({ after }) => after[0]!)) : tf.clone(state[0]!),
      gradFunc: (dy: Tensor, saved: Tensor[]) =>
        gradients(cell, stepsOf(saved, kernels.length, steps.length), saved, everyStep ? tf.unstack(dy) : [dy]),
    };
  };
  return tf.customGrad(run as never)(sums, kernel) as Tensor;
}

type SavedStep = Pick<Step, 'saved' | 'operands'>;

/** What was saved of each step, after the blocks of the kernel. */
function stepsOf(saved: readonly Tensor[], blocks: number, steps: number): SavedStep[] {
  const each = (saved.length - blocks) / steps;
  return Array.from({ length: steps }, (_step, t) => {
    const own = saved.slice(blocks + t * each, blocks + (t + 1) * each);
    return { saved: own.slice(0, -blocks), operands: own.slice(-blocks) };
  });
}

/** Of the sums and of the kernel. `dys` are the gradients of the last outputs, the last one last. */
function gradients(
  cell: Cell,
  steps: readonly SavedStep[],
  kernels: readonly Tensor[],
  dys: readonly Tensor[],
): Tensor[] {
  const sums: (readonly Tensor[])[] = [];
  const zero = tf.zerosLike(dys[0]!);
  let after: State = Array.from({ length: cell.states }, () => zero);
  for (const [t, step] of [...steps.entries()].reverse()) {
    const [dh, ...rest] = after;
    const own = dys[t - steps.length + dys.length];
    const back = cell.backward(step, [own ? tf.add(dh!, own) : dh!, ...rest], kernels);
    sums.unshift(back.sums);
    after = back.before;
  }
  const dKernels = cell.blocks.map((_units, block) => {
    const operands = tf.concat(steps.map((step) => step.operands[block]!)) as Tensor2D;
    return tf.matMul(operands, tf.concat(sums.map((of) => of[block]!)) as Tensor2D, true, false);
  });
  return [tf.stack(sums.map(joined)), joined(dKernels)];
}

const joined = (parts: readonly Tensor[]): Tensor => (parts.length === 1 ? parts[0]! : tf.concat([...parts], 1));

function blocksOf({ blocks }: Cell, kernel: Tensor2D): Tensor[] {
  const [units] = kernel.shape;
  return blocks.length === 1
    ? [kernel]
    : tf.split(
        kernel,
        blocks.map((columns) => columns * units),
        1,
      );
}
