/** Polynomial decay: α(t) = α₁ + (α₀ − α₁)(1 − t/T)^p until T, α₁ after. A straight line for p = 1. PyTorch's PolynomialLR where α₁ = 0. */
import { nonNegative, positive } from '../numbers.ts';
import { defineSchedule, length } from './define.ts';

export const polynomial = defineSchedule({
  type: 'polynomial',
  description: 'α(t) = α₁ + (α₀ − α₁)(1 − t/T)^p.',
  options: {
    length: length(),
    power: positive().default(1).describe('p.'),
    end: nonNegative().default(0).describe('α₁, the rate from T on.'),
  },
  at: (t, o) => o.end + (o.rate - o.end) * (1 - Math.min(1, t / o.length)) ** o.power,
  length: (o) => o.length,
});
