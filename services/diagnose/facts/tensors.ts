/** What was measured of the trained tensors and of the layers' outputs, by depth. */
import type { InferredLayer } from '@anneal/schemas';
import type { RunRecord } from '../record.ts';
import type { InitialKernel } from './initial.ts';
import { median } from './numbers.ts';

export interface TensorFacts {
  /** As in `dense_0/kernel`. */
  readonly name: string;
  readonly layer: string;
  /** Whether it is what a layer multiplies by, not a bias or a scale. */
  readonly kernel: boolean;
  /** ‖Δw‖/‖w‖: median over the measurements, the first, the last and the largest of them. */
  readonly ratio: number;
  readonly firstRatio: number;
  readonly lastRatio: number;
  readonly mostRatio: number;
  /** Norms of the gradient: at the first measurement, median, at the last. */
  readonly firstGradient: number;
  readonly gradient: number;
  readonly lastGradient: number;
  readonly firstWeight: number;
  readonly lastWeight: number;
}

export interface LayerFacts {
  readonly name: string;
  /** Place in the spec, from 0. */
  readonly index: number;
  readonly layer: InferredLayer['layer'];
  /** Of its outputs, at the first and the last measurement. */
  readonly firstDeviation: number;
  readonly lastDeviation: number;
  readonly firstDead: number;
  readonly lastDead: number;
  /** Null where outputs have no bounds. */
  readonly firstSaturated: number | null;
  readonly lastSaturated: number | null;
}

export interface Measured {
  readonly measurements: number;
  readonly tensors: readonly TensorFacts[];
  readonly kernels: readonly TensorFacts[];
  readonly layers: readonly LayerFacts[];
}

/** Null if nothing was measured. */
export function measuredOf({ observed, layers }: RunRecord): Measured | null {
  const { names, rows } = observed;
  if (rows.length === 0) return null;
  const at = new Map(names.map((name, i) => [name, i]));
  const series = (quantity: string, of: string): number[] => {
    const column = at.get(`${quantity}/${of}`);
    return column === undefined ? [] : rows.map(({ values }) => values[column]!);
  };
  const prefix = 'updateRatio/';
  const tensors = names
    .filter((name) => name.startsWith(prefix))
    .map((name) => tensor(name.slice(prefix.length), series));
  return {
    measurements: rows.length,
    tensors,
    kernels: tensors.filter(({ kernel }) => kernel),
    layers: layers.map((inferred, index) => layerFacts(inferred, index, series)),
  };
}

type Series = (quantity: string, of: string) => number[];

function tensor(name: string, series: Series): TensorFacts {
  const [ratios, gradients, weights] = [
    series('updateRatio', name),
    series('gradientNorm', name),
    series('weightNorm', name),
  ];
  return {
    name,
    layer: name.slice(0, name.lastIndexOf('/')),
    kernel: /kernel/.test(name.slice(name.lastIndexOf('/'))),
    ratio: median(ratios),
    firstRatio: ratios[0]!,
    lastRatio: ratios.at(-1)!,
    mostRatio: Math.max(...ratios),
    firstGradient: gradients[0]!,
    gradient: median(gradients),
    lastGradient: gradients.at(-1)!,
    firstWeight: weights[0]!,
    lastWeight: weights.at(-1)!,
  };
}

function layerFacts({ name, layer }: InferredLayer, index: number, series: Series): LayerFacts {
  const [deviations, dead, saturated] = [
    series('activationDeviation', name),
    series('deadShare', name),
    series('saturatedShare', name),
  ];
  return {
    name,
    index,
    layer,
    firstDeviation: deviations[0] ?? Number.NaN,
    lastDeviation: deviations.at(-1) ?? Number.NaN,
    firstDead: dead[0] ?? 0,
    lastDead: dead.at(-1) ?? 0,
    firstSaturated: saturated[0] ?? null,
    lastSaturated: saturated.at(-1) ?? null,
  };
}

/**
 * ‖w‖ of all kernels together at the end / at the start. Null where nothing was measured. `least` leaves out kernels that started below so much
 * of their proper size.
 */
export function growth(measured: Measured | null, initial: readonly InitialKernel[], least = 0): number | null {
  const pairs = initial.flatMap(({ name, size, magnitude, proper }) => {
    const kernel = measured?.kernels.find(({ layer }) => layer === name);
    return kernel && magnitude >= least * proper
      ? [{ now: kernel.lastWeight, start: magnitude * Math.sqrt(size) }]
      : [];
  });
  const start = Math.hypot(...pairs.map((pair) => pair.start));
  return start > 0 ? Math.hypot(...pairs.map(({ now }) => now)) / start : null;
}
