/** The method of a full-batch rule. */
import type { FullBatchUpdate } from '@anneal/schemas';
import { conjugateGradient } from './conjugate-gradient.ts';
import { lBfgs } from './l-bfgs.ts';
import { newton } from './newton.ts';
import type { Method } from './objective.ts';

export function methodOf(update: FullBatchUpdate): Method {
  if (update.rule === 'l-bfgs') return lBfgs(update);
  return update.rule === 'newton' ? newton(update) : conjugateGradient(update);
}
