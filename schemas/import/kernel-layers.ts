/** Keras's layers with kernels: dense, convolutional and recurrent ones. */
import type { Shape } from '../shape.ts';
import { readActivation, readConstraint, readInitializer, readRegularization } from './kernel.ts';
import { described, LayerConfig, show } from './layer-config.ts';

export interface Source {
  readonly config: LayerConfig;
  /** Shapes of its inputs. */
  readonly inputs: readonly Shape[];
  readonly keras3: boolean;
}

/** Anneal's own layer, to be validated. */
export type Translation = { readonly type: string } & Record<string, unknown>;

export type Translate = (source: Source) => Translation;

const upTo = (length: number): number[] => Array.from({ length }, (_none, axis) => axis);

/** Activation, bias, start, regularisation and constraint. `kernel` has `rank` axes. */
function kernelOptions({ config: c, keras3 }: Source, kernel: string, rank: number) {
  c.only('biasRegularizer', []);
  c.only('activityRegularizer', []);
  c.only('biasConstraint', []);
  const bias = readInitializer(c, 'biasInitializer') as { value?: number } | string | null;
  return {
    activation: readActivation(c, 'activation', 'linear', keras3),
    bias: c.flag('useBias', true),
    initializer: readInitializer(c, `${kernel}Initializer`),
    initialBias: typeof bias === 'object' ? bias?.value : bias === 'ones' ? 1 : undefined,
    regularization: readRegularization(c, [`${kernel}Regularizer`]),
    constraint: readConstraint(c, [`${kernel}Constraint`], upTo(rank - 1)),
  };
}

const NO_DILATION = "TF.js can't differentiate it";

/** Window, padding and layout of a convolution. */
function windowOptions({ config: c }: Source, axes: number) {
  c.only('dataFormat', ['channels_last']);
  c.only('dilationRate', [1, Array(axes).fill(1)], NO_DILATION);
  c.only('groups', [1]);
  return {
    kernelSize: single(c.sides('kernelSize', axes)),
    strides: single(c.sides('strides', axes, Array(axes).fill(1))),
    padding: paddingOf(c),
  };
}

const single = (sides: number[]) => (sides.length === 1 ? sides[0] : sides);

export function paddingOf(c: LayerConfig): string {
  const padding = c.text('padding', 'valid').toLowerCase();
  return padding === 'same' || padding === 'valid'
    ? padding
    : c.refuse(`padding is '${padding}'; TF.js has same and valid`);
}

const convolution =
  (type: string, axes: number): Translate =>
  (source) => {
    const filters = source.config.number('filters');
    source.config.only('outputPadding', []);
    return { type, filters, ...windowOptions(source, axes), ...kernelOptions(source, 'kernel', axes + 2) };
  };

const depthwise: Translate = (source) => {
  const { config: c } = source;
  for (const key of ['kernelInitializer', 'kernelRegularizer', 'kernelConstraint']) c.take(key);
  c.only('depthwiseConstraint', [], 'its norm is of no output alone');
  const depthMultiplier = c.number('depthMultiplier', 1);
  return {
    type: 'depthwise-conv2d',
    depthMultiplier,
    ...windowOptions(source, 2),
    ...kernelOptions(source, 'depthwise', 4),
  };
};

const separable: Translate = (source) => {
  const { config: c } = source;
  for (const key of ['kernelInitializer', 'kernelRegularizer', 'kernelConstraint']) c.take(key);
  c.only('depthwiseConstraint', []);
  c.only('pointwiseConstraint', []);
  const regularization = readRegularization(c, ['depthwiseRegularizer', 'pointwiseRegularizer']);
  c.take('pointwiseInitializer');
  const options = { filters: c.number('filters'), depthMultiplier: c.number('depthMultiplier', 1) };
  const kernel = { ...kernelOptions(source, 'depthwise', 4), regularization };
  return { type: 'separable-conv2d', ...options, ...windowOptions(source, 2), ...kernel };
};

const dense: Translate = (source) => {
  const units = source.config.number('units');
  const everyStep = source.inputs[0]!.length === 2;
  return { type: 'dense', units, everyStep, ...kernelOptions(source, 'kernel', 2) };
};

