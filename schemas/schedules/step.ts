/** Step decay: α(t) = α₀ · factor^⌊t / every⌋. Typical: halve every 5 epochs, or × 0.1 every 20. */

import { z } from 'zod';
import { count } from '../numbers.ts';
import { defineSchedule, unit } from './define.ts';

export const step = defineSchedule({
  type: 'step',
  description: 'α(t) = α₀ · factor^⌊t/every⌋.',
  options: {
    factor: z.number().gt(0).lt(1).default(0.5).describe('What the rate is multiplied by.'),
    every: count().describe('How many units of t pass between two multiplications.'),
    unit,
  },
  at: (t, o) => o.rate * o.factor ** Math.floor(t / o.every),
});
