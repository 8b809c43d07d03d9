/**
 * TensorFlow as the engine uses it: tfjs-node's backend and its native binding. The only file that loads it.
 * What it reads from the environment is set in environment.ts.
 */
import { createRequire } from 'node:module';
import util from 'node:util';
import { isMainThread } from 'node:worker_threads';
import type * as TfjsNode from '@tensorflow/tfjs-node';
import type { TFJSBinding } from '@tensorflow/tfjs-node/dist/tfjs_binding';

import { setTensorFlowEnvironment } from './environment.ts';

const require = createRequire(import.meta.url);
if (isMainThread) setTensorFlowEnvironment();

/** tfjs-node 4.22 calls two functions that Node 23 removed. */
const legacy = util as unknown as Record<string, unknown>;
legacy.isNullOrUndefined ??= (value: unknown) => value === null || value === undefined;
legacy.isArray ??= Array.isArray;

export const tf = require('@tensorflow/tfjs-node') as typeof TfjsNode;

/** The very module object whose functions tfjs-layers calls, so that the trace can exchange its random functions. */
export const core = require('@tensorflow/tfjs-core') as Record<string, unknown>;

/** tfjs-node's generated protobuf classes of TensorFlow's graph format. */
export const proto = require('@tensorflow/tfjs-node/dist/proto/api_pb.js') as Record<string, new () => Message> & {
  AttrValue: { new (): Message; ListValue: new () => Message };
  TensorShape: { new (): Message; Dim: new () => Message };
  MetaGraphDef: { new (): Message; MetaInfoDef: new () => Message };
  OpDef: { new (): Message; ArgDef: new () => Message };
};

/** A google-protobuf message: `setX`, `addX`, `getXMap`. */
// biome-ignore lint/suspicious/noExplicitAny: generated classes without types
export type Message = any;

export interface Backend {
  binding: TFJSBinding;
  getDTypeInteger(dtype: string): number;
  getInputTensorIds(tensors: readonly TfjsNode.TensorInfo[]): number[];
  executeMultipleOutputs(
    op: string,
    attributes: readonly unknown[],
    inputs: readonly TfjsNode.TensorInfo[],
    outputs: number,
  ): TfjsNode.Tensor[];
  executeSingleOutput(
    op: string,
    attributes: readonly unknown[],
    inputs: readonly TfjsNode.TensorInfo[],
  ): TfjsNode.Tensor;
}

export const backend = tf.backend() as unknown as Backend;
export const binding: TFJSBinding = backend.binding;
export const tensorflowVersion: string = binding.TF_Version;

/** TensorFlow's numbers of the data types the engine uses (types.proto). */
export const DataType = { float32: 1, float64: 2, int32: 3, uint8: 4, int64: 9, bool: 10, resource: 20 } as const;
export type DataType = (typeof DataType)[keyof typeof DataType];

export type TypedArray = Float32Array | Int32Array | Uint8Array;

/** Runs `code` and disposes of every tensor it made. What it returns must not be one of them. */
export function scoped<T>(code: () => T): T {
  tf.engine().startScope();
  try {
    return code();
  } finally {
    tf.engine().endScope();
  }
}
