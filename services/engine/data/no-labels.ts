/** Labels of examples that are to be predicted, which nobody knows. */
import type { Target } from '@anneal/schemas';
import { type DataSet, isStreamed } from './data-set.ts';
import type { Labels } from './load.ts';

/** The data with labels of the kind that a model answers, all 0: they give its plan its shape, and are not to be looked at. */
export function withPlaceholders<Data extends DataSet>(data: Data, target: Target): Data {
  // Where no labels are stored, zeros are read.
  if (isStreamed(data)) return { ...data, labels: target };
  const [rows = 0] = data.inputs.shape;
  const labels: Labels =
    target.kind === 'class'
      ? { ...target, values: new Int32Array(rows) }
      : { ...target, values: new Float32Array(rows * target.shape.reduce((a, b) => a * b, 1)) };
  return { ...data, labels };
}
