/** A call of TF.js's that runs one op, with the inputs it's tried on. */
import type { InputSpec } from '../inputs.ts';
import type { Tensor } from '../tf.ts';

export interface OpCase {
  /** The kernel whose gradient is meant, or a function of TF.js's that is made of several. */
  readonly op: string;
  /** Attributes and shapes, as in `stride 2, same`. */
  readonly label: string;
  readonly inputs: Readonly<Record<string, InputSpec>>;
  // biome-ignore lint/suspicious/noExplicitAny: tensors of whatever rank the function takes
  run(at: Record<string, any>): Tensor | Tensor[];
}

type Run = OpCase['run'];

export const on = (op: string, label: string, inputs: OpCase['inputs'], run: Run): OpCase => ({
  op,
  label,
  inputs,
  run,
});

/** Uniform numbers. */
export const from = (least: number, most: number, ...shape: number[]): InputSpec => ({ shape, from: least, to: most });
