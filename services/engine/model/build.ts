/** The TF.js model of a spec, with seeded initial weights, and the names of its weights. */
import { type InferredLayer, layerDefinition } from '@anneal/schemas';
import type { Sequential, Tensor, Variable } from '@tensorflow/tfjs';
import { mix } from '../data/permutation.ts';
import { tf } from '../tensorflow.ts';

export interface Weight {
  /** As in `dense_3/kernel`. */
  readonly name: string;
  readonly shape: readonly number[];
  readonly trainable: boolean;
  /** Whether L1 and L2 apply: kernels, but not biases and not batch normalisation. */
  readonly regularized: boolean;
  /** Multiplies the learning rate. */
  readonly rateMultiplier: number;
  /** The TF.js variable that the model computes with. */
  readonly variable: Variable;
  /** Its values before any training. */
  readonly initial: Float32Array;
}

export interface BuiltModel {
  readonly model: Sequential;
  readonly weights: readonly Weight[];
  readonly layers: readonly InferredLayer[];
  dispose(): void;
}

export function buildModel(layers: readonly InferredLayer[], seed: number): BuiltModel {
  const model = tf.sequential();
  layers.forEach(({ name, layer, input }, index) => {
    const context = { name, seed: mix(seed, index) >>> 1, ...(index === 0 && { inputShape: input }) };
    model.add(layerDefinition(layer.type).build(tf.layers, layer as never, context));
  });
  const trainable = new Set(model.trainableWeights.map((weight) => weight.id));
  const weights = model.layers.flatMap((layer) =>
    layer.weights.map((weight) => {
      const part = weight.originalName.split('/').at(-1)!;
      const { val: variable } = weight as unknown as { val: Variable };
      return {
        name: `${layer.name}/${part}`,
        shape: weight.shape as number[],
        trainable: trainable.has(weight.id),
        regularized: part.endsWith('kernel'),
        rateMultiplier: 1,
        variable,
        initial: (variable.dataSync() as Float32Array).slice(),
      };
    }),
  );
  return { model, weights, layers, dispose: () => void model.dispose() };
}

/** Runs every layer's computation within `within`, for the length of `code`. */
export function withLayerScopes<T>(
  built: BuiltModel,
  within: (name: string, code: () => Tensor) => Tensor,
  code: () => T,
): T {
  for (const layer of built.model.layers) {
    const call = layer.call.bind(layer);
    // A layer that passes its input on may answer with the list that it was given.
    layer.call = (inputs, kwargs) => within(layer.name, () => [call(inputs, kwargs)].flat()[0]!);
  }
  try {
    return code();
  } finally {
    for (const layer of built.model.layers) delete (layer as { call?: unknown }).call;
  }
}
