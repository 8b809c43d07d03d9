/** TF.js inside the realm: core, layers and the CPU backend, which is plain JavaScript and computes in doubles here. */
import './globals.ts';
import * as core from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import '@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops';
import '@tensorflow/tfjs-backend-cpu';
import * as layers from '@tensorflow/tfjs-layers';

core.env().setPlatform('realm', {
  now: () => Date.now(),
  fetch: () => {
    throw new Error('there is no network here');
  },
  encode: () => {
    throw new Error('tensors of strings are not available here');
  },
  decode: () => {
    throw new Error('tensors of strings are not available here');
  },
  isTypedArray: (a: unknown): a is Float32Array =>
    a instanceof Float32Array || a instanceof Int32Array || a instanceof Uint8Array || a instanceof Uint8ClampedArray,
});

export const tf = { ...core, ...layers };
export type Tf = typeof tf;
export type Tensor = core.Tensor;

/** What `tf.setBackend` would do, without its promise. */
tf.setBackend('cpu');

export const values = (tensor: core.TensorInfo): Float64Array =>
  (tf.backend() as unknown as { data: { get(id: object): { values: Float64Array } } }).data.get(tensor.dataId).values;
