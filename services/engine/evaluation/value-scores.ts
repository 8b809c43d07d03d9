/** Scores of a regression out of its outputs; see schemas/scores.ts. */
import type { ValueScores } from '@anneal/schemas';

/** Outputs and labels of equal length, `width` numbers an example. R² is the mean over the outputs of an example, as in scikit-learn. */
export function valueScores(outputs: Float32Array, labels: Float32Array, width: number): ValueScores {
  const examples = labels.length / width;
  let [absolute, square] = [0, 0];
  const [means, residual, spread] = [0, 1, 2].map(() => new Float64Array(width)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  labels.forEach((label, i) => {
    means[i % width]! += label / examples;
  });
  labels.forEach((label, i) => {
    const error = outputs[i]! - label;
    absolute += Math.abs(error) / labels.length;
    square += error ** 2 / labels.length;
    residual[i % width]! += error ** 2;
    spread[i % width]! += (label - means[i % width]!) ** 2;
  });
  const constant = spread.some((value) => value === 0);
  const r2 = constant ? null : residual.reduce((sum, value, k) => sum + (1 - value / spread[k]!) / width, 0);
  return {
    kind: 'values',
    examples,
    meanAbsoluteError: absolute,
    meanSquaredError: square,
    rootMeanSquaredError: Math.sqrt(square),
    r2,
  };
}
