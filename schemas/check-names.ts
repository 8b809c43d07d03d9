/** Names of the checks before a run. Findings of the data report come besides, under names that begin with `data-`. */
import { z } from 'zod';

export const checkName = z
  .enum([
    'initial-loss',
    'final-activation',
    'regularization',
    'gradient',
    'gradient-flow',
    'signal',
    'tiled-batch',
    'neighbours',
    'overfit',
    'zeroed-inputs',
  ])
  .meta({ id: 'CheckName', description: 'A check of the set-up, before any training.' });

export type CheckName = z.output<typeof checkName>;
export const checkNames: readonly CheckName[] = checkName.options;
