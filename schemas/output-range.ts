/** What the last layer of a net can answer, and what that means for the loss. */
import type { Layer } from './layers/index.ts';
import type { Target } from './losses/define.ts';

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
export const takesLogits = (loss: string): boolean => overLogits.includes(loss);

/** The activation of a layer and the bounds of its outputs, or null where it has none. */
export function outputRange(layer: Layer): { activation: string; range: readonly [number, number] } | null {
  const activation = layer.type === 'activation' ? layer.function : 'activation' in layer ? layer.activation : 'linear';
  const range = typeof activation === 'string' ? bounds[activation] : undefined;
  return range ? { activation: activation as string, range } : null;
}

/**
 * What softmax cross-entropy cannot fall below with logits within the range: −ln( e^high / (e^high + (C − 1) e^low) ); null where there is
 * no such number.
 */
export function lossFloor(loss: string, target: Target, [low, high]: readonly [number, number]): number | null {
  if (target.kind !== 'class' || loss !== 'softmax-cross-entropy' || !Number.isFinite(high)) return null;
  return Math.log(1 + (target.classes - 1) * Math.exp(low - high));
}

/** The change of a spec that makes its last layer, at this place, linear. */
export const linearOutput = (layer: Layer, index: number) =>
  layer.type === 'activation'
    ? [{ op: 'remove' as const, path: `/model/layers/${index}` }]
    : [{ op: 'replace' as const, path: `/model/layers/${index}/activation`, value: 'linear' }];
