/** Layers that join several inputs: elementwise sum, product, mean, largest or smallest of equal shapes, or one beside the other. */
import { z } from 'zod';
import { type Shape, ShapeMismatch } from '../shape.ts';
import { defineMerge, needs, type TensorFlowLayer } from './define.ts';

const elementwise = <const Type extends 'add' | 'multiply' | 'average' | 'maximum' | 'minimum'>(
  type: Type,
  what: string,
) =>
  defineMerge({
    type,
    description: `The ${what} of its inputs, element by element; all have one shape.`,
    options: {},
    infer: (inputs) => {
      const [first, ...others] = inputs as [Shape, ...Shape[]];
      const odd = others.find((shape) => shape.join() !== first.join());
      if (odd) throw new ShapeMismatch(odd, `the shape of its first input, [${first.join(', ')}]`);
      return first;
    },
    build: (tfLayers, _o, { base }) =>
      (tfLayers as unknown as Record<string, (config: unknown) => TensorFlowLayer>)[type]!({ ...base }),
  });

export const add = elementwise('add', 'sum');
export const multiply = elementwise('multiply', 'product');
export const average = elementwise('average', 'mean');
export const maximum = elementwise('maximum', 'largest');
export const minimum = elementwise('minimum', 'smallest');

export const concatenate = defineMerge({
  type: 'concatenate',
  description: 'Its inputs one after the other along the last axis; the other axes are equal.',
  options: {},
  infer: (inputs) => {
    const [first, ...others] = inputs as [Shape, ...Shape[]];
    const lead = first.slice(0, -1);
    const odd = others.find((shape) => shape.slice(0, -1).join() !== lead.join());
    if (odd) throw new ShapeMismatch(odd, `[${[...lead, 'any'].join(', ')}] as its first input has`);
    return [...lead, inputs.reduce((sum, shape) => sum + (shape.at(-1) ?? 0), 0)];
  },
  build: (tfLayers, _o, { base }) => tfLayers.concatenate({ ...base, axis: -1 }),
});

export const dot = defineMerge({
  type: 'dot',
  description: 'The scalar product of its two inputs, [features] each: [1].',
  options: {
    normalize: z.boolean().default(false).describe('Of the inputs brought to length 1: their cosine.'),
  },
  infer: (inputs) => {
    const [first, second] = inputs as [Shape, Shape];
    if (inputs.length > 2) throw new ShapeMismatch(inputs[2]!, 'two inputs, no third');
    needs(first, ['features'], 'put a flatten layer before it');
    if (second.join() !== first.join())
      throw new ShapeMismatch(second, `the shape of its first input, [${first.join(', ')}]`);
    return [1];
  },
  multiplyAdds: ([features = 0]) => features,
  build: (tfLayers, o, { base }) => tfLayers.dot({ ...base, axes: -1, normalize: o.normalize }),
});
