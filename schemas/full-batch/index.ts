/** The registry of full-batch rules. */
import { conjugateGradient } from './conjugate-gradient.ts';
import type { FullBatchDefinition } from './define.ts';
import { lBfgs } from './l-bfgs.ts';
import { newton } from './newton.ts';
import { sfo } from './sfo.ts';

export { NEWTON_PARAMETERS } from './newton.ts';
export { minibatchesOf, type SfoOptions } from './sfo.ts';
export * from './sfo-memory.ts';
export { conjugateGradient, lBfgs, newton, sfo };

export const fullBatchDefinitions: ReadonlyMap<string, FullBatchDefinition> = new Map(
  [lBfgs, conjugateGradient, newton, sfo].map((one) => [one.rule, one as unknown as FullBatchDefinition]),
);
