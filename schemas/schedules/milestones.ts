/** Step decay at given times: α(t) = α₀ · factor^(number of times ≤ t). PyTorch's MultiStepLR. */

import { z } from 'zod';
import { positive } from '../numbers.ts';
import { defineSchedule } from './define.ts';
import { factor } from './step.ts';

export const milestones = defineSchedule({
  type: 'milestones',
  description: 'α(t) = α₀ · factor^(number of the given times that have passed).',
  options: {
    factor: factor().default(0.1),
    at: z
      .array(positive())
      .min(1)
      .max(1000)
      .refine((at) => at.every((time, i) => i === 0 || time > at[i - 1]!), 'the times must rise')
      .describe('When the rate is multiplied, as in [30, 60, 80].'),
  },
  at: (t, o) => o.rate * o.factor ** o.at.filter((time) => time <= t).length,
  length: (o) => o.at.at(-1) ?? 0,
});
