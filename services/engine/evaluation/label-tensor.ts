/** The labels of rows as a loss takes them. */
import type { Tensor } from '@tensorflow/tfjs';
import type { LoadedData } from '../data/load.ts';
import { labelShape, takeLabels } from '../data/take-rows.ts';
import { tf } from '../tensorflow.ts';

/** int32 [rows] for classes, float32 [rows, …] for numbers. */
export const labelTensor = (data: Pick<LoadedData, 'labels'>, rows: Int32Array): Tensor =>
  tf.tensor(takeLabels(data, rows), labelShape(data, rows.length), data.labels.kind === 'class' ? 'int32' : 'float32');
