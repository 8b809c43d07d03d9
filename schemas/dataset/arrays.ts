/** Arrays in NumPy's and in the IDX format. */
import { z } from 'zod';
import { count } from '../numbers.ts';
import { classes, type DataShape, defineData, type NamedFile, path, uploaded } from './common.ts';

const arrays = {
  ...uploaded,
  shape: z.array(count()).min(1).max(4).describe('Shape of one example.'),
  classes: classes().optional().describe('Number of classes; left out for regression.'),
  outputs: z.array(count()).min(1).max(4).optional().describe('Shape of one label of a regression; [1] when left out.'),
};

type Arrays = z.output<z.ZodObject<typeof arrays>>;

const shapeOf = ({ shape, classes: number, outputs }: Arrays): DataShape => ({
  input: shape,
  target: number === undefined ? { kind: 'values', shape: outputs ?? [1] } : { kind: 'class', classes: number },
});

const filesOf = ({ inputs, labels }: { inputs: string; labels?: string | undefined }): NamedFile[] => [
  { param: 'data.inputs', name: inputs },
  ...(labels === undefined ? [] : [{ param: 'data.labels', name: labels }]),
];

export const npy = defineData({
  type: 'npy',
  description: 'Arrays in two .npy files.',
  options: {
    inputs: path().describe(
      'An .npy file [examples, …] of float32, float64 or uint8, under the data folder of the service.',
    ),
    labels: path()
      .optional()
      .describe(
        'An .npy file: integers [examples] for classes, floats [examples] or [examples, …] for values. Only what is to be predicted may do without.',
      ),
    ...arrays,
  },
  scale: 'none',
  shape: shapeOf,
  files: filesOf,
});

export const npz = defineData({
  type: 'npz',
  description: "Arrays in one .npz file, as NumPy's savez and savez_compressed write it.",
  options: {
    file: path().describe('Under the data folder of the service.'),
    inputs: z.string().min(1).default('x').describe('Name of the array of the inputs.'),
    labels: z
      .string()
      .min(1)
      .nullable()
      .default('y')
      .describe('Name of the array of the labels; null where there are none, which only a predict job does without.'),
    ...arrays,
  },
  residentOnly: 'an .npz file is unpacked in memory; save the arrays as two .npy files',
  scale: 'none',
  shape: shapeOf,
  files: (o) => [{ param: 'data.file', name: o.file }],
});

export const idx = defineData({
  type: 'idx',
  description: "Bytes in two files of the IDX format, MNIST's own.",
  options: {
    ...uploaded,
    inputs: path().describe('Bytes [examples, …], under the data folder of the service.'),
    labels: path().optional().describe('Bytes [examples]: the classes. Only what is to be predicted may do without.'),
    shape: z.array(count()).min(1).max(4).describe('Shape of one example.'),
    classes: classes(),
  },
  scale: 'unit',
  shape: shapeOf,
  files: filesOf,
});
