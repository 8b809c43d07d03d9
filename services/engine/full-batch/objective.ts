/** What the full-batch methods work on: a loss over a vector of parameters, and vectors that keep what a method remembers. */

/** Float64Array to compare with other programs, Float32Array in a run, so that what is saved is what is remembered. */
export type Vector = Float32Array | Float64Array;

export interface Point {
  readonly loss: number;
  readonly gradient: Vector;
}

/** Loss and gradient at x; x is not kept. */
export type Objective = (x: Vector) => Point;

export interface Memory {
  readonly x: Vector;
  /** The rule's slots by name, all 0 at the start. */
  readonly slots: ReadonlyMap<string, Vector>;
}

/** A method takes one step: it changes `memory` in place and answers how far it went along its direction; 0 where no step lowers the loss. */
export type Method = (objective: Objective, at: Point, memory: Memory, rate: number) => { length: number; next: Point };

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
