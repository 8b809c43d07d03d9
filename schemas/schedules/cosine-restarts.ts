/**
 * Cosine annealing with warm restarts (SGDR): a cosine descent of length T₀, then one of m·T₀, m²·T₀ …, each from α₀ again.
 * Source: Loshchilov & Hutter 2017. PyTorch's CosineAnnealingWarmRestarts. The ends of the descents are where snapshot ensembles
 * (Huang et al. 2017) take their members.
 */
import { z } from 'zod';
import { nonNegative } from '../numbers.ts';
import { halfCosine } from './cosine.ts';
import { defineSchedule, length } from './define.ts';

export const cosineRestarts = defineSchedule({
  type: 'cosine-restarts',
  description: 'Cosine descents from α₀ to α₁, each `growth` times as long as the one before.',
  options: {
    length: length(),
    growth: z.number().min(1).max(100).default(1).describe('m, how much longer each descent is than the one before.'),
    end: nonNegative().default(0).describe('α₁, the rate at the end of a descent.'),
  },
  at: (t, o) => o.end + (o.rate - o.end) * halfCosine(within(t, o.length, o.growth)),
});

/** How far time t has come in its descent, 0 <= x < 1. */
function within(t: number, first: number, growth: number): number {
  if (growth === 1) return (t % first) / first;
  // Descent n starts at first · (growthⁿ − 1) / (growth − 1).
  const n = Math.floor(Math.log1p((t / first) * (growth - 1)) / Math.log(growth) + 1e-12);
  const start = (first * (growth ** n - 1)) / (growth - 1);
  return Math.max(0, (t - start) / (first * growth ** n));
}
