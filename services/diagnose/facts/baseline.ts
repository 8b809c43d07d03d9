/**
 * The loss of a model that looks at no input and answers the same for all: what learning has to beat.
 *
 *   classes     the entropy −Σ p ln p of the class shares, for softmax cross-entropy; else the loss at chance
 *   numbers     the variance σ² of the labels for mean-squared-error, 0.8 σ for mean-absolute-error (Laplace to normal: 0.71 to 0.80 σ)
 */
import { lossDefinition } from '@anneal/schemas';
import type { LabelSummary, RunRecord } from '../record.ts';

export interface Baseline {
  /** At chance: all outputs equal. Null where the loss has no such number. */
  readonly chance: number | null;
  /** Of the best constant answer. Null where it is not known. */
  readonly constant: number | null;
  /** Of the best constant answer; null for numbers. */
  readonly accuracy: number | null;
}

export function baselineOf({ spec, target, data }: RunRecord): Baseline {
  const chance = lossDefinition(spec.loss.type).atChance(target, spec.loss as never);
  const { labels } = data;
  if (labels.kind === 'values') return { chance, constant: constantLoss(spec.loss.type, labels), accuracy: null };
  const total = labels.counts.reduce((a, b) => a + b, 0);
  const shares = labels.counts.map((count) => count / total);
  const entropy = shares.reduce((sum, share) => sum - (share > 0 ? share * Math.log(share) : 0), 0);
  const constant = spec.loss.type === 'softmax-cross-entropy' && !spec.loss.classWeights ? entropy : chance;
  return { chance, constant, accuracy: Math.max(...shares) };
}

function constantLoss(loss: string, { deviation, mean }: Extract<LabelSummary, { kind: 'values' }>): number | null {
  if (loss === 'mean-squared-error') return deviation ** 2;
  if (loss === 'mean-absolute-error') return 0.8 * deviation;
  if (loss === 'sigmoid-cross-entropy' && mean > 0 && mean < 1)
    return -mean * Math.log(mean) - (1 - mean) * Math.log(1 - mean);
  return null;
}
