/**
 * The gradient dies on its way back: the first kernel gets a fraction of what the last one gets, an element of each.
 *
 *   (‖g‖/√n of the first kernel) / (the same of the last one): suspicious below 1e-2, sure below 1e-4
 *
 * Source: Hochreiter 1991; Glorot & Bengio 2010; AUTOTRAINER: first/last below 1e-3.
 */
import type { Facts } from '../facts/index.ts';
import { logRamp } from '../facts/numbers.ts';
import { type Patch, type Rule, short } from './rule.ts';

/** Activations whose slope is below 1 nearly everywhere. */
const flat = ['sigmoid', 'hard-sigmoid', 'tanh', 'softsign', 'softmax'];

export const vanishingGradient: Rule = {
  cause: 'vanishing-gradient',
  follows: [
    'initialisation-too-small',
    'initialisation-too-large',
    'units-start-the-same',
    'dead-units',
    'saturated-units',
    'frozen-layer',
    'softmax-in-hidden-layer',
    'regularisation-dominates',
    'learning-rate-too-high',
  ],
  experiment:
    'A twentieth of the run with ReLU and he-normal kernels: the first kernel gets its share of the gradient if the activations were the cause.',
  judge: (facts) => {
    const { measured, health, curve } = facts;
    const ends = perElement(facts);
    const ill = Math.max(health.stuck, 0.8 * health.poor);
    if (!ends || !measured || !curve || ill === 0 || !(ends.last > 0)) return null;
    const ratio = ends.first / ends.last;
    const small = logRamp(ratio, 1e-2, 1e-4);
    if (small === 0) return null;
    return {
      score: ill * (0.6 + 0.35 * small),
      message: `the gradient of ${ends.firstName} is ${short(ratio)} of that of ${ends.lastName}, an element of each: it dies on the way back through ${ends.count} layers`,
      evidence: { ratio, firstGradient: ends.first, lastGradient: ends.last, layers: ends.count, lastLoss: curve.last },
      patch: rectify(facts),
    };
  },
};

/** Root mean squares of the gradients of the first and the last kernel, where there are three or more. */
function perElement({ measured, initial }: Facts) {
  const sized = initial.flatMap(({ name, size }) => {
    const kernel = measured?.kernels.find(({ layer }) => layer === name);
    return kernel ? [{ name, value: kernel.gradient / Math.sqrt(size) }] : [];
  });
  const [first, last] = [sized[0], sized.at(-1)];
  if (!first || !last || sized.length < 3) return null;
  return { first: first.value, last: last.value, firstName: first.name, lastName: last.name, count: sized.length };
}

function rectify({ record }: Facts): Patch {
  return record.layers.slice(0, -1).flatMap(({ layer }, index) => {
    if (!('activation' in layer) || typeof layer.activation !== 'string' || !flat.includes(layer.activation)) return [];
    const at = `/model/layers/${index}`;
    return [
      { op: 'replace' as const, path: `${at}/activation`, value: 'relu' },
      ...('initializer' in layer ? [{ op: 'replace' as const, path: `${at}/initializer`, value: 'he-normal' }] : []),
    ];
  });
}
