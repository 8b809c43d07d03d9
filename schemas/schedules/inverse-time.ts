/** 1/t decay: α(t) = α₀ / (1 + kt). Source: Robbins & Monro 1951. */
import { positive } from '../numbers.ts';
import { defineSchedule } from './define.ts';

export const inverseTime = defineSchedule({
  type: '1/t',
  id: 'inverse-time',
  description: 'α(t) = α₀ / (1 + kt).',
  options: { decay: positive().describe('k, per unit of t.') },
  at: (t, o) => o.rate / (1 + o.decay * t),
});
