/** What the last layer of a net can answer, and what that means for the loss. */
import type { Layer } from './layers/index.ts';
import type { Target } from './losses/define.ts';
import type { Loss } from './losses/index.ts';

/** Of the outputs of activations that have bounds. */
const bounds: Readonly<Record<string, readonly [number, number]>> = {
  softmax: [0, 1],
  sigmoid: [0, 1],
  'hard-sigmoid': [0, 1],
  tanh: [-1, 1],
  softsign: [-1, 1],
  relu: [0, Number.POSITIVE_INFINITY],
  relu6: [0, 6],
  softplus: [0, Number.POSITIVE_INFINITY],
};

/** Losses over logits, whatever the labels. */
const overLogits = ['softmax-cross-entropy', 'sigmoid-cross-entropy', 'kullback-leibler', 'poisson'];
/** A loss of the user's own: what it takes is not known. */
export const takesAnything = (loss: string): boolean => loss === 'module';
export const takesLogits = (loss: string): boolean => overLogits.includes(loss);

/** The activation of a layer and the bounds of its outputs, or null where it has none. */
export function outputRange(layer: Layer): { activation: string; range: readonly [number, number] } | null {
  const activation = layer.type === 'activation' ? layer.function : 'activation' in layer ? layer.activation : 'linear';
  const range = typeof activation === 'string' ? bounds[activation] : undefined;
  return range ? { activation: activation as string, range } : null;
}

/**
 * What the loss of classes cannot fall below with outputs within the range; null where there is no such number.
 *
 *   softmax cross-entropy   −ln( e^high / (e^high + (C − 1) e^low) )
 *   Weston-Watkins          (C − 1) max(0, Δ − (high − low))
 *   one-vs-all hinge        max(0, Δ − high) + (C − 1) max(0, Δ + low)     each term squared where the loss is
 */
export function lossFloor(loss: Loss, target: Target, [low, high]: readonly [number, number]): number | null {
  if (target.kind !== 'class') return null;
  const others = target.classes - 1;
  if (loss.type === 'softmax-cross-entropy')
    return Number.isFinite(high) ? Math.log(1 + others * Math.exp(low - high)) : null;
  if (loss.type !== 'weston-watkins' && loss.type !== 'one-vs-all-hinge') return null;
  const hinge = (margin: number): number => Math.max(0, margin) ** (loss.squared ? 2 : 1);
  if (loss.type === 'weston-watkins') return others * hinge(loss.margin - (high - low));
  return hinge(loss.margin - high) + others * hinge(loss.margin + low);
}

/** The change of a spec that makes its last layer, at this place, linear. */
export const linearOutput = (layer: Layer, index: number) =>
  layer.type === 'activation'
    ? [{ op: 'remove' as const, path: `/model/layers/${index}` }]
    : [{ op: 'replace' as const, path: `/model/layers/${index}/activation`, value: 'linear' }];
