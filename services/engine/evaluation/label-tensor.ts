/** The labels of rows as a loss takes them. */
import type { Tensor } from '@tensorflow/tfjs';
import type { DataSet } from '../data/data-set.ts';
import type { LabelValues } from '../data/stored/stored-rows.ts';
import { labelShape, takeLabels } from '../data/take-rows.ts';
import { tf } from '../tensorflow.ts';

/** int32 [rows] for classes, float32 [rows, …] for numbers. */
export const labelTensor = (data: Pick<DataSet, 'labels'>, rows: Int32Array): Tensor =>
  asLabels(data, takeLabels(data, rows), rows.length);

/** The same of labels that have been taken. */
export const asLabels = (data: Pick<DataSet, 'labels'>, labels: LabelValues, rows: number): Tensor =>
  tf.tensor(labels, labelShape(data, rows), data.labels.kind === 'class' ? 'int32' : 'float32');
