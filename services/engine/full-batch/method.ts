/** The method of a full-batch rule that searches along a line. */
import type { FullBatchUpdate } from '@anneal/schemas';
import { conjugateGradient } from './conjugate-gradient.ts';
import { lBfgs } from './l-bfgs.ts';
import { newton } from './newton.ts';
import type { Method } from './objective.ts';

/** Those that search along a line. */
export type LineSearchUpdate = Exclude<FullBatchUpdate, { rule: 'sfo' }>;

export function methodOf(update: LineSearchUpdate): Method {
  if (update.rule === 'l-bfgs') return lBfgs(update);
  return update.rule === 'newton' ? newton(update) : conjugateGradient(update);
}
