/** What an observation consists of: a flat vector of scalars, then of histograms, each at a known place. */
import { HISTOGRAM_BINS, type InferredLayer, observeEvery, type TrainSpec, tensorQuantities } from '@anneal/schemas';
import { type BuiltModel, firstMemberLayers } from '../model/build.ts';

/** The bounds of activations that saturate. */
const bounds: Readonly<Record<string, readonly [number, number]>> = {
  sigmoid: [0, 1],
  'hard-sigmoid': [0, 1],
  tanh: [-1, 1],
};

export interface ObservedLayer {
  readonly name: string;
  /** Null where outputs have no bounds to saturate at. */
  readonly bounds: readonly [number, number] | null;
}

export interface ObservationLayout {
  readonly everySteps: number;
  readonly histograms: boolean;
  /** Names of the trained tensors. */
  readonly weights: readonly string[];
  readonly layers: readonly ObservedLayer[];
  /** Names of the scalars, in the order of the vector. */
  readonly scalars: readonly string[];
  /** Names of the tensors whose histograms follow: each is its low, its high and HISTOGRAM_BINS counts. */
  readonly tensors: readonly string[];
  /** Length of the vector. */
  readonly length: number;
}

/** Null if nothing is observed; of an ensemble the first member is. `steps` that the run will take, null where only time ends it. */
export function observationLayout(
  { observations, batchSize, accumulate }: Pick<TrainSpec, 'observations' | 'batchSize' | 'accumulate'>,
  built: BuiltModel,
  steps: number | null = null,
): ObservationLayout | null {
  const parameters = built.layers.reduce((sum, layer) => sum + layer.parameters, 0);
  const everySteps = observeEvery(observations, parameters, batchSize * accumulate, steps);
  if (everySteps === 0) return null;
  const weights = built.weights.filter(({ member, trainable }) => trainable && member === 0).map(({ name }) => name);
  const layers = firstMemberLayers(built).map((inferred) => ({ name: inferred.name, bounds: boundsOf(inferred) }));
  const scalars = [
    ...weights.flatMap((name) => tensorQuantities.map((quantity) => `${quantity}/${name}`)),
    ...layers.flatMap(({ name, bounds: limits }) => [
      `activationMean/${name}`,
      `activationDeviation/${name}`,
      `deadShare/${name}`,
      ...(limits ? [`saturatedShare/${name}`] : []),
    ]),
  ];
  const tensors = observations.histograms
    ? [...weights.map((name) => `gradient/${name}`), ...layers.map(({ name }) => `activation/${name}`)]
    : [];
  const length = scalars.length + tensors.length * (HISTOGRAM_BINS + 2);
  return { everySteps, histograms: observations.histograms, weights, layers, scalars, tensors, length };
}

export function boundsOf({ layer }: InferredLayer): readonly [number, number] | null {
  const name = layer.type === 'activation' ? layer.function : 'activation' in layer ? layer.activation : undefined;
  return (typeof name === 'string' && bounds[name]) || null;
}