const distributed: Translate = (source) => {
  const inner = described(source.config.take('layer'));
  if (inner?.className !== 'Dense')
    return source.config.refuse(`its layer is ${inner?.className}; Anneal distributes Dense alone`);
  const config = new LayerConfig('Dense', source.config.name, inner.config);
  const made = dense({ ...source, config });
  config.end();
  return { ...made, everyStep: true };
};

/** What the recurrent layers share. */
function recurrentOptions(source: Source, rank: number) {
  const { config: c, keras3 } = source;
  for (const key of ['returnState', 'goBackwards', 'stateful', 'timeMajor']) c.only(key, [false]);
  for (const key of ['dropout', 'recurrentDropout']) c.only(key, [0]);
  c.only('resetAfter', [false], 'TF.js resets before the product alone (reset_after=False)');
  const regularization = readRegularization(c, ['kernelRegularizer', 'recurrentRegularizer']);
  const constraint = readConstraint(c, ['kernelConstraint', 'recurrentConstraint'], upTo(rank - 1));
  const gated = c.className !== 'SimpleRNN';
  return {
    returnSequences: c.flag('returnSequences', false),
    ...(gated && { recurrentActivation: readActivation(c, 'recurrentActivation', 'sigmoid', keras3) }),
    recurrentInitializer: readInitializer(c, 'recurrentInitializer'),
    ...kernelOptions(source, 'kernel', rank),
    initialBias: undefined,
    regularization,
    constraint,
  };
}

const recurrent =
  (type: string): Translate =>
  (source) => ({ type, units: source.config.number('units'), ...recurrentOptions(source, 2) });

const convolutionalLstm: Translate = (source) => {
  const filters = source.config.number('filters');
  return { type: 'conv-lstm2d', filters, ...windowOptions(source, 2), ...recurrentOptions(source, 4) };
};

const cells = new Map([
  ['SimpleRNN', 'simple-rnn'],
  ['LSTM', 'lstm'],
  ['GRU', 'gru'],
]);
const joins = new Map([
  ['concat', 'concatenate'],
  ['sum', 'add'],
  ['mul', 'multiply'],
  ['ave', 'average'],
]);

const bidirectional: Translate = (source) => {
  const { config: c } = source;
  const inner = described(c.take('layer'));
  const backward = described(c.take('backwardLayer'));
  const cell = cells.get(inner?.className ?? '');
  if (!inner || !cell) return c.refuse(`its layer is ${inner?.className}; Anneal has ${[...cells.keys()].join(', ')}`);
  const alike = ({ name, go_backwards, ...rest }: Record<string, unknown>) => JSON.stringify(rest);
  if (backward && alike(backward.config) !== alike(inner.config)) c.refuse('its two layers differ');
  const mode = c.take('mergeMode') ?? 'concat';
  const join =
    joins.get(String(mode)) ?? c.refuse(`mergeMode is ${show(mode)}; Anneal has ${[...joins.keys()].join(', ')}`);
  const config = new LayerConfig(inner.className, c.name, inner.config);
  const { type: _type, ...options } = recurrent(cell)({ ...source, config });
  config.end();
  return { type: 'bidirectional', cell, join, ...options };
};

const embedding: Translate = ({ config: c }) => {
  c.only('maskZero', [false], 'Anneal has no masks');
  for (const key of ['embeddingsRegularizer', 'activityRegularizer', 'embeddingsConstraint']) c.only(key, []);
  const initializer = readInitializer(c, 'embeddingsInitializer');
  return { type: 'embedding', vocabulary: c.number('inputDim'), size: c.number('outputDim'), initializer };
};

export const kernelLayers: ReadonlyMap<string, Translate> = new Map([
  ['Dense', dense],
  ['TimeDistributed', distributed],
  ['Conv1D', convolution('conv1d', 1)],
  ['Conv2D', convolution('conv2d', 2)],
  ['Conv3D', convolution('conv3d', 3)],
  ['Conv2DTranspose', convolution('conv2d-transpose', 2)],
  ['DepthwiseConv2D', depthwise],
  ['SeparableConv2D', separable],
  ['SimpleRNN', recurrent('simple-rnn')],
  ['LSTM', recurrent('lstm')],
  ['GRU', recurrent('gru')],
  ['ConvLSTM2D', convolutionalLstm],
  ['Bidirectional', bidirectional],
  ['Embedding', embedding],
]);
