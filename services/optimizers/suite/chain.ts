/** Prototypes one after the other, each beginning with the value and the slope with which the one before ends. */
import * as corners from './corners.ts';
import * as curves from './curves.ts';
import type { Prototype, Shape } from './shape.ts';

export const prototypes = {
  line: corners.line,
  abs: corners.absolute,
  relu: corners.relu,
  bend: corners.bend,
  cliff: corners.cliff,
  ridge: corners.ridge,
  'quad-convex': curves.quadraticConvex,
  'quad-bowl': curves.quadraticBowl,
  exponential: curves.exponential,
  'gauss-nonconvex': curves.gaussianNonConvex,
  'gauss-convex': curves.gaussianConvex,
  'gauss-bowl': curves.gaussianBowl,
  'laplace-nonconvex': curves.laplacianNonConvex,
  'laplace-convex': curves.laplacianConvex,
  'laplace-bowl': curves.laplacianBowl,
} as const satisfies Record<string, Prototype>;

export type PrototypeName = keyof typeof prototypes;

/** The whole shape on [0, 1] in equal parts; beyond its ends the outer parts go on. */
export function chain(
  names: readonly PrototypeName[],
  scale: { readonly value: number; readonly slope: number },
): Shape {
  let { value, slope } = scale;
  let before: number | undefined;
  const parts = names.map((name, i) => {
    const [from, to] = [i / names.length, (i + 1) / names.length];
    const shape = prototypes[name]({ from, to, value, slope, before });
    if (slope !== 0) before = slope;
    [value, slope] = [shape.value(to), shape.slope(to)];
    return shape;
  });
  if (parts.length === 1) return parts[0]!;
  const part = (x: number): Shape => parts[Math.min(Math.max(Math.floor(x * parts.length), 0), parts.length - 1) || 0]!;
  return { value: (x) => part(x).value(x), slope: (x) => part(x).slope(x) };
}
