/** α(t) = α₀. */
import { defineSchedule } from './define.ts';

export const constant = defineSchedule({
  type: 'constant',
  description: 'α(t) = α₀.',
  options: {},
  at: (_t, o) => o.rate,
});
