/** The largest value of each window, channel by channel. */
import { pair } from '../numbers.ts';
import { defineLayer } from './define.ts';
import { padding, slideWindow } from './window.ts';

export const maxPooling2d = defineLayer({
  type: 'max-pooling2d',
  description: 'The largest value of each window, channel by channel.',
  options: {
    poolSize: pair().default([2, 2]).describe('Height and width of the window.'),
    strides: pair().optional().describe('Step of the window; the pool size when left out.'),
    padding,
  },
  infer: (input, o) => slideWindow(input, o.poolSize, o.strides ?? o.poolSize, o.padding),
  build: (tfLayers, o, { name, inputShape }) =>
    tfLayers.maxPooling2d({
      poolSize: o.poolSize,
      strides: o.strides ?? o.poolSize,
      padding: o.padding,
      name,
      ...(inputShape && { inputShape: [...inputShape] }),
    }),
});
