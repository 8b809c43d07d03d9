/** Flatten: [height, width, channels] -> [height · width · channels], row by row. */
import { size } from '../shape.ts';
import { defineLayer } from './define.ts';

export const flatten = defineLayer({
  type: 'flatten',
  description: 'Lays all axes in one row: [height, width, channels] -> [features].',
  options: {},
  infer: (input) => [size(input)],
  // TF.js's flatten refuses what is flat already.
  build: (tfLayers, _o, { input, base }) =>
    input.length > 1 ? tfLayers.flatten({ ...base }) : tfLayers.reshape({ ...base, targetShape: [...input] }),
});
