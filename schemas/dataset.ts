/** Where the examples come from, and how they are split. */
import { z } from 'zod';
import type { Target } from './losses/index.ts';
import { count } from './numbers.ts';
import type { Shape } from './shape.ts';

const split = z
  .strictObject({
    validation: z
      .number()
      .min(0)
      .lt(1)
      .default(0.1)
      .describe('Share of the training examples held out to validate on.'),
    test: z
      .number()
      .min(0)
      .lt(1)
      .optional()
      .describe("Share of all examples held out for the final test; the data set's own test set when left out."),
  })
  .prefault({})
  .meta({ id: 'Split', description: 'Seeded, disjoint training, validation and test splits.' });

const scale = z
  .enum(['unit', 'standardize', 'none'])
  .describe(
    '`unit`: x / 255 for bytes. `standardize`: (x − mean) / deviation of the training split, one pair for all inputs. `none`: as stored.',
  );

const limit = count()
  .optional()
  .describe('Uses only the first so many examples of the shuffled set: for quick trials.');

const imageSet = <const Type extends string>(type: Type, id: string, description: string) =>
  z.strictObject({ type: z.literal(type), split, scale: scale.default('unit'), limit }).meta({ id, description });

const path = z.string().min(1).max(4096);

const npy = z
  .strictObject({
    type: z.literal('npy'),
    inputs: path.describe(
      'An .npy file [examples, …] of float32, float64 or uint8, under the data folder of the service.',
    ),
    labels: path.describe(
      'An .npy file: integers [examples] for classes, floats [examples] or [examples, …] for values.',
    ),
    shape: z.array(count()).min(1).max(4).describe('Shape of one example.'),
    classes: z.int().min(2).optional().describe('Number of classes; left out for regression.'),
    outputs: z
      .array(count())
      .min(1)
      .max(4)
      .optional()
      .describe('Shape of one label of a regression; [1] when left out.'),
    split,
    scale: scale.default('none'),
    limit,
  })
  .meta({ id: 'NpyData', description: 'Arrays in two .npy files.' });

export const data = z
  .discriminatedUnion('type', [
    imageSet(
      'fashion-mnist',
      'FashionMnistData',
      '70,000 grey images [28, 28, 1] of clothes in 10 classes (Xiao et al. 2017).',
    ),
    imageSet('mnist', 'MnistData', 'Grey images [28, 28, 1] of handwritten digits in 10 classes (LeCun et al. 1998).'),
    npy,
  ])
  .meta({ id: 'Data', description: 'Where the examples come from, and how they are split.' });

export type Data = z.output<typeof data>;

export interface DataShape {
  readonly input: Shape;
  readonly target: Target;
}

/** Shape of one example and kind of its label, known before any file is opened. */
export function dataShape(spec: Data): DataShape {
  if (spec.type !== 'npy') return { input: [28, 28, 1], target: { kind: 'class', classes: 10 } };
  const target: Target =
    spec.classes === undefined
      ? { kind: 'values', shape: spec.outputs ?? [1] }
      : { kind: 'class', classes: spec.classes };
  return { input: spec.shape, target };
}
