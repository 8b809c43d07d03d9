/**
 * Gradient clipping, before the update rule sees the gradient. Exactly one of:
 *
 *   value        g ← min(max(g, −c), c), elementwise
 *   norm         g ← g · min(1, c/‖g‖₂), for each tensor by itself
 *   globalNorm   g ← g · min(1, c/‖all gradients‖₂), which keeps the direction of the step
 *
 * Source: Pascanu, Mikolov & Bengio 2013 (norm). Differs from PyTorch's clip_grad_norm_, which adds 1e-6 to the norm.
 */
import { z } from 'zod';
import { positive } from './numbers.ts';

export const clipping = z
  .strictObject({
    value: positive().optional().describe('c of clipping by value.'),
    norm: positive().optional().describe('c of clipping the norm of each tensor.'),
    globalNorm: positive().optional().describe('c of clipping the norm of all gradients together.'),
  })
  .refine((clip) => Object.values(clip).filter((c) => c !== undefined).length === 1, {
    message: 'give exactly one of value, norm, globalNorm',
  })
  .meta({ id: 'Clipping', description: 'Clips gradients before the update rule sees them.' });

export type Clipping = z.output<typeof clipping>;
