/** Which score of the validation split steers a run. Higher is better: losses and errors count negative. Scores: see scores.ts. */
import { z } from 'zod';
import { SpecError } from './error.ts';
import type { Target } from './losses/index.ts';
import type { Scores } from './scores.ts';

const monitors = {
  'macro-f1': 'class',
  'macro-recall': 'class',
  auc: 'class',
  'mean-absolute-error': 'values',
  r2: 'values',
} as const;

export const monitor = z
  .enum(['score', 'loss', 'macro-f1', 'macro-recall', 'auc', 'mean-absolute-error', 'r2'])
  .default('score')
  .meta({
    id: 'Monitor',
    description:
      'Which score of the validation split picks the best checkpoint, stops early and steers a schedule on plateau. `score`: accuracy for classes, −loss for numbers. ' +
      '`loss`: −loss. For unbalanced classes `macro-f1`, `macro-recall` (balanced accuracy) or `auc`; for numbers `mean-absolute-error` (negative) or `r2`.',
  });

export type Monitor = z.output<typeof monitor>;

/** @throws SpecError for a score of classes where the labels are numbers, and the other way round */
export function checkMonitor(chosen: Monitor, { kind }: Target): void {
  const wanted = chosen === 'score' || chosen === 'loss' ? kind : monitors[chosen];
  if (wanted === kind) return;
  const fitting = ['score', 'loss', ...Object.entries(monitors).flatMap(([name, of]) => (of === kind ? [name] : []))];
  const [labels, of] = kind === 'class' ? ['classes', 'numbers'] : ['numbers', 'classes'];
  const message = `monitor: '${chosen}' is a score of ${of}, the labels are ${labels}; allowed: ${fitting.join(', ')}`;
  throw new SpecError('invalid_spec', message, 'monitor');
}

/** The score that steers; what is undefined, as the AUC of one class alone, is 0. `scores` is only asked where loss and score don't tell. */
export function monitored(chosen: Monitor, judged: { loss: number; score: number }, scores: () => Scores): number {
  if (chosen === 'score') return judged.score;
  if (chosen === 'loss') return -judged.loss;
  const found = scores();
  if (found.kind === 'values') return chosen === 'r2' ? (found.r2 ?? 0) : -found.meanAbsoluteError;
  if (chosen === 'auc') return found.aucOneVsRest ?? 0;
  return chosen === 'macro-f1' ? found.macro.f1 : found.macro.recall;
}
