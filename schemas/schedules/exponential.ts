/** Exponential decay: α(t) = α₀ · e^(−kt). PyTorch's ExponentialLR with γ = e^(−k). */
import { positive } from '../numbers.ts';
import { defineSchedule } from './define.ts';

export const exponential = defineSchedule({
  type: 'exponential',
  description: 'α(t) = α₀ · e^(−kt).',
  options: { decay: positive().describe('k, per unit of t.') },
  at: (t, o) => o.rate * Math.exp(-o.decay * t),
});
