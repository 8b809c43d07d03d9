/**
 * Most units of a rectified layer answer 0 to every example of a batch: they pass on no gradient and stay dead.
 *
 *   share of dead units of a layer: suspicious from 0.5, sure from 0.9
 *
 * Source: CS231n, "dying ReLU"; SageMaker Debugger and TheDeepChecker warn where half of a layer is dead.
 */

import { ramp } from '../facts/numbers.ts';
import type { LayerFacts } from '../facts/tensors.ts';
import { type Patch, percent, type Rule, short } from './rule.ts';

export const deadUnits: Rule = {
  cause: 'dead-units',
  follows: [
    'learning-rate-too-high',
    'momentum-out-of-range',
    'initialisation-too-large',
    'units-start-the-same',
    'input-scale',
    'target-scale',
    'regularisation-dominates',
    'wrong-final-activation',
    'frozen-layer',
    'dropout-too-strong',
    'augmentation-too-strong',
  ],
  experiment:
    'A twentieth of the run with biases from 0 and he-normal kernels: the units live if the start was the cause; if they die again it is the rate.',
  judge: ({ measured, health, curve }) => {
    const rectified = measured?.layers.filter(({ layer }) => isRectified(layer)) ?? [];
    const worst = rectified.reduce<LayerFacts | null>((a, b) => (a && a.lastDead >= b.lastDead ? a : b), null);
    const ill = Math.max(health.stuck, 0.8 * health.poor);
    if (!worst || !curve || ill === 0) return null;
    const dead = ramp(worst.lastDead, 0.5, 0.9);
    if (dead === 0) return null;
    const drowned = 'initialBias' in worst.layer && worst.layer.initialBias < 0 ? worst.layer.initialBias : null;
    return {
      score: ill * ((drowned === null ? 0.5 : 0.65) + 0.3 * dead),
      message: `${percent(worst.lastDead)} of the units of ${worst.name} answer 0 to everything (${percent(worst.firstDead)} at the first measurement)${drowned === null ? '' : `; its biases start at ${short(drowned)}`}`,
      evidence: {
        layer: worst.name,
        deadShare: worst.lastDead,
        firstDeadShare: worst.firstDead,
        initialBias: drowned,
        lastLoss: curve.last,
      },
      patch: revive(rectified),
    };
  },
};

const isRectified = (layer: LayerFacts['layer']): boolean =>
  layer.type === 'activation' ? layer.function === 'relu' : 'activation' in layer && layer.activation === 'relu';

function revive(layers: readonly LayerFacts[]): Patch {
  return layers.flatMap(({ layer, index }) => {
    const at = `/model/layers/${index}`;
    const low = 'initialBias' in layer && layer.initialBias < 0;
    return [
      ...(low ? [{ op: 'replace' as const, path: `${at}/initialBias`, value: 0 }] : []),
      ...('initializer' in layer ? [{ op: 'replace' as const, path: `${at}/initializer`, value: 'he-normal' }] : []),
    ];
  });
}
