/** Published sets of images, fetched and cached by the service, and folders of images. */
import { z } from 'zod';
import { pair } from '../numbers.ts';
import { defineData, path, uploaded } from './common.ts';

const grey28 = () => ({ input: [28, 28, 1], target: { kind: 'class' as const, classes: 10 } });

const publishedSet = 'the published set takes 55 MB';

export const fashionMnist = defineData({
  type: 'fashion-mnist',
  description: '70,000 grey images [28, 28, 1] of clothes in 10 classes (Xiao et al. 2017).',
  options: {},
  scale: 'unit',
  shape: grey28,
  rows: () => ({ rows: 70_000, publishedTest: 10_000 }),
  residentOnly: publishedSet,
});

export const mnist = defineData({
  type: 'mnist',
  description: 'Grey images [28, 28, 1] of handwritten digits in 10 classes (LeCun et al. 1998).',
  options: {},
  scale: 'unit',
  shape: grey28,
  rows: () => ({ rows: 70_000, publishedTest: 10_000 }),
  residentOnly: publishedSet,
});

export const cifar10 = defineData({
  type: 'cifar-10',
  description:
    '60,000 colour images [32, 32, 3] of things and animals in 10 classes (Krizhevsky 2009), fetched from their publisher: 170 MB.',
  options: {},
  scale: 'unit',
  shape: () => ({ input: [32, 32, 3], target: { kind: 'class', classes: 10 } }),
  rows: () => ({ rows: 60_000, publishedTest: 10_000 }),
  residentOnly: 'the published set takes 184 MB',
});

export const images = defineData({
  type: 'images',
  description: 'PNG and JPEG files, in one folder a class: FOLDER/cat/1.png, FOLDER/dog/7.jpg.',
  options: {
    ...uploaded,
    folder: path().describe('Under the data folder of the service.'),
    size: pair().describe('Height and width that every image has.'),
    channels: z
      .union([z.literal(1), z.literal(3)])
      .default(3)
      .describe('1 reads grey, 3 colours.'),
    classes: z
      .array(z.string().min(1))
      .min(2)
      .optional()
      .describe(
        'Names of the folders, in the order of the classes. Left out, the images lie in the folder itself, in the order of their names, and have no labels: only what is to be predicted may do without.',
      ),
  },
  scale: 'unit',
  shape: (o) => ({
    input: [...o.size, o.channels],
    target: o.classes ? { kind: 'class', classes: o.classes.length } : { kind: 'values', shape: [0] },
  }),
});

export const cifarClasses = { 'cifar-10': 10, 'cifar-100-coarse': 20, 'cifar-100-fine': 100 } as const;
export type CifarLabels = keyof typeof cifarClasses;

export const cifar = defineData({
  type: 'cifar',
  description:
    "Colour images [32, 32, 3] in CIFAR's binary format (Krizhevsky 2009): data_batch_1.bin … of CIFAR-10, train.bin of CIFAR-100, as their publisher has them at https://www.cs.toronto.edu/~kriz/cifar.html.",
  options: {
    ...uploaded,
    files: z.array(path()).min(1).max(100).describe('Files to train on, under the data folder of the service.'),
    testFiles: z.array(path()).max(100).default([]).describe('Files that their publisher set aside to test on.'),
    labels: z
      .enum(['cifar-10', 'cifar-100-coarse', 'cifar-100-fine'])
      .default('cifar-10')
      .describe('Which labels the records have, and of CIFAR-100 which of both to learn.'),
  },
  residentOnly: 'the published files take 184 MB',
  scale: 'unit',
  shape: (o) => ({ input: [32, 32, 3], target: { kind: 'class', classes: cifarClasses[o.labels] } }),
  files: (o) => [
    ...o.files.map((name, i) => ({ param: `data.files[${i}]`, name })),
    ...o.testFiles.map((name, i) => ({ param: `data.testFiles[${i}]`, name })),
  ],
});
