/** Runs a rule over trials. A rule is elementwise, so that all trials take their steps in one vector. */
import { float64 } from '../float64.ts';
import type { Rule, Setting } from '../rule.ts';
import type { Trial } from './trial.ts';

/** What a rule gained in each trial, and −∞ where it diverged. */
export function gains(rule: Rule, setting: Setting, trials: readonly Trial[], steps: number): Float64Array {
  const offsets = trials.map(() => 0);
  let length = 0;
  for (const [i, { dimensions }] of trials.entries()) {
    offsets[i] = length;
    length += dimensions;
  }
  let w: Float64Array = new Float64Array(length);
  const part = (all: Float64Array, i: number): Float64Array =>
    all.subarray(offsets[i]!, offsets[i]! + trials[i]!.dimensions);
  for (const [i, { start }] of trials.entries()) part(w, i).set(start);
  let slots: Readonly<Record<string, Float64Array>> = Object.fromEntries(
    rule.slots(setting).map((slot) => [slot, new Float64Array(length)]),
  );
  const stands = trials.map(() => true);
  const rate = Float64Array.of(setting.rate);
  for (let t = 0; t < steps; t++) {
    const g = new Float64Array(length);
    for (let i = 0; i < trials.length; i++) {
      if (stands[i]) stands[i] = trials[i]!.gradient(part(w, i), t, part(g, i));
    }
    const moved = rule.apply<Float64Array>(float64, { w, g, slots, rate, step: Float64Array.of(t + 1) }, setting);
    ({ w, slots } = moved);
  }
  return Float64Array.from(trials, (trial, i) => (stands[i] ? finite(trial.gain(part(w, i))) : -Infinity));
}

const finite = (gain: number): number => (Number.isNaN(gain) || gain < -1e10 ? -Infinity : Math.min(gain, 1e10));
