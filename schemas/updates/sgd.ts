/**
 * Stochastic gradient descent.
 *
 *   w ← w − αg
 *
 * Source: Robbins & Monro 1951. The same in PyTorch and Keras.
 */
import { defineUpdate } from './define.ts';

export const sgd = defineUpdate({
  rule: 'sgd',
  description: 'w ← w − αg.',
  options: {},
  slots: [],
  apply: (ops, { w, g, rate }) => ({ w: ops.sub(w, ops.mul(rate, g)), slots: {} }),
});
