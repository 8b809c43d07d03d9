/** Exponential decay: α(t) = α₀ · e^(−kt). */
import { positive } from '../numbers.ts';
import { defineSchedule, unit } from './define.ts';

export const exponential = defineSchedule({
  type: 'exponential',
  description: 'α(t) = α₀ · e^(−kt).',
  options: { decay: positive().describe('k, per unit of t.'), unit },
  at: (t, o) => o.rate * Math.exp(-o.decay * t),
});
