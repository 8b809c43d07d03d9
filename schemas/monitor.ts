/** Which score of the validation split steers a run. Higher is better: losses and errors count negative. Scores: see scores.ts. */
import { z } from 'zod';
import { SpecError } from './error.ts';
import { nearest } from './explain.ts';
import type { Target } from './losses/index.ts';
import type { MetricValues, OwnMetrics } from './own-metric.ts';
import type { Scores } from './scores.ts';

const monitors = {
  'macro-f1': 'class',
  'macro-recall': 'class',
  auc: 'class',
  'mean-absolute-error': 'values',
  r2: 'values',
} as const;

const OWN = /^metrics\/(.+)$/;

export const monitor = z
  .union([
    z.enum(['score', 'loss', 'macro-f1', 'macro-recall', 'auc', 'mean-absolute-error', 'r2']),
    z.templateLiteral(['metrics/', z.string().regex(/^[A-Za-z][\w-]{0,39}$/)]),
  ])
  .default('score')
  .meta({
    id: 'Monitor',
    description:
      'Which score of the validation split picks the best checkpoint, stops early and steers a schedule on plateau. `score`: accuracy for classes, −loss for numbers. ' +
      '`loss`: −loss. For unbalanced classes `macro-f1`, `macro-recall` (balanced accuracy) or `auc`; for numbers `mean-absolute-error` (negative) or `r2`. ' +
      '`metrics/NAME`: one of `metrics`, negative where lower is better.',
  });

export type Monitor = z.output<typeof monitor>;

/** The metric of the user's own that it names, or null. */
const ownName = (chosen: Monitor): string | null => OWN.exec(chosen)?.[1] ?? null;

/** @throws SpecError for a metric that is not there, and for a score of classes where the labels are numbers, and the other way round */
export function checkMonitor(chosen: Monitor, { kind }: Target, own: readonly string[]): void {
  const name = ownName(chosen);
  if (name !== null) {
    if (!own.includes(name)) throw unknownMetric(name, own);
    return;
  }
  const wanted = chosen === 'score' || chosen === 'loss' ? kind : monitors[chosen as keyof typeof monitors];
  if (wanted === kind) return;
  const builtIn = Object.entries(monitors).flatMap(([name, of]) => (of === kind ? [name] : []));
  const fitting = ['score', 'loss', ...builtIn, ...own.map((name) => `metrics/${name}`)];
  const [labels, of] = kind === 'class' ? ['classes', 'numbers'] : ['numbers', 'classes'];
  const message = `monitor: '${chosen}' is a score of ${of}, the labels are ${labels}; allowed: ${fitting.join(', ')}`;
  throw new SpecError('invalid_spec', message, 'monitor');
}

function unknownMetric(name: string, own: readonly string[]): SpecError {
  const near = nearest(name, own) ?? own[0];
  const hint = near === undefined ? 'metrics names none' : `there are ${own.join(', ')} (nearest: metrics/${near})`;
  return new SpecError('invalid_spec', `monitor: metrics has no '${name}'; ${hint}`, 'monitor');
}

/** What a score that steers is taken from. */
export interface Monitored {
  readonly judged: { readonly loss: number; readonly score: number };
  readonly metrics: OwnMetrics;
  /** Of those. */
  readonly values: MetricValues;
  /** Only asked where nothing else tells. */
  scores(): Scores;
}

/** The score that steers; what is undefined, as the AUC of one class alone, is 0, and a metric that is not finite the worst there is. */
export function monitored(chosen: Monitor, { judged, metrics, values, scores }: Monitored): number {
  if (chosen === 'score') return judged.score;
  if (chosen === 'loss') return -judged.loss;
  const name = ownName(chosen);
  if (name !== null) {
    const value = values[name] ?? null;
    if (value === null) return -Number.MAX_VALUE;
    return metrics[name]?.better === 'lower' ? -value : value;
  }
  const found = scores();
  if (found.kind === 'values') return chosen === 'r2' ? (found.r2 ?? 0) : -found.meanAbsoluteError;
  if (chosen === 'auc') return found.aucOneVsRest ?? 0;
  return chosen === 'macro-f1' ? found.macro.f1 : found.macro.recall;
}
