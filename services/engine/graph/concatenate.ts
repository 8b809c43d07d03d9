/** Outputs of any shapes as one vector, one after the other. */
import { DataType } from '../tensorflow.ts';
import type { NodeList, Output } from './node-list.ts';

export function concatenated(list: NodeList, outputs: readonly Output[], type: DataType, name?: string): Output {
  const vectors = outputs.map((output) =>
    list.node('Reshape', [output, list.integers([-1])], { T: { type }, Tshape: { type: DataType.int32 } }),
  );
  // ConcatV2 wants two inputs at least.
  if (vectors.length === 1) return list.node('Identity', vectors, { T: { type } }, name);
  const attributes = { N: { int: vectors.length }, T: { type }, Tidx: { type: DataType.int32 } };
  return list.node('ConcatV2', [...vectors, list.integer(0)], attributes, name);
}
