/**
 * On plateau: the rate is multiplied by `factor` whenever the validation score has not risen by `threshold` for more than `patience`
 * epochs. PyTorch's ReduceLROnPlateau with mode max and an absolute threshold. The score is the accuracy, or −loss for regression.
 */
import { z } from 'zod';
import { nonNegative } from '../numbers.ts';
import { defineSchedule } from './define.ts';
import { factor } from './step.ts';

const options = {
  factor: factor().default(0.5),
  patience: z.int().min(0).default(2).describe('Epochs without a better score that are waited out.'),
  threshold: nonNegative().default(1e-4).describe('By how much a score has to be better to count.'),
  cooldown: z.int().min(0).default(0).describe('Epochs after a reduction that are not counted.'),
  minimum: nonNegative().default(0).describe('The rate is never reduced below it.'),
};

export const plateau = defineSchedule({
  type: 'plateau',
  description: 'α is multiplied by `factor` when the validation score stops rising.',
  options,
  at: (_t, o) => o.rate,
});

export type PlateauOptions = { readonly rate: number } & z.output<z.ZodObject<typeof options>>;

/** What it remembers between epochs. */
export interface PlateauState {
  /** The best score so far; null before the first. */
  readonly best: number | null;
  /** Epochs without a better one. */
  readonly waited: number;
  /** Epochs of the cooldown that are left. */
  readonly cooling: number;
  /** What the rate has been multiplied by. */
  readonly reduced: number;
}

export const plateauStart: PlateauState = { best: null, waited: 0, cooling: 0, reduced: 1 };

/** What is known after an epoch with that score. */
export function plateauNext(state: PlateauState, score: number, o: PlateauOptions): PlateauState {
  const better = state.best === null || score > state.best + o.threshold;
  const best = better ? score : state.best;
  const cooling = Math.max(0, state.cooling - 1);
  const waited = better || state.cooling > 0 ? 0 : state.waited + 1;
  if (waited <= o.patience) return { best, waited, cooling, reduced: state.reduced };
  const lowest = o.minimum / o.rate;
  return { best, waited: 0, cooling: o.cooldown, reduced: Math.max(lowest, state.reduced * o.factor) };
}
