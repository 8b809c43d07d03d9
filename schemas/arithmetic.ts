/**
 * The arithmetic that update rules are written in. `T` is a tensor of whatever runs the rule: TF.js tensors, nodes of a
 * graph, Float64Arrays in the tests. All operations are elementwise; scalars broadcast.
 */
export interface Arithmetic<T> {
  scalar(value: number): T;
  zerosLike(a: T): T;
  add(a: T, b: T): T;
  sub(a: T, b: T): T;
  mul(a: T, b: T): T;
  div(a: T, b: T): T;
  sqrt(a: T): T;
  square(a: T): T;
  /** aᵇ, elementwise. */
  pow(a: T, b: T): T;
  /** The larger of the two, elementwise. */
  maximum(a: T, b: T): T;
  abs(a: T): T;
  /** −1, 0 or 1. */
  sign(a: T): T;
}
