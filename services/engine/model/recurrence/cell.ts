/** What one step of a recurrent layer is, forwards and back; the sum Wx + b of all steps is known before the first of them. */
import type { Tensor } from '@tensorflow/tfjs';
import { backend, binding } from '../../tensorflow.ts';

/** The output first, then what else is carried from step to step; each [batch, units]. */
export type State = readonly Tensor[];

export interface Step {
  readonly after: State;
  /** What the blocks of the recurrent kernel were multiplied by, in their order. */
  readonly operands: readonly Tensor[];
  /** What the way back needs. */
  readonly saved: readonly Tensor[];
}

export interface Cell {
  /** Tensors in its state. */
  readonly states: number;
  /** Columns of the blocks of the recurrent kernel, in units: products with operands of their own. */
  readonly blocks: readonly number[];
  /** @param z Wx + b of this step, [batch, gates · units] */
  forward(z: Tensor, before: State, kernels: readonly Tensor[]): Step;
  /**
   * @param after gradients of the state after the step
   * @returns gradients of the sums, a tensor a block, and of the state before the step
   */
  backward(
    step: Pick<Step, 'saved' | 'operands'>,
    after: State,
    kernels: readonly Tensor[],
  ): { sums: readonly Tensor[]; before: State };
}

const floatType = [{ name: 'T', type: binding.TF_ATTR_TYPE, value: binding.TF_FLOAT }];
const gradient = (op: string) => (y: Tensor, dy: Tensor) => backend.executeSingleOutput(op, floatType, [y, dy]);

/** dy · y(1 − y), of y = σ(x). */
export const sigmoidGradient = gradient('SigmoidGrad');
/** dy · (1 − y²), of y = tanh(x). */
export const tanhGradient = gradient('TanhGrad');
