/**
 * Shapes without the batch dimension, and the error of a layer that cannot take the shape it is given.
 * `[28, 28, 1]` is `[height, width, channels]`; `[10]` is `[features]`.
 */
export type Shape = readonly number[];

export const size = (shape: Shape): number => shape.reduce((product, side) => product * side, 1);

export const formatShape = (shape: Shape): string => `[${shape.join(', ')}]`;

/** A layer got `got` and needs `needs` (in words); `hint` names the usual mend. */
export class ShapeMismatch extends Error {
  constructor(
    readonly got: Shape,
    readonly needs: string,
    readonly hint?: string,
  ) {
    super(`got ${formatShape(got)}, needs ${needs}${hint ? `; ${hint}` : ''}`);
    this.name = 'ShapeMismatch';
  }
}

/** Output length of a sliding window, as TensorFlow counts it: ⌈n/s⌉ for `same`, ⌈(n−k+1)/s⌉ for `valid`. */
export function slide(length: number, kernel: number, stride: number, padding: 'same' | 'valid'): number {
  return padding === 'same' ? Math.ceil(length / stride) : Math.ceil((length - kernel + 1) / stride);
}
