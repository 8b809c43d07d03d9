/** What the full-batch methods work on: a loss over a vector of parameters, and vectors that keep what a method remembers. */

/** Float64Array to compare with other programs, Float32Array in a run, so that what is saved is what is remembered. */
export type Vector = Float32Array | Float64Array;

export interface Point {
  readonly loss: number;
  readonly gradient: Vector;
}

/** Loss and gradient at x, and what else is known there; x is not kept. */
export type Objective<P extends Point = Point> = (x: Vector) => P;

export interface Memory {
  readonly x: Vector;
  /** The rule's slots by name, all 0 at the start. */
  readonly slots: ReadonlyMap<string, Vector>;
}

/** A method takes one step from `at`: it changes `memory` in place and answers the point it came to, which is `at` where no step lowers the loss. */
export type Method = <P extends Point>(objective: Objective<P>, at: P, memory: Memory, rate: number) => P;

/** x + t d */
export const along = (x: Vector, d: Vector, t: number): Vector => x.map((value, i) => value + t * d[i]!);

/** A first trial along −g that changes no parameter by more than 1: min(1, 1 / ‖g‖₁), as PyTorch's LBFGS has it. */
export const firstTrial = (gradient: Vector): number => Math.min(1, 1 / norm1(gradient));

export function dot(a: Vector, b: Vector): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

export function norm1(a: Vector): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += Math.abs(a[i]!);
  return sum;
}

export function largestEntry(a: Vector): number {
  let most = 0;
  for (let i = 0; i < a.length; i++) most = Math.max(most, Math.abs(a[i]!));
  return most;
}

export const isZero = (a: Vector): boolean => a.every((value) => value === 0);

export function slotOf({ slots }: Memory, name: string): Vector {
  const found = slots.get(name);
  if (!found) throw new Error(`the method has no vector '${name}'`);
  return found;
}
