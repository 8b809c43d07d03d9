/** A layer of the user's own as one of TF.js's: its call replays what was recorded of the module for the size of the batch. */
import { moduleOf, type OwnLayerOptions, type RecordAsk, tfInitializer } from '@anneal/schemas';
import type { layers, Shape, Tensor } from '@tensorflow/tfjs';
import { mix } from '../data/permutation.ts';
import { tf } from '../tensorflow.ts';
import { recordedFunctionOf } from './recorder.ts';
import { differentiable } from './replay.ts';

type Base = { readonly name: string; readonly inputShape?: number[] };

export const ownLayer = (options: OwnLayerOptions, base: Base, seed: number): layers.Layer =>
  new OwnLayer(options, base, seed);

class OwnLayer extends tf.layers.Layer {
  /** As it stands in a model.json, which only a program that has such a class can load. */
  static className = 'AnnealModule';

  constructor(
    private readonly options: OwnLayerOptions,
    base: Base,
    private readonly seed: number,
  ) {
    super(base);
  }

  override build(): void {
    Object.entries(this.options.weights).forEach(([name, { shape, initializer }], index) => {
      const inputs = shape.slice(0, -1).reduce((a, b) => a * b, 1);
      const { className, config } = tfInitializer(
        initializer,
        index === 0 ? this.seed : mix(this.seed, index) >>> 1,
        inputs,
      );
      const make = `${className[0]!.toLowerCase()}${className.slice(1)}` as 'heNormal';
      this.addWeight(name, [...shape], 'float32', tf.initializers[make](config as never));
    });
    this.built = true;
  }

  override computeOutputShape(input: Shape | Shape[]): Shape {
    const [batch = null, ...rest] = (Array.isArray(input[0]) ? input[0] : input) as Shape;
    return [batch, ...(this.options.output ?? rest)];
  }

  override call(given: Tensor | Tensor[]): Tensor {
    const [x] = [given].flat() as [Tensor];
    const inputs = [x, ...this.weights.map((weight) => weight.read())];
    const names = ['x', ...Object.keys(this.options.weights)];
    const { output = x.shape.slice(1) } = this.options;
    const fn = recordedFunctionOf(
      moduleOf(this.options),
      layerAsk(
        names,
        inputs.map(({ shape }) => shape),
        output,
      ),
    );
    return differentiable(fn, inputs, [...inputs.keys()]);
  }

  override getConfig() {
    return { ...super.getConfig(), ...(this.options as object) };
  }
}

/** What has to be recorded; `shapes` are those of the inputs, the first with the batch, `output` is without. */
export function layerAsk(
  names: readonly string[],
  shapes: readonly (readonly number[])[],
  output: readonly number[],
): RecordAsk {
  const float = (shape: readonly number[]) => ({ shape: [...shape], dtype: 'float32' as const });
  const inputs = Object.fromEntries(names.map((name, i) => [name, float(shapes[i]!)]));
  return { of: 'layer', inputs, output: float([shapes[0]![0]!, ...output]) };
}
