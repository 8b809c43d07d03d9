/** Toy sets in the plane, computed from a seed. */
import type { ToyOptions } from '@anneal/schemas';
import type { Inputs, Labels } from './load.ts';
import { mix, random } from './permutation.ts';

interface Toy {
  readonly inputs: Inputs;
  readonly labels: Labels;
}

/** Arm k of the spirals at t = 0 … 1: its radius and angle. */
type Arm = (k: number, t: number) => { radius: number; angle: number };

/** Lang & Witbrock 1988: three turns each, the second half a turn behind the first; radius 0 … 1. */
export const twoSpirals = (o: ToyOptions, seed: number): Toy =>
  spirals(o, seed, 2, (k, t) => ({ radius: 0.06 + 0.94 * t, angle: 6 * Math.PI * t + k * Math.PI }), 'position');

/** CS231n: radius 0 … 1, the angle grows by 4 radians along an arm. */
export const threeArmSpiral = (o: ToyOptions, seed: number): Toy =>
  spirals(o, seed, 3, (k, t) => ({ radius: t, angle: 4 * (k + t) }), 'angle');

function spirals({ rows, noise }: ToyOptions, seed: number, arms: number, arm: Arm, noisy: 'position' | 'angle'): Toy {
  const next = random(mix(seed, 11));
  const normal = () => {
    const [u, v] = [(next() + 0.5) / 2 ** 32, (next() + 0.5) / 2 ** 32];
    return Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * v);
  };
  const values = new Float32Array(2 * rows);
  const labels = new Int32Array(rows);
  for (let row = 0; row < rows; row++) {
    const k = row % arms;
    const { radius, angle } = arm(k, Math.floor(row / arms) / Math.max(1, Math.ceil(rows / arms) - 1));
    const turned = angle + (noisy === 'angle' ? noise * normal() : 0);
    const off = () => (noisy === 'position' ? noise * normal() : 0);
    values[2 * row] = radius * Math.sin(turned) + off();
    values[2 * row + 1] = radius * Math.cos(turned) + off();
    labels[row] = k;
  }
  return {
    inputs: { dtype: 'float32', shape: [rows, 2], values },
    labels: { kind: 'class', classes: arms, values: labels },
  };
}
