/** Flatten: [height, width, channels] -> [height · width · channels], row by row. */
import { size } from '../shape.ts';
import { defineLayer } from './define.ts';

export const flatten = defineLayer({
  type: 'flatten',
  description: 'Lays all axes in one row: [height, width, channels] -> [features].',
  options: {},
  infer: (input) => [size(input)],
  build: (tfLayers, _o, { name, inputShape }) =>
    tfLayers.flatten({ name, ...(inputShape && { inputShape: [...inputShape] }) }),
});
