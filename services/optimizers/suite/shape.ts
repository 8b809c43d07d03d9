/** A function of one number, with its derivative; where there is none, one of its subgradients. */
export interface Shape {
  value(x: number): number;
  slope(x: number): number;
}

/** Where a prototype begins: on [from, to], with this value and slope at `from`. */
export interface Start {
  readonly from: number;
  readonly to: number;
  readonly value: number;
  readonly slope: number;
  /** The last slope before it that was not 0, for a shape that follows a flat one. */
  readonly before: number | undefined;
}

export type Prototype = (start: Start) => Shape;
