/**
 * Most outputs of a sigmoid or tanh layer lie within 1 % of a bound, where the slope is near 0: no gradient passes.
 *
 *   share of saturated outputs of a hidden layer: suspicious from 0.5, sure from 0.9
 *
 * Source: Glorot & Bengio 2010; SageMaker Debugger and DeepDiagnosis warn from 0.5.
 */
import { ramp } from '../facts/numbers.ts';
import type { LayerFacts } from '../facts/tensors.ts';
import { type Patch, percent, type Rule } from './rule.ts';

export const saturatedUnits: Rule = {
  cause: 'saturated-units',
  follows: [
    'learning-rate-too-high',
    'momentum-out-of-range',
    'initialisation-too-large',
    'input-scale',
    'target-scale',
    'wrong-final-activation',
    'wrong-loss',
  ],
  experiment:
    'One step with glorot-normal kernels and standardised inputs: the share falls below a tenth if the start was the cause; if it rises later it is the rate.',
  judge: ({ measured, health, curve }) => {
    const hidden = measured?.layers.slice(0, -1).filter(({ lastSaturated }) => lastSaturated !== null) ?? [];
    const worst = hidden.reduce<LayerFacts | null>((a, b) => (a && a.lastSaturated! >= b.lastSaturated! ? a : b), null);
    if (!worst || !curve || health.poor === 0) return null;
    const saturated = ramp(worst.lastSaturated!, 0.5, 0.9);
    if (saturated === 0) return null;
    return {
      score: health.poor * (0.5 + 0.3 * saturated),
      message: `${percent(worst.lastSaturated!)} of the outputs of ${worst.name} lie at a bound of its activation (${percent(worst.firstSaturated!)} at the first measurement)`,
      evidence: {
        layer: worst.name,
        saturatedShare: worst.lastSaturated,
        firstSaturatedShare: worst.firstSaturated,
        lastLoss: curve.last,
      },
      patch: hidden.flatMap(({ layer, index }) => restart(layer, `/model/layers/${index}`)),
    };
  },
};

function restart(layer: LayerFacts['layer'], at: string): Patch {
  const set = (option: string, value: unknown) => ({ op: 'replace' as const, path: `${at}/${option}`, value });
  return [
    ...('initializer' in layer && layer.initializer !== 'glorot-normal' ? [set('initializer', 'glorot-normal')] : []),
    ...('initialBias' in layer && Math.abs(layer.initialBias) > 1 ? [set('initialBias', 0)] : []),
  ];
}
