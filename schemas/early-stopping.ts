/** Early stopping: the run ends when the validation score has not risen for some epochs. The best weights are what the job returns. */
import { z } from 'zod';
import { count, nonNegative } from './numbers.ts';

export const earlyStopping = z
  .strictObject({
    patience: count().describe('Epochs without a better validation score after which the run ends.'),
    threshold: nonNegative().default(0).describe('By how much a score has to be better to count.'),
  })
  .meta({ id: 'EarlyStopping', description: 'Ends the run when the validation score stops rising.' });

export type EarlyStopping = z.output<typeof earlyStopping>;

export interface Patience {
  /** The best score so far; null before the first. */
  readonly best: number | null;
  /** Epochs since. */
  readonly waited: number;
}

export const noPatienceSpent: Patience = { best: null, waited: 0 };

/** What is known after an epoch with that score. */
export const waitLonger = (before: Patience, score: number, { threshold }: EarlyStopping): Patience =>
  before.best === null || score > before.best + threshold
    ? { best: score, waited: 0 }
    : { best: before.best, waited: before.waited + 1 };
