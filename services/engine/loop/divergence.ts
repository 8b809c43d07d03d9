/** The end of a run whose loss is no number any more: a finding with the first bad tensor and a patch, and the error. */
import { AnnealError, type Finding } from '@anneal/schemas';
import type { BadTensor } from './non-finite.ts';

export interface Divergence {
  /** From 1. */
  readonly step: number;
  readonly loss: number;
  /** The learning rate that the schedule starts from. */
  readonly rate: number;
  /** Null if the replay was finite, undefined if there was none. */
  readonly bad: BadTensor | null | undefined;
}

export function divergence({ step, loss, rate, bad }: Divergence): { finding: Finding; error: AnnealError } {
  const stayed = 'every tensor stayed finite when the steps were replayed by the graph plan';
  const where = bad ? `; first bad tensor: ${bad.tensor} at step ${bad.step}` : bad === null ? `; ${stayed}` : '';
  const lower = rate / 10;
  const message = `the loss became ${loss} at step ${step}${where}; try a learning rate of ${lower}`;
  return {
    finding: {
      rule: 'non-finite-loss',
      verdict: 'fail',
      message,
      cause: 'diverged',
      evidence: {
        step,
        loss: String(loss),
        badTensor: bad?.tensor ?? null,
        badStep: bad?.step ?? null,
        rate,
      },
      patch: [{ op: 'replace', path: '/schedule/rate', value: lower }],
    },
    error: new AnnealError('non_finite_loss', message, 'schedule.rate'),
  };
}
