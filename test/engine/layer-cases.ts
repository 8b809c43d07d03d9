/** A small model around every layer of the registry. */
import type { TrainSpecInput } from '@anneal/schemas';
import { dense } from './small-task.ts';

export type Layers = NonNullable<TrainSpecInput['model']['layers']>;

const image = [8, 8, 2];
const sequence = [5, 4];
export const flat = { type: 'flatten' as const };
const cells = { units: 3 };

/** By what it shows: the shape of an example, and layers that end in a flat shape or are flattened. */
export const layerCases: Record<string, { input: number[]; layers: Layers }> = {
  dense: {
    input: [6],
    layers: [{ type: 'dense', units: 5, activation: 'selu', initializer: 'lecun-normal', bias: false }],
  },
  'dense, every step': { input: sequence, layers: [{ type: 'dense', units: 5, activation: 'gelu', everyStep: true }] },
  'hierarchical-softmax': { input: [6], layers: [{ type: 'hierarchical-softmax', units: 5 }] },
  maxout: { input: [6], layers: [{ type: 'maxout', units: 4, pieces: 3 }] },
  conv1d: { input: sequence, layers: [{ type: 'conv1d', filters: 3, kernelSize: 2, strides: 2, activation: 'relu' }] },
  conv2d: {
    input: image,
    layers: [{ type: 'conv2d', filters: 3, kernelSize: [3, 2], strides: [2, 1], padding: 'same' }],
  },
  conv3d: { input: [4, 4, 4, 2], layers: [{ type: 'conv3d', filters: 3, kernelSize: 2, activation: 'tanh' }] },
  'conv2d-transpose': { input: image, layers: [{ type: 'conv2d-transpose', filters: 3, kernelSize: 3, strides: 2 }] },
  'conv2d-transpose, same': {
    input: image,
    layers: [{ type: 'conv2d-transpose', filters: 3, kernelSize: 3, strides: 2, padding: 'same' }],
  },
  'depthwise-conv2d': { input: image, layers: [{ type: 'depthwise-conv2d', kernelSize: 3, depthMultiplier: 2 }] },
  'separable-conv2d': {
    input: image,
    layers: [{ type: 'separable-conv2d', filters: 5, kernelSize: 3, depthMultiplier: 2 }],
  },
  'max-pooling1d': { input: sequence, layers: [{ type: 'max-pooling1d' }] },
  'average-pooling1d': {
    input: sequence,
    layers: [{ type: 'average-pooling1d', poolSize: 3, strides: 1, padding: 'same' }],
  },
  'max-pooling2d': { input: image, layers: [{ type: 'max-pooling2d', poolSize: 3, padding: 'same' }] },
  'average-pooling2d': { input: image, layers: [{ type: 'average-pooling2d' }] },
  'max-pooling3d': { input: [4, 4, 4, 2], layers: [{ type: 'max-pooling3d' }] },
  'average-pooling3d': { input: [4, 4, 4, 2], layers: [{ type: 'average-pooling3d' }] },
  'global-max-pooling1d': { input: sequence, layers: [{ type: 'global-max-pooling1d' }] },
  'global-average-pooling1d': { input: sequence, layers: [{ type: 'global-average-pooling1d' }] },
  'global-max-pooling2d': { input: image, layers: [{ type: 'global-max-pooling2d' }] },
  'global-average-pooling2d': { input: image, layers: [{ type: 'global-average-pooling2d' }] },
  flatten: { input: image, layers: [flat] },
  reshape: { input: [6], layers: [{ type: 'reshape', shape: [3, 2] }] },
  permute: { input: sequence, layers: [{ type: 'permute', order: [2, 1] }] },
  'repeat-vector': { input: [6], layers: [{ type: 'repeat-vector', times: 3 }] },
  'zero-padding2d': { input: image, layers: [{ type: 'zero-padding2d', edges: [1, 2, 0, 1] }] },
  cropping2d: { input: image, layers: [{ type: 'cropping2d', edges: [1, 2, 0, 1] }] },
  'up-sampling2d': { input: image, layers: [{ type: 'up-sampling2d', factor: [2, 3] }] },
  dropout: { input: [6], layers: [dense(8), { type: 'dropout', rate: 0.4 }] },
  'gaussian-noise': { input: [6], layers: [dense(8), { type: 'gaussian-noise', deviation: 0.3 }] },
  'gaussian-dropout': { input: [6], layers: [dense(8), { type: 'gaussian-dropout', rate: 0.3 }] },
  'alpha-dropout': { input: [6], layers: [dense(8), { type: 'alpha-dropout', rate: 0.3 }] },
  'spatial-dropout1d': { input: sequence, layers: [{ type: 'spatial-dropout1d', rate: 0.4 }] },
  'batch-normalization': { input: image, layers: [{ type: 'batch-normalization', momentum: 0.8 }] },
  'layer-normalization': { input: sequence, layers: [{ type: 'layer-normalization' }] },
  activation: {
    input: [6],
    layers: [
      { ...dense(8), activation: 'swish' },
      { ...dense(8), activation: 'mish' },
      { type: 'activation', function: 'softsign' },
    ],
  },
  'leaky-relu': { input: [6], layers: [dense(8), { type: 'leaky-relu', alpha: 0.2 }] },
  prelu: { input: [6], layers: [dense(8), { type: 'prelu' }] },
  embedding: { input: [5], layers: [{ type: 'embedding', vocabulary: 3, size: 4 }] },
  'simple-rnn': { input: sequence, layers: [{ type: 'simple-rnn', ...cells }] },
  lstm: { input: sequence, layers: [{ type: 'lstm', ...cells, returnSequences: true }] },
  'lstm, without bias': {
    input: sequence,
    layers: [{ type: 'lstm', ...cells, bias: false, recurrentActivation: 'hard-sigmoid' }],
  },
  gru: { input: sequence, layers: [{ type: 'gru', ...cells }] },
  'conv-lstm2d': {
    input: [3, 5, 6, 2],
    layers: [{ type: 'conv-lstm2d', filters: 2, kernelSize: [2, 3], strides: [1, 2], returnSequences: true }],
  },
  bidirectional: { input: sequence, layers: [{ type: 'bidirectional', cell: 'lstm', ...cells }] },
  'bidirectional, added': {
    input: sequence,
    layers: [{ type: 'bidirectional', cell: 'gru', join: 'add', ...cells, returnSequences: true }],
  },
  add: {
    input: [6],
    layers: [
      { ...dense(6, 'relu'), name: 'inner' },
      { type: 'add', inputs: ['input', 'inner'] },
    ],
  },
  dot: {
    input: [6],
    layers: [
      { ...dense(6, 'tanh'), name: 'inner' },
      { type: 'dot', inputs: ['input', 'inner'], normalize: true },
      dense(4),
    ],
  },
  ...Object.fromEntries(
    (['multiply', 'average', 'maximum', 'minimum', 'concatenate'] as const).map((type) => [
      type,
      {
        input: [6],
        layers: [
          { ...dense(4, 'tanh'), name: 'left' },
          { ...dense(4, 'tanh'), name: 'right', inputs: ['input'] },
          { type, inputs: ['left', 'right'] },
        ] satisfies Layers,
      },
    ]),
  ),
};
