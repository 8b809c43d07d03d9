/** What comes out of each layer of an untrained net, run eagerly once. */
import type { Tensor } from '@tensorflow/tfjs';
import type { DataSet } from '../data/data-set.ts';
import { takeInputs } from '../data/take-rows.ts';
import { type BuiltModel, firstMemberLayers, outputsOf, withLayerScopes } from '../model/build.ts';
import { scoped, tf } from '../tensorflow.ts';
import { withStatelessRandom } from '../trace/random.ts';
import { boundsOf } from './layout.ts';
import { measureOutput } from './measure.ts';

export interface LayerSignal {
  readonly name: string;
  /** Of all outputs. */
  readonly deviation: number;
  /** Share of the units that are 0 for all examples. */
  readonly dead: number;
  /** Share of the outputs at the bounds of the activation; null where it has none. */
  readonly saturated: number | null;
}

/** Layers of the first member that have weights or an activation of their own, in order; as in training, with the same random numbers for the same seed. */
export function layerSignals(built: BuiltModel, data: DataSet, rows: Int32Array, seed: number): LayerSignal[] {
  const shown = firstMemberLayers(built).filter(
    ({ parameters, layer }) => parameters > 0 || layer.type === 'activation',
  );
  const signals = new Map<string, LayerSignal>();
  const within = (name: string, code: () => Tensor): Tensor => {
    const output = code();
    const inferred = shown.find((layer) => layer.name === name);
    if (inferred) {
      const measured = tf.tidy(() => measureOutput(output, boundsOf(inferred)).map((scalar) => scalar.dataSync()[0]!));
      const [, deviation, dead, saturated] = measured;
      signals.set(name, { name, deviation: deviation!, dead: dead!, saturated: saturated ?? null });
    }
    return output;
  };
  scoped(() => {
    const moving = built.weights.filter(({ trainable }) => !trainable);
    const before = moving.map(({ variable }) => variable.clone());
    const inputs = tf.tensor(takeInputs(data, rows), [rows.length, ...data.inputs.shape.slice(1)]);
    withStatelessRandom(seed, tf.scalar(1, 'int32'), () =>
      withLayerScopes(built, within, () => outputsOf(built, inputs, true)),
    );
    moving.forEach(({ variable }, i) => {
      variable.assign(before[i]!);
    });
  });
  return shown.map(({ name }) => signals.get(name)!);
}
