/** What a run measures and is steered by after an epoch, on the validation split: the metrics of its own, and the score that its spec wants. */
import { AnnealError, type MetricValues, monitored, type Scores, type TrainSpec } from '@anneal/schemas';
import type { Judged } from '../checkpoint.ts';
import type { DataSet } from '../data/data-set.ts';
import { MOST_SCORED_NUMBERS, outputWidth, scoresOf } from '../evaluation/scores.ts';
import { ownMetrics } from '../own-code/own-metric.ts';
import type { Plan } from '../plan/plan.ts';

/** Undefined where the spec has none. @throws AnnealError `invalid_spec` where the validation split is too large */
export function measured({ metrics }: TrainSpec, plan: Plan, data: DataSet): MetricValues | undefined {
  if (!metrics) return undefined;
  const { validation } = data.splits;
  if (validation.length === 0) return {};
  if (validation.length * outputWidth(data) > MOST_SCORED_NUMBERS) throw tooLarge('metrics', 'metrics of one’s own');
  return ownMetrics(metrics, data, plan.predict(validation), validation);
}

/** @throws AnnealError `invalid_spec` where the validation split is too large to compute more than loss and accuracy */
export function steering(
  { monitor, metrics = {} }: TrainSpec,
  judged: Judged,
  values: MetricValues = {},
  plan: Plan,
  data: DataSet,
): Judged {
  const scores = (): Scores => {
    const found = scoresOf((rows) => plan.predict(rows), data, data.splits.validation);
    if (found) return found;
    throw tooLarge('monitor', monitor);
  };
  return { loss: judged.loss, score: monitored(monitor, { judged, metrics, values, scores }) };
}

const tooLarge = (param: string, what: string) =>
  new AnnealError(
    'invalid_spec',
    `${param}: the validation split is too large to compute ${what}; take a smaller data.split.validation, or none of it`,
    param,
  );
