/** Small sets that need no file: classics out of scikit-learn's package, and toys that are computed. */
import type { z } from 'zod';
import { count, nonNegative } from '../numbers.ts';
import { defineData } from './common.ts';

const classic = <const Type extends string>(
  type: Type,
  rows: number,
  features: number,
  number: number,
  description: string,
) =>
  defineData({
    type,
    description: `${rows.toLocaleString('en-US')} rows of ${features} features: ${description}`,
    options: {},
    scale: 'none',
    shape: () => ({
      input: [features],
      target: number > 0 ? { kind: 'class', classes: number } : { kind: 'values', shape: [1] },
    }),
    rows: () => ({ rows, publishedTest: 0 }),
    residentOnly: 'the table is small',
  });

export const digits = classic('digits', 1797, 64, 10, 'handwritten digits of 8 x 8 (Alpaydin & Kaynak 1998).');
export const iris = classic(
  'iris',
  150,
  4,
  3,
  "lengths and widths of three species of iris (Fisher 1936), as scikit-learn's.",
);
export const wine = classic('wine', 178, 13, 3, 'chemical analyses of wines of three cultivars (Forina et al. 1988).');
export const breastCancer = classic(
  'breast-cancer',
  569,
  30,
  2,
  'cell nuclei, malignant or benign (Wolberg, Street & Mangasarian 1995).',
);
export const diabetes = classic(
  'diabetes',
  442,
  10,
  0,
  'age, sex, body mass and blood of patients, and the progression of the disease a year later: a regression (Efron et al. 2004), unscaled.',
);

const toy = {
  rows: count().max(1_000_000).default(600).describe('Examples, equally many a class.'),
  noise: nonNegative().default(0.02).describe('Deviation of the points from their spiral.'),
};

export const twoSpirals = defineData({
  type: 'two-spirals',
  description: 'Two spirals in the plane, three turns each, one inside the other (Lang & Witbrock 1988).',
  options: toy,
  scale: 'none',
  shape: () => ({ input: [2], target: { kind: 'class', classes: 2 } }),
  rows: (o) => ({ rows: o.rows, publishedTest: 0 }),
  residentOnly: 'the points are computed',
});

export const threeArmSpiral = defineData({
  type: 'three-arm-spiral',
  description: "A spiral galaxy of three arms in the plane: CS231n's toy set.",
  options: { ...toy, noise: nonNegative().default(0.2).describe('Deviation of the angle.') },
  scale: 'none',
  shape: () => ({ input: [2], target: { kind: 'class', classes: 3 } }),
  rows: (o) => ({ rows: o.rows, publishedTest: 0 }),
  residentOnly: 'the points are computed',
});

export type ToyOptions = z.output<z.ZodObject<typeof toy>>;
