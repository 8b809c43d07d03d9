/**
 * Learning-rate range test: α(t) = α₀ · (α₁/α₀)^(t/T), rising over T. The run ends when the loss has grown to four times its least, or at T, and
 * says by the finding `learning-rate-range` which rate to take. Source: Smith 2017, on a logarithmic scale as in fast.ai.
 */
import { positive } from '../numbers.ts';
import { defineSchedule, length } from './define.ts';

export const rangeTest = defineSchedule({
  type: 'range-test',
  description: 'Rises from α₀ to α₁ by equal factors; the run ends with a suggested rate.',
  options: { end: positive().default(10).describe('α₁, the rate at T.'), length: length() },
  at: (t, o) => o.rate * (o.end / o.rate) ** Math.min(1, t / o.length),
  length: (o) => o.length,
});
