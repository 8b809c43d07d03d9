/** The arithmetic of update rules in float64 on plain arrays; a scalar is an array of one. */
import type { Arithmetic } from '@anneal/schemas';

const zip = (f: (a: number, b: number) => number) => (a: number[], b: number[]) =>
  Array.from({ length: Math.max(a.length, b.length) }, (_v, i) =>
    f(a[a.length === 1 ? 0 : i]!, b[b.length === 1 ? 0 : i]!),
  );

export const doubles: Arithmetic<number[]> = {
  scalar: (value) => [value],
  zerosLike: (a) => a.map(() => 0),
  add: zip((a, b) => a + b),
  sub: zip((a, b) => a - b),
  mul: zip((a, b) => a * b),
  div: zip((a, b) => a / b),
  sqrt: (a) => a.map(Math.sqrt),
  square: (a) => a.map((x) => x * x),
  pow: zip((a, b) => a ** b),
  maximum: zip(Math.max),
  abs: (a) => a.map(Math.abs),
  sign: (a) => a.map(Math.sign),
};
