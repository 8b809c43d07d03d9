/**
 * Random numbers that are a pure function of (job seed, call site, step). TF.js draws on the host, which a trace would bake in; for the
 * length of `withStatelessRandom` the functions that TF.js's layers call draw by TensorFlow's stateless ops instead.
 */
import type { Tensor } from '@tensorflow/tfjs';
import { backend, binding, core, tf } from '../tensorflow.ts';

type Draw = 'StatelessRandomUniform' | 'StatelessRandomNormal' | 'StatelessTruncatedNormal';

/** `step` is an int32 scalar tensor; in a trace it is bound to the node that holds the step. */
export function withStatelessRandom<T>(seed: number, step: Tensor, code: () => T): T {
  let site = 0;
  const draw = (op: Draw, shape: readonly number[]): Tensor => {
    site += 1;
    const siteSeed = tf.scalar((seed ^ Math.imul(site, 0x9e3779b1)) | 0, 'int32');
    const pair = tf.stack([siteSeed, step]);
    const dims = tf.tensor1d([...shape], 'int32');
    const attributes = [
      { name: 'dtype', type: binding.TF_ATTR_TYPE, value: binding.TF_FLOAT },
      { name: 'T', type: binding.TF_ATTR_TYPE, value: binding.TF_INT32 },
      { name: 'Tseed', type: binding.TF_ATTR_TYPE, value: binding.TF_INT32 },
    ];
    return backend.executeSingleOutput(op, attributes, [dims, pair]);
  };
  const exchanged = {
    randomUniform: (shape: number[], low = 0, high = 1) =>
      tf.add(tf.mul(draw('StatelessRandomUniform', shape), high - low), low),
    randomNormal: (shape: number[], mean = 0, deviation = 1) =>
      tf.add(tf.mul(draw('StatelessRandomNormal', shape), deviation), mean),
    truncatedNormal: (shape: number[], mean = 0, deviation = 1) =>
      tf.add(tf.mul(draw('StatelessTruncatedNormal', shape), deviation), mean),
    dropout: (x: Tensor, rate: number, noiseShape?: (number | null)[]) => {
      if (rate === 0) return x.clone();
      const shape = noiseShape ? noiseShape.map((size, i) => size ?? x.shape[i]!) : x.shape;
      const kept = tf.floor(tf.add(draw('StatelessRandomUniform', shape), 1 - rate));
      return tf.mul(x, tf.div(kept, 1 - rate));
    },
  };
  const original = Object.fromEntries(Object.keys(exchanged).map((name) => [name, core[name]]));
  Object.assign(core, exchanged);
  try {
    return code();
  } finally {
    Object.assign(core, original);
  }
}
