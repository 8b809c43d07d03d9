/**
 * Cosine annealing: α(t) = α₁ + ½(α₀ − α₁)(1 + cos(πt/T)) until T, α₁ after.
 * Source: Loshchilov & Hutter 2017, without restarts. PyTorch's CosineAnnealingLR up to T; after it PyTorch rises again.
 */
import { nonNegative } from '../numbers.ts';
import { defineSchedule, length } from './define.ts';

/** ½(1 + cos πx), from 1 at x = 0 down to 0 at x = 1. */
export const halfCosine = (x: number): number => (1 + Math.cos(Math.PI * x)) / 2;

export const cosine = defineSchedule({
  type: 'cosine',
  description: 'α(t) = α₁ + ½(α₀ − α₁)(1 + cos(πt/T)).',
  options: { length: length(), end: nonNegative().default(0).describe('α₁, the rate from T on.') },
  at: (t, o) => o.end + (o.rate - o.end) * halfCosine(Math.min(1, t / o.length)),
  length: (o) => o.length,
});
