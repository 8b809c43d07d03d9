/**
 * Nadam: Adam with Nesterov's look ahead.
 *
 *   m̂ = β₁m/(1−β₁ᵗ⁺¹) + (1−β₁)g/(1−β₁ᵗ)
 *   w ← w − α m̂ / (√(v/(1−β₂ᵗ)) + ε),  m and v as in Adam
 *
 * Source: Dozat 2016, algorithm 2 with a constant β₁; the same as optax. Differs from PyTorch and Keras, which warm β₁ up over the steps.
 */
import { defineUpdate } from './define.ts';
import { correction, momentOptions, moments } from './moments.ts';

export const nadam = defineUpdate({
  rule: 'nadam',
  description: 'Adam whose m̂ looks one step ahead.',
  options: momentOptions(),
  slots: ['m', 'v'],
  apply: (ops, input, o) => {
    const { m, v } = moments(ops, input, o);
    const { g, rate, step } = input;
    const ahead = ops.div(ops.scalar(o.beta1), correction(ops, o.beta1, ops.add(step, ops.scalar(1))));
    const now = ops.div(ops.scalar(1 - o.beta1), correction(ops, o.beta1, step));
    const mHat = ops.add(ops.mul(ahead, m), ops.mul(now, g));
    const vHat = ops.div(v, correction(ops, o.beta2, step));
    const move = ops.div(ops.mul(rate, mHat), ops.add(ops.sqrt(vHat), ops.scalar(o.epsilon)));
    return { w: ops.sub(input.w, move), slots: { m, v } };
  },
});
