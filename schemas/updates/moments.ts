/** The running means of the gradient and its square that Adam and its kin share: m ← β₁m + (1−β₁)g, v ← β₂v + (1−β₂)g². */
import type { Arithmetic } from '../arithmetic.ts';
import { fraction, positive } from '../numbers.ts';
import { slot, type UpdateInput } from './define.ts';

export const momentOptions = () => ({
  beta1: fraction().default(0.9).describe('β₁, decay of the mean of the gradient.'),
  beta2: fraction().default(0.999).describe('β₂, decay of the mean of its square.'),
  epsilon: positive().default(1e-8).describe('ε, added to the root.'),
});

export interface MomentOptions {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
}

export function moments<T>(ops: Arithmetic<T>, { g, slots }: UpdateInput<T>, o: MomentOptions): { m: T; v: T } {
  const running = (decay: number, before: T, now: T) =>
    ops.add(ops.mul(ops.scalar(decay), before), ops.mul(ops.scalar(1 - decay), now));
  return { m: running(o.beta1, slot(slots, 'm'), g), v: running(o.beta2, slot(slots, 'v'), ops.square(g)) };
}

/** 1 − βᵗ, what a running mean that starts at 0 has to be divided by at step t. */
export const correction = <T>(ops: Arithmetic<T>, beta: number, step: T): T =>
  ops.sub(ops.scalar(1), ops.pow(ops.scalar(beta), step));

/** α m̂ / (√v̂ + ε), with the corrections drawn into two scalars: one division an element instead of three. */
export function correctedMove<T>(ops: Arithmetic<T>, m: T, v: T, { rate, step }: UpdateInput<T>, o: MomentOptions): T {
  const root = ops.sqrt(correction(ops, o.beta2, step));
  const scaled = ops.div(ops.mul(rate, root), correction(ops, o.beta1, step));
  return ops.div(ops.mul(scaled, m), ops.add(ops.sqrt(v), ops.mul(ops.scalar(o.epsilon), root)));
}
