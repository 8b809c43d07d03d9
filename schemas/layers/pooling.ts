/** The poolings, which differ in what they take of a window and over how many axes it slides. */
import { count, pair, triple } from '../numbers.ts';
import { defineLayer, needs, type TensorFlowLayer, type TensorFlowLayers } from './define.ts';
import { padding, slideWindow } from './window.ts';

const what = { max: 'largest value', average: 'mean' } as const;
type Kind = keyof typeof what;

type Maker = (config: unknown) => TensorFlowLayer;
const maker = (tfLayers: TensorFlowLayers, name: string): Maker =>
  (tfLayers as unknown as Record<string, Maker>)[name]!.bind(tfLayers);

export const pooling1d = <const K extends Kind>(kind: K) =>
  defineLayer({
    type: `${kind}-pooling1d`,
    description: `The ${what[kind]} of each window, channel by channel: [steps, channels] -> [steps, channels].`,
    options: {
      poolSize: count().default(2).describe('Length of the window.'),
      strides: count().optional().describe('Step of the window; the pool size when left out.'),
      padding,
    },
    infer: (input, o) => slideWindow(input, [o.poolSize], [o.strides ?? o.poolSize], o.padding),
    build: (tfLayers, o, { base }) =>
      maker(tfLayers, `${kind}Pooling1d`)({ ...base, ...o, strides: o.strides ?? o.poolSize }),
  });

export const pooling2d = <const K extends Kind>(kind: K) =>
  defineLayer({
    type: `${kind}-pooling2d`,
    description: `The ${what[kind]} of each window, channel by channel.`,
    options: {
      poolSize: pair().default([2, 2]).describe('Height and width of the window.'),
      strides: pair().optional().describe('Step of the window; the pool size when left out.'),
      padding,
    },
    infer: (input, o) => slideWindow(input, o.poolSize, o.strides ?? o.poolSize, o.padding),
    build: (tfLayers, o, { base }) =>
      maker(
        tfLayers,
        `${kind}Pooling2d`,
      )({ ...base, poolSize: o.poolSize, strides: o.strides ?? o.poolSize, padding: o.padding }),
  });

export const pooling3d = <const K extends Kind>(kind: K) =>
  defineLayer({
    type: `${kind}-pooling3d`,
    description: `The ${what[kind]} of each window, channel by channel: [depth, height, width, channels].`,
    options: {
      poolSize: triple().default([2, 2, 2]).describe('Depth, height and width of the window.'),
      strides: triple().optional().describe('Step of the window; the pool size when left out.'),
      padding,
    },
    infer: (input, o) => slideWindow(input, o.poolSize, o.strides ?? o.poolSize, o.padding),
    build: (tfLayers, o, { base }) =>
      maker(
        tfLayers,
        `${kind}Pooling3d`,
      )({ ...base, poolSize: o.poolSize, strides: o.strides ?? o.poolSize, padding: o.padding }),
  });

export const globalPooling1d = <const K extends Kind>(kind: K) =>
  defineLayer({
    type: `global-${kind}-pooling1d`,
    description: `The ${what[kind]} over all steps, channel by channel: [steps, channels] -> [channels].`,
    options: {},
    infer: (input) => {
      needs(input, ['steps', 'channels']);
      return input.slice(-1);
    },
    build: (tfLayers, _o, { base }) =>
      maker(tfLayers, `global${kind === 'max' ? 'Max' : 'Average'}Pooling1d`)({ ...base }),
  });

export const globalPooling2d = <const K extends Kind>(kind: K) =>
  defineLayer({
    type: `global-${kind}-pooling2d`,
    description: `The ${what[kind]} over the whole image, channel by channel: [height, width, channels] -> [channels].`,
    options: {},
    infer: (input) => {
      needs(input, ['height', 'width', 'channels']);
      return input.slice(-1);
    },
    build: (tfLayers, _o, { base }) =>
      maker(tfLayers, `global${kind === 'max' ? 'Max' : 'Average'}Pooling2d`)({ ...base }),
  });
