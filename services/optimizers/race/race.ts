/** Rules that start from one point of a surface and take so many steps. */
import { float64 } from '../float64.ts';
import type { Rule, Setting } from '../rule.ts';
import type { Surface } from './surfaces.ts';

export interface Runner {
  readonly rule: string;
  readonly rate: number;
  /** Where it was before the first step and after each; it ends early where it diverges. */
  readonly path: readonly (readonly [number, number])[];
  /** The value of the surface where it stands in the end. */
  readonly value: number;
}

/** Rates that are tried where none is given: 10⁻⁴ to 10, three a decade. */
const RATES = Array.from({ length: 16 }, (_value, i) => 10 ** (i / 3 - 4));

/** Each rule with its usual options, at the given rate or at the one with which it gets lowest. */
export function race(rules: readonly Rule[], surface: Surface, steps: number, rate?: number): Runner[] {
  const fixed = rate ?? surface.rate;
  return rules.map((rule) => {
    const runs = (fixed === undefined ? RATES : [fixed]).map((each) => run(rule, surface, steps, each));
    return runs.reduce((a, b) => (b.value < a.value ? b : a));
  });
}

function run(rule: Rule, { value, gradient, start }: Surface, steps: number, rate: number): Runner {
  const setting: Setting = { rate, options: rule.usual };
  let w: Float64Array = Float64Array.from(start);
  let slots: Readonly<Record<string, Float64Array>> = Object.fromEntries(
    rule.slots(setting).map((name) => [name, new Float64Array(2)]),
  );
  const path: [number, number][] = [[w[0]!, w[1]!]];
  for (let t = 1; t <= steps; t++) {
    const g = Float64Array.from(gradient(w[0]!, w[1]!));
    const input = { w, g, slots, rate: Float64Array.of(rate), step: Float64Array.of(t) };
    ({ w, slots } = rule.apply<Float64Array>(float64, input, setting));
    if (!w.every((each) => Math.abs(each) < 1e6)) return { rule: rule.name, rate, path, value: Infinity };
    path.push([w[0]!, w[1]!]);
  }
  return { rule: rule.name, rate, path, value: value(w[0]!, w[1]!) };
}
