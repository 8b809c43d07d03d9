/** Oracle: every update rule follows PyTorch's trajectory in float64, to rounding. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { type Arithmetic, parse, update, updateDefinition } from '@anneal/schemas';

interface Oracle {
  start: number[];
  curvature: number[];
  rate: number;
  rules: Record<string, { update: unknown; points: number[][] }>;
}

const oracle = JSON.parse(readFileSync(new URL('../oracles/updates/pytorch.json', import.meta.url), 'utf8')) as Oracle;

const zip = (f: (a: number, b: number) => number) => (a: number[], b: number[]) =>
  Array.from({ length: Math.max(a.length, b.length) }, (_v, i) =>
    f(a[a.length === 1 ? 0 : i]!, b[b.length === 1 ? 0 : i]!),
  );

/** Doubles in plain arrays; a scalar is an array of one. */
const doubles: Arithmetic<number[]> = {
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

for (const [name, { update: given, points }] of Object.entries(oracle.rules)) {
  test(`${name} follows PyTorch`, () => {
    const options = parse(update, given);
    const rule = updateDefinition(options.rule);
    let w = oracle.start;
    let slots: Readonly<Record<string, number[]>> = Object.fromEntries(
      rule.slots.map((slot) => [slot, w.map(() => 0)]),
    );
    points.forEach((expected, i) => {
      const g = w.map((x, j) => oracle.curvature[j]! * x + Math.cos(x));
      ({ w, slots } = rule.apply(doubles, { w, g, slots, rate: [oracle.rate], step: [i + 1] }, options as never));
      w.forEach((x, j) => {
        assert.ok(
          Math.abs(x - expected[j]!) <= 1e-12 * Math.max(1, Math.abs(x)),
          `step ${i + 1}: ${x} is not ${expected[j]}`,
        );
      });
    });
  });
}
