/** The validation of an epoch by the score that its spec wants to be steered by. */
import { AnnealError, type Monitor, monitored } from '@anneal/schemas';
import type { Judged } from '../checkpoint.ts';
import type { DataSet } from '../data/data-set.ts';
import { scoresOf } from '../evaluation/scores.ts';
import type { Plan } from '../plan/plan.ts';

/** @throws AnnealError `invalid_spec` where the validation split is too large to compute more than loss and accuracy */
export function steering(monitor: Monitor, judged: Judged, plan: Plan, data: DataSet): Judged {
  const score = monitored(monitor, judged, () => {
    const found = scoresOf((rows) => plan.predict(rows), data, data.splits.validation);
    if (found) return found;
    const message = `monitor: the validation split is too large to compute ${monitor}; take score or loss, or a smaller data.split.validation`;
    throw new AnnealError('invalid_spec', message, 'monitor');
  });
  return { loss: judged.loss, score };
}
