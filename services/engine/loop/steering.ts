/** What a run measures and is steered by after an epoch, on the validation split: the metrics of its own, and the score that its spec wants. */
import { AnnealError, type MetricValues, monitored, type Scores, type TrainSpec } from '@anneal/schemas';
import type { Judged } from '../checkpoint.ts';
import type { DataSet } from '../data/data-set.ts';
import { MOST_SCORED_NUMBERS, outputWidth, scoresOf } from '../evaluation/scores.ts';
import { ownMetrics } from '../own-code/own-metric.ts';
import type { Plan } from '../plan/plan.ts';

export interface Steered {
  /** Undefined where the spec has none of its own. */
  readonly metrics?: MetricValues;
  /** By the score that steers; null without a validation split. */
  readonly judged: Judged | null;
}

/**
 * @param judged of the epoch. The split is predicted for once at most, and only where loss and accuracy do not tell.
 * @throws AnnealError `invalid_spec` where the validation split is too large to compute more than those
 */
export function steering({ monitor, metrics }: TrainSpec, judged: Judged | null, plan: Plan, data: DataSet): Steered {
  const { validation } = data.splits;
  if (!judged) return metrics ? { metrics: {}, judged } : { judged };
  let outputs: Float32Array | undefined;
  const predicted = (param: string): Float32Array => {
    if (validation.length * outputWidth(data) > MOST_SCORED_NUMBERS) throw tooLarge(param);
    outputs ??= plan.predict(validation);
    return outputs;
  };
  const values = metrics && ownMetrics(metrics, data, predicted('metrics'), validation);
  const scores = (): Scores => {
    const own = predicted('monitor');
    return scoresOf(() => own, data, validation)!;
  };
  const score = monitored(monitor, { judged, metrics: metrics ?? {}, values: values ?? {}, scores });
  return { ...(values && { metrics: values }), judged: { loss: judged.loss, score } };
}

const tooLarge = (param: string) =>
  new AnnealError(
    'invalid_spec',
    `${param}: the validation split is too large to compute more than loss and accuracy; take a smaller data.split.validation`,
    param,
  );
