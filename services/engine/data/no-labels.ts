/** Labels of examples that are to be predicted, which nobody knows. */
import type { Target } from '@anneal/schemas';
import type { Labels, LoadedData } from './load.ts';

/** What a source without labels reads. */
export const noLabels: Labels = { kind: 'values', shape: [0], values: new Float32Array(0) };

/** The data with labels of the kind that a model answers, all 0: they give its plan its shape, and are not to be looked at. */
export function withPlaceholders(data: LoadedData, target: Target): LoadedData {
  const [rows = 0] = data.inputs.shape;
  const labels: Labels =
    target.kind === 'class'
      ? { ...target, values: new Int32Array(rows) }
      : { ...target, values: new Float32Array(rows * target.shape.reduce((a, b) => a * b, 1)) };
  return { ...data, labels };
}
