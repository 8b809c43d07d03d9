/** The arithmetic of whole tensors: what clipping, decay and averaging need beside the rules' own. Eager tensors or nodes of a graph. */
import type { Arithmetic } from '@anneal/schemas';
import type { Tensor } from '@tensorflow/tfjs';
import { graphArithmetic } from '../graph/arithmetic.ts';
import type { NodeList, Output } from '../graph/node-list.ts';
import { DataType, tf } from '../tensorflow.ts';

export interface TensorArithmetic<T> extends Arithmetic<T> {
  minimum(a: T, b: T): T;
  /** Sum over all values, a scalar. */
  sum(a: T): T;
}

const T = { T: { type: DataType.float32 } };

export function graphTensors(list: NodeList): TensorArithmetic<Output> {
  return {
    ...graphArithmetic(list),
    minimum: (a, b) => list.node('Minimum', [a, b], T),
    sum: (a) => {
      const flat = list.node('Reshape', [a, list.integers([-1])], { ...T, Tshape: { type: DataType.int32 } });
      return list.node('Sum', [flat, list.integers([0])], {
        ...T,
        Tidx: { type: DataType.int32 },
        keep_dims: { bool: false },
      });
    },
  };
}

export const eagerTensors: TensorArithmetic<Tensor> = {
  scalar: (value) => tf.scalar(value),
  zerosLike: (a) => tf.zerosLike(a),
  add: (a, b) => tf.add(a, b),
  sub: (a, b) => tf.sub(a, b),
  mul: (a, b) => tf.mul(a, b),
  div: (a, b) => tf.div(a, b),
  sqrt: (a) => tf.sqrt(a),
  square: (a) => tf.square(a),
  pow: (a, b) => tf.pow(a, b),
  maximum: (a, b) => tf.maximum(a, b),
  minimum: (a, b) => tf.minimum(a, b),
  abs: (a) => tf.abs(a),
  sign: (a) => tf.sign(a),
  sum: (a) => tf.sum(a),
};
