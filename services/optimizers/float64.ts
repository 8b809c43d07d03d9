/** The arithmetic of update rules in float64, on many parameters at once; an array of one is a scalar. */
import type { Arithmetic } from '@anneal/schemas';

type Numbers = Float64Array;

const map =
  (f: (a: number) => number) =>
  (a: Numbers): Numbers => {
    const out = new Float64Array(a.length);
    for (let i = 0; i < a.length; i++) out[i] = f(a[i]!);
    return out;
  };

const zip =
  (f: (a: number, b: number) => number) =>
  (a: Numbers, b: Numbers): Numbers => {
    const out = new Float64Array(Math.max(a.length, b.length));
    const [strideA, strideB] = [a.length === 1 ? 0 : 1, b.length === 1 ? 0 : 1];
    for (let i = 0; i < out.length; i++) out[i] = f(a[i * strideA]!, b[i * strideB]!);
    return out;
  };

export const float64: Arithmetic<Numbers> = {
  scalar: (value) => Float64Array.of(value),
  zerosLike: (a) => new Float64Array(a.length),
  add: zip((a, b) => a + b),
  sub: zip((a, b) => a - b),
  mul: zip((a, b) => a * b),
  div: zip((a, b) => a / b),
  sqrt: map(Math.sqrt),
  square: map((a) => a * a),
  pow: zip((a, b) => a ** b),
  maximum: zip(Math.max),
  abs: map(Math.abs),
  sign: map(Math.sign),
};
