/** Noise on a gradient, one number a coordinate and step. None of it changes the optimum, and only heavy tails lack a mean. */
import type { Random } from '../random.ts';

export interface Noise {
  /** What is drawn anew at every step. */
  draw(random: Random): number;
  /** The gradient that the rule sees; `strength` scales the noise (1 unless it drifts). */
  disturb(slope: number, drawn: number, strength: number): number;
}

const additive = (scale: number): Noise => ({
  draw: (random) => random.normal(),
  disturb: (slope, drawn, strength) => slope + scale * strength * drawn,
});

const multiplicative = (scale: number): Noise => ({
  draw: (random) => random.normal(),
  disturb: (slope, drawn, strength) => slope * Math.exp(scale * strength * drawn),
});

/** The gradient is 0 in a share of all steps; a share has no strength that could drift. */
const maskOut = (share: number): Noise => ({
  draw: (random) => (random.uniform() < share ? 0 : 1),
  disturb: (slope, drawn) => slope * drawn,
});

/** Additive, with outliers of any size. */
const cauchy: Noise = {
  draw: (random) => random.cauchy(),
  disturb: (slope, drawn, strength) => slope + strength * drawn,
};

export const noises = {
  none: undefined,
  'additive 0.01': additive(0.01),
  'additive 0.1': additive(0.1),
  'additive 10': additive(10),
  'multiplicative 0.1': multiplicative(0.1),
  'multiplicative 1': multiplicative(1),
  'multiplicative 10': multiplicative(10),
  'mask-out 0.1': maskOut(0.1),
  'mask-out 0.9': maskOut(0.9),
  cauchy,
} as const satisfies Record<string, Noise | undefined>;

export type NoiseName = keyof typeof noises;

/** The kinds with which good gradients are rare among bad ones. */
export const isHeavy = (name: NoiseName): boolean =>
  name === 'additive 10' || name === 'multiplicative 10' || name === 'mask-out 0.9' || name === 'cauchy';
