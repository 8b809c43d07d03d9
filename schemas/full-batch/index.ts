/** The registry of full-batch rules. */
import { conjugateGradient } from './conjugate-gradient.ts';
import type { FullBatchDefinition } from './define.ts';
import { lBfgs } from './l-bfgs.ts';
import { newton } from './newton.ts';

export { NEWTON_PARAMETERS } from './newton.ts';
export { conjugateGradient, lBfgs, newton };

export const fullBatchDefinitions: ReadonlyMap<string, FullBatchDefinition> = new Map(
  [lBfgs, conjugateGradient, newton].map((one) => [one.rule, one as unknown as FullBatchDefinition]),
);
