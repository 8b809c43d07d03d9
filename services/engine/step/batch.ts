/** Batches taken by their places among the examples that lie in the graph: all of a data set, or a window of it. Bytes stay bytes in memory and become floats in the batch. */
import type { Tensor } from '@tensorflow/tfjs';
import type { DataSet } from '../data/data-set.ts';
import type { NodeList, Output } from '../graph/node-list.ts';
import { DataType, tf } from '../tensorflow.ts';

/** Names of the resource variables that hold the examples. */
export const INPUTS = 'data/inputs';
export const LABELS = 'data/labels';

/** What the graph has to know of the data set. */
export interface DataLayout {
  readonly inputType: DataType;
  /** Without the row dimension. */
  readonly inputShape: readonly number[];
  readonly labelType: DataType;
  readonly labelShape: readonly number[];
  /** x · multiply + add. */
  readonly scale: { readonly multiply: number; readonly add: number };
}

export const dataLayout = (data: DataSet): DataLayout => ({
  inputType: DataType[data.inputs.dtype as 'uint8' | 'float32'],
  inputShape: data.inputs.shape.slice(1),
  labelType: data.labels.kind === 'class' ? DataType.int32 : DataType.float32,
  labelShape: data.labels.kind === 'class' ? [] : data.labels.shape,
  scale: data.scale,
});

/** Placeholder tensors of a batch, for tracing. */
export function zeroBatch(data: DataLayout, batch: number): { inputs: Tensor; labels: Tensor } {
  return {
    inputs: tf.zeros([batch, ...data.inputShape]),
    labels: tf.zeros([batch, ...data.labelShape], data.labelType === DataType.int32 ? 'int32' : 'float32'),
  };
}

function gather(list: NodeList, variable: string, rows: Output, type: DataType): Output {
  const attributes = {
    dtype: { type },
    Tindices: { type: DataType.int32 },
    batch_dims: { int: 0 },
    validate_indices: { bool: true },
  };
  return list.node('ResourceGather', [list.variable(variable), rows], attributes, `${variable}/gather`);
}

export function gatherLabels(list: NodeList, data: DataLayout, rows: Output): Output {
  return gather(list, LABELS, rows, data.labelType);
}

export function gatherInputs(list: NodeList, data: DataLayout, rows: Output): Output {
  const T = { T: { type: DataType.float32 } };
  let x = gather(list, INPUTS, rows, data.inputType);
  if (data.inputType !== DataType.float32)
    x = list.node('Cast', [x], { SrcT: { type: data.inputType }, DstT: { type: DataType.float32 } });
  if (data.scale.multiply !== 1) x = list.node('Mul', [x, list.scalar(data.scale.multiply)], T);
  if (data.scale.add !== 0) x = list.node('AddV2', [x, list.scalar(data.scale.add)], T);
  return x;
}
