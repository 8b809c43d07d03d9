/** Step decay: α(t) = α₀ · factor^⌊t / every⌋. Typical: halve every 5 epochs, or × 0.1 every 20. PyTorch's StepLR. */
import { z } from 'zod';
import { count } from '../numbers.ts';
import { defineSchedule } from './define.ts';

/** What a drop multiplies the rate by. */
export const factor = () => z.number().gt(0).lt(1).describe('What the rate is multiplied by.');

export const step = defineSchedule({
  type: 'step',
  description: 'α(t) = α₀ · factor^⌊t/every⌋.',
  options: {
    factor: factor().default(0.5),
    every: count().describe('How many units of t pass between two multiplications.'),
  },
  at: (t, o) => o.rate * o.factor ** Math.floor(t / o.every),
});
