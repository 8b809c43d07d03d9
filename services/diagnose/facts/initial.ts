/**
 * The deviation that a kernel starts with, against the one that keeps signals at their size, √(2 / (inputs + outputs)) or √(2 / inputs) for ReLU.
 * Source: Glorot & Bengio 2010; He et al. 2015.
 */
import type { InferredLayer } from '@anneal/schemas';

export interface InitialKernel {
  readonly name: string;
  /** Place in the spec, from 0. */
  readonly index: number;
  /** Number of weights. */
  readonly size: number;
  /** Of its values at the start; 0 where all are equal. */
  readonly deviation: number;
  /** Root mean square of its values at the start. */
  readonly magnitude: number;
  readonly proper: number;
  /** Whether its scale is given by a number, not by a rule that suits the layer. */
  readonly own: boolean;
  /** Whether all units start the same. */
  readonly same: boolean;
}

export function initialKernels(layers: readonly InferredLayer[]): InitialKernel[] {
  return layers.flatMap((inferred, index) => {
    const { layer, name, parameters, output } = inferred;
    if (!('initializer' in layer) || !('bias' in layer) || parameters === 0) return [];
    const outputs = output.at(-1) ?? 1;
    const size = parameters - (layer.bias ? outputs : 0);
    const inputs = size / outputs;
    const sides = inputs / (inferred.input.at(-1) ?? 1);
    const average = (inputs + outputs * sides) / 2;
    const relu = 'activation' in layer && layer.activation === 'relu';
    const proper = Math.sqrt(relu ? 2 / inputs : 1 / average);
    const start = startOf(layer.initializer, inputs, average);
    const own = typeof layer.initializer === 'object';
    return [{ name, index, size, proper, own, ...start }];
  });
}

type Initializer = Extract<InferredLayer['layer'], { initializer: unknown }>['initializer'];

function startOf(spec: Initializer, inputs: number, average: number) {
  const spread = (deviation: number) => ({ deviation, magnitude: deviation, same: false });
  const equal = (value: number) => ({ deviation: 0, magnitude: Math.abs(value), same: true });
  if (typeof spec === 'object') {
    if (spec.type === 'constant') return equal(spec.value);
    return spread(spec.type === 'normal' ? spec.deviation : spec.bound / Math.sqrt(3));
  }
  if (spec === 'zeros' || spec === 'ones') return equal(spec === 'zeros' ? 0 : 1);
  if (spec.startsWith('glorot')) return spread(Math.sqrt(1 / average));
  if (spec.startsWith('he')) return spread(Math.sqrt(2 / inputs));
  return spread(Math.sqrt(1 / inputs));
}
