/** Layers that move values about: reshape, permute, repeat, pad, crop, enlarge. */
import { z } from 'zod';
import { count, pair } from '../numbers.ts';
import { formatShape, ShapeMismatch, size } from '../shape.ts';
import { defineLayer, needs } from './define.ts';

export const reshape = defineLayer({
  type: 'reshape',
  description: 'The same values in another shape, row by row.',
  options: { shape: z.array(count()).min(1).max(4).describe('The new shape.') },
  infer: (input, o) => {
    if (size(input) !== size(o.shape))
      throw new ShapeMismatch(input, `${size(o.shape)} values for ${formatShape(o.shape)}`);
    return o.shape;
  },
  build: (tfLayers, o, { base }) => tfLayers.reshape({ ...base, targetShape: o.shape }),
});

export const permute = defineLayer({
  type: 'permute',
  description: 'Axes in another order.',
  options: { order: z.array(count()).min(1).max(4).describe('Which axis comes where, from 1, as in [2, 1].') },
  infer: (input, o) => {
    const wanted = input.map((_side, axis) => axis + 1);
    if ([...o.order].sort().join() !== wanted.join())
      throw new ShapeMismatch(input, `${o.order.length} axes for the order ${formatShape(o.order)}`);
    return o.order.map((axis) => input[axis - 1]!);
  },
  build: (tfLayers, o, { base }) => tfLayers.permute({ ...base, dims: o.order }),
});

export const repeatVector = defineLayer({
  type: 'repeat-vector',
  description: 'The input so many times: [features] -> [times, features].',
  options: { times: count() },
  infer: (input, o) => {
    needs(input, ['features']);
    return [o.times, ...input];
  },
  build: (tfLayers, o, { base }) => tfLayers.repeatVector({ ...base, n: o.times }),
});

const edges = z
  .tuple([z.int().min(0), z.int().min(0), z.int().min(0), z.int().min(0)])
  .describe('Rows and columns at the top, bottom, left and right.');

export const zeroPadding2d = defineLayer({
  type: 'zero-padding2d',
  description: 'Zeros around the image.',
  options: { edges },
  infer: (input, { edges: [top, bottom, left, right] }) => {
    needs(input, ['height', 'width', 'channels']);
    return [input[0]! + top + bottom, input[1]! + left + right, input[2]!];
  },
  build: (tfLayers, { edges: [top, bottom, left, right] }, { base }) =>
    tfLayers.zeroPadding2d({
      ...base,
      padding: [
        [top, bottom],
        [left, right],
      ],
    }),
});

export const cropping2d = defineLayer({
  type: 'cropping2d',
  description: 'The image without its edges.',
  options: { edges },
  infer: (input, { edges: [top, bottom, left, right] }) => {
    needs(input, ['height', 'width', 'channels']);
    const shape = [input[0]! - top - bottom, input[1]! - left - right, input[2]!];
    if (shape.some((side) => side < 1)) throw new ShapeMismatch(input, 'more rows and columns than are cut off');
    return shape;
  },
  build: (tfLayers, { edges: [top, bottom, left, right] }, { base }) =>
    tfLayers.cropping2D({
      ...base,
      cropping: [
        [top, bottom],
        [left, right],
      ],
    }),
});

export const upSampling2d = defineLayer({
  type: 'up-sampling2d',
  description: 'Every pixel repeated: [height, width, channels] -> [height · factor, width · factor, channels].',
  options: {
    factor: pair().default([2, 2]).describe('How many times higher and wider.'),
  },
  infer: (input, o) => {
    needs(input, ['height', 'width', 'channels']);
    return [input[0]! * o.factor[0], input[1]! * o.factor[1], input[2]!];
  },
  build: (tfLayers, o, { base }) => tfLayers.upSampling2d({ ...base, size: o.factor }),
});
