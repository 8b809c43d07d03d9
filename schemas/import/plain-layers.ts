/** Keras's layers without kernels: pooling, reshaping, normalisation, noise, activations and merges. */
import { refusedFields } from '../layers/refused.ts';
import { type Shape, size } from '../shape.ts';
import { readActivation, readInitializer } from './kernel.ts';
import { paddingOf, type Translate } from './kernel-layers.ts';
import { type LayerConfig, show } from './layer-config.ts';

const channelsLast = (c: LayerConfig) => c.only('dataFormat', ['channels_last']);

const pooling =
  (kind: string, axes: number): Translate =>
  ({ config: c }) => {
    channelsLast(c);
    const poolSize = c.sides('poolSize', axes, Array(axes).fill(2));
    const strides = c.sides('strides', axes, poolSize);
    const [pool, stride] = axes === 1 ? [poolSize[0], strides[0]] : [poolSize, strides];
    const own = poolSize.join() === strides.join() ? undefined : stride;
    return { type: `${kind}-pooling${axes}d`, poolSize: pool, strides: own, padding: paddingOf(c) };
  };

const globalPooling =
  (kind: string, axes: number): Translate =>
  ({ config: c }) => {
    channelsLast(c);
    c.only('keepdims', [false]);
    return { type: `global-${kind}-pooling${axes}d` };
  };

const reshape: Translate = ({ config: c, inputs: [input] }) => {
  const target = c.take('targetShape');
  if (!Array.isArray(target)) return c.refuse(`targetShape is ${show(target)}`);
  const known = size(target.filter((side) => side > 0));
  return { type: 'reshape', shape: target.map((side) => (side === -1 ? size(input!) / known : side)) };
};

/** One number for all edges, one for rows and one for columns, or pairs of them. */
function edgesOf(c: LayerConfig, key: string): number[] {
  const value = c.take(key) ?? 1;
  const [rows, columns] = Array.isArray(value) ? value : [value, value];
  const edges = [rows, columns].flatMap((pair: unknown) => (Array.isArray(pair) ? pair : [pair, pair]));
  return edges.length === 4 ? edges : c.refuse(`${key} is ${show(value)}`);
}

const edged =
  (type: string, key: string): Translate =>
  ({ config: c }) => {
    channelsLast(c);
    return { type, edges: edgesOf(c, key) };
  };

const upSampling: Translate = ({ config: c }) => {
  channelsLast(c);
  c.only('interpolation', ['nearest'], refusedFields.interpolation);
  return { type: 'up-sampling2d', factor: c.sides('size', 2, [2, 2]) };
};

const onLastAxis = (c: LayerConfig, input: Shape) => {
  const last = input.length;
  c.only('axis', [-1, [-1], last, [last]], 'Anneal normalises over the last axis');
};

const normalization =
  (type: string): Translate =>
  ({ config: c, inputs: [input] }) => {
    onLastAxis(c, input!);
    for (const key of ['center', 'scale']) c.only(key, [true], "TF.js can't train the layer without shift and scale");
    for (const key of ['rmsScaling', 'renorm']) c.only(key, [false]);
    for (const part of ['beta', 'gamma'])
      for (const what of ['Regularizer', 'Constraint']) c.only(`${part}${what}`, []);
    for (const part of ['beta', 'gamma', 'movingMean', 'movingVariance']) c.take(`${part}Initializer`);
    const epsilon = c.number('epsilon', 1e-3);
    return { type, epsilon, ...(type === 'batch-normalization' && { momentum: c.number('momentum', 0.99) }) };
  };

const dropout =
  (type: string): Translate =>
  ({ config: c }) => {
    c.only('noiseShape', []);
    return { type, rate: c.number('rate') };
  };

const relu: Translate = ({ config: c }) => {
  c.only('negativeSlope', [0]);
  c.only('threshold', [0]);
  const most = c.take('maxValue');
  if (most !== null && most !== 6) c.refuse(`maxValue is ${show(most)}; Anneal has none or 6`);
  return { type: 'activation', function: most === 6 ? 'relu6' : 'relu' };
};

const leakyRelu: Translate = ({ config: c }) => {
  const slope = c.take('negativeSlope');
  return { type: 'leaky-relu', alpha: slope ?? c.number('alpha', 0.3) };
};

const prelu: Translate = ({ config: c }) => {
  for (const key of ['alphaRegularizer', 'alphaConstraint', 'sharedAxes']) c.only(key, []);
  const start = readInitializer(c, 'alphaInitializer') as { value?: number } | string | null;
  const value = typeof start === 'object' ? start?.value : { zeros: 0, ones: 1 }[start];
  return { type: 'prelu', initialAlpha: value };
};

const softmax: Translate = ({ config: c, inputs: [input] }) => {
  c.only('axis', [-1, input!.length], 'Anneal takes it over the last axis');
  return { type: 'activation', function: 'softmax' };
};

const elu: Translate = ({ config: c }) => {
  c.only('alpha', [1]);
  return { type: 'activation', function: 'elu' };
};

const concatenate: Translate = ({ config: c, inputs: [first] }) => {
  c.only('axis', [-1, first!.length], 'Anneal joins along the last axis');
  return { type: 'concatenate' };
};

const dot: Translate = ({ config: c }) => {
  c.only('axes', [-1, 1, [1, 1], [-1, -1]]);
  return { type: 'dot', normalize: c.flag('normalize', false) };
};

const bare =
  (type: string): Translate =>
  ({ config: c }) => {
    channelsLast(c);
    return { type };
  };

export const plainLayers: ReadonlyMap<string, Translate> = new Map([
  ...(['max', 'average'] as const).flatMap((kind): [string, Translate][] => {
    const name = kind === 'max' ? 'Max' : 'Average';
    return [
      ...[1, 2, 3].map((axes): [string, Translate] => [`${name}Pooling${axes}D`, pooling(kind, axes)]),
      ...[1, 2].map((axes): [string, Translate] => [`Global${name}Pooling${axes}D`, globalPooling(kind, axes)]),
    ];
  }),
  ['Flatten', bare('flatten')],
  ['Reshape', reshape],
  ['Permute', ({ config: c }) => ({ type: 'permute', order: c.take('dims') })],
  ['RepeatVector', ({ config: c }) => ({ type: 'repeat-vector', times: c.number('n') })],
  ['ZeroPadding2D', edged('zero-padding2d', 'padding')],
  ['Cropping2D', edged('cropping2d', 'cropping')],
  ['UpSampling2D', upSampling],
  ['BatchNormalization', normalization('batch-normalization')],
  ['LayerNormalization', normalization('layer-normalization')],
  ['Dropout', dropout('dropout')],
  ['SpatialDropout1D', dropout('spatial-dropout1d')],
  ['GaussianDropout', dropout('gaussian-dropout')],
  ['AlphaDropout', dropout('alpha-dropout')],
  ['GaussianNoise', ({ config: c }) => ({ type: 'gaussian-noise', deviation: c.number('stddev') })],
  [
    'Activation',
    ({ config: c, keras3 }) => ({ type: 'activation', function: readActivation(c, 'activation', 'linear', keras3) }),
  ],
  ['ReLU', relu],
  ['LeakyReLU', leakyRelu],
  ['PReLU', prelu],
  ['ELU', elu],
  ['Softmax', softmax],
  ['Add', bare('add')],
  ['Multiply', bare('multiply')],
  ['Average', bare('average')],
  ['Maximum', bare('maximum')],
  ['Minimum', bare('minimum')],
  ['Concatenate', concatenate],
  ['Dot', dot],
]);
