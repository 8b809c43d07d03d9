/**
 * One cycle: a cosine rise from `start` to the peak α₀ over the first part of T, then a cosine descent to `end`.
 * Source: Smith & Topin 2018, in the cosine form of fast.ai. PyTorch's OneCycleLR with total_steps = T + 1. A momentum takes the same
 * cycle the other way round: start 0.95, rate 0.85, end 0.95.
 */
import { z } from 'zod';
import { nonNegative } from '../numbers.ts';
import { halfCosine } from './cosine.ts';
import { defineSchedule, length } from './define.ts';

export const oneCycle = defineSchedule({
  type: 'one-cycle',
  description: 'Rises from `start` to the peak α₀ and falls to `end`, both along a cosine.',
  options: {
    length: length(),
    rise: z.number().gt(0).lt(1).default(0.3).describe('Share of T after which the peak is reached.'),
    start: nonNegative().optional().describe('The rate at t = 0; α₀/25 when left out.'),
    end: nonNegative().optional().describe('The rate from T on; α₀/250,000 when left out.'),
  },
  at: (t, o) => {
    const [start, end] = [o.start ?? o.rate / 25, o.end ?? o.rate / 25e4];
    const x = Math.min(1, t / o.length);
    if (x <= o.rise) return o.rate + (start - o.rate) * halfCosine(x / o.rise);
    return end + (o.rate - end) * halfCosine((x - o.rise) / (1 - o.rise));
  },
  length: (o) => o.length,
});
