/** The mean of each window, channel by channel. */
import { pair } from '../numbers.ts';
import { defineLayer } from './define.ts';
import { padding, slideWindow } from './window.ts';

export const averagePooling2d = defineLayer({
  type: 'average-pooling2d',
  description: 'The mean of each window, channel by channel.',
  options: {
    poolSize: pair().default([2, 2]).describe('Height and width of the window.'),
    strides: pair().optional().describe('Step of the window; the pool size when left out.'),
    padding,
  },
  infer: (input, o) => slideWindow(input, o.poolSize, o.strides ?? o.poolSize, o.padding),
  build: (tfLayers, o, { name, inputShape }) =>
    tfLayers.averagePooling2d({
      poolSize: o.poolSize,
      strides: o.strides ?? o.poolSize,
      padding: o.padding,
      name,
      ...(inputShape && { inputShape: [...inputShape] }),
    }),
});
