/** The registry of layers: a new layer is one file here and its line below. */
import { z } from 'zod';
import { activation } from './activation.ts';
import { batchNormalization } from './batch-normalization.ts';
import { bidirectional } from './bidirectional.ts';
import { convLstm2d } from './conv-lstm2d.ts';
import { conv1d } from './conv1d.ts';
import { conv2d } from './conv2d.ts';
import { conv2dTranspose } from './conv2d-transpose.ts';
import { conv3d } from './conv3d.ts';
import type { LayerDefinition } from './define.ts';
import { dense } from './dense.ts';
import { depthwiseConv2d } from './depthwise-conv2d.ts';
import { dropout } from './dropout.ts';
import { embedding } from './embedding.ts';
import { flatten } from './flatten.ts';
import { hierarchicalSoftmax } from './hierarchical-softmax.ts';
import { layerNormalization } from './layer-normalization.ts';
import { maxout } from './maxout.ts';
import { add, average, concatenate, dot, maximum, minimum, multiply } from './merge.ts';
import { moduleLayer } from './module.ts';
import { alphaDropout, gaussianDropout, gaussianNoise, spatialDropout1d } from './noise.ts';
import { globalPooling1d, globalPooling2d, pooling1d, pooling2d, pooling3d } from './pooling.ts';
import { leakyRelu, prelu } from './rectifiers.ts';
import { gru, lstm, simpleRnn } from './recurrent.ts';
import { cropping2d, permute, repeatVector, reshape, upSampling2d, zeroPadding2d } from './reshaping.ts';
import { separableConv2d } from './separable-conv2d.ts';

export type { Constraint } from './kernel.ts';
export type { ModuleLayer } from './module.ts';

const maxPooling1d = pooling1d('max');
const averagePooling1d = pooling1d('average');
const maxPooling2d = pooling2d('max');
const averagePooling2d = pooling2d('average');
const maxPooling3d = pooling3d('max');
const averagePooling3d = pooling3d('average');
const globalMaxPooling1d = globalPooling1d('max');
const globalAveragePooling1d = globalPooling1d('average');
const globalMaxPooling2d = globalPooling2d('max');
const globalAveragePooling2d = globalPooling2d('average');

const registry = [
  dense,
  maxout,
  hierarchicalSoftmax,
  conv1d,
  conv2d,
  conv3d,
  conv2dTranspose,
  depthwiseConv2d,
  separableConv2d,
  maxPooling1d,
  averagePooling1d,
  maxPooling2d,
  averagePooling2d,
  maxPooling3d,
  averagePooling3d,
  globalMaxPooling1d,
  globalAveragePooling1d,
  globalMaxPooling2d,
  globalAveragePooling2d,
  flatten,
  reshape,
  permute,
  repeatVector,
  zeroPadding2d,
  cropping2d,
  upSampling2d,
  dropout,
  spatialDropout1d,
  gaussianNoise,
  gaussianDropout,
  alphaDropout,
  batchNormalization,
  layerNormalization,
  activation,
  leakyRelu,
  prelu,
  embedding,
  simpleRnn,
  lstm,
  gru,
  convLstm2d,
  bidirectional,
  add,
  multiply,
  average,
  maximum,
  minimum,
  concatenate,
  dot,
  moduleLayer,
] as const;

export const layer = z
  .discriminatedUnion('type', [
    dense.schema,
    maxout.schema,
    hierarchicalSoftmax.schema,
    conv1d.schema,
    conv2d.schema,
    conv3d.schema,
    conv2dTranspose.schema,
    depthwiseConv2d.schema,
    separableConv2d.schema,
    maxPooling1d.schema,
    averagePooling1d.schema,
    maxPooling2d.schema,
    averagePooling2d.schema,
    maxPooling3d.schema,
    averagePooling3d.schema,
    globalMaxPooling1d.schema,
    globalAveragePooling1d.schema,
    globalMaxPooling2d.schema,
    globalAveragePooling2d.schema,
    flatten.schema,
    reshape.schema,
    permute.schema,
    repeatVector.schema,
    zeroPadding2d.schema,
    cropping2d.schema,
    upSampling2d.schema,
    dropout.schema,
    spatialDropout1d.schema,
    gaussianNoise.schema,
    gaussianDropout.schema,
    alphaDropout.schema,
    batchNormalization.schema,
    layerNormalization.schema,
    activation.schema,
    leakyRelu.schema,
    prelu.schema,
    embedding.schema,
    simpleRnn.schema,
    lstm.schema,
    gru.schema,
    convLstm2d.schema,
    bidirectional.schema,
    add.schema,
    multiply.schema,
    average.schema,
    maximum.schema,
    minimum.schema,
    concatenate.schema,
    dot.schema,
    moduleLayer.schema,
  ])
  .meta({ id: 'Layer', description: 'One layer of the model.' });

export type Layer = z.output<typeof layer>;
export type LayerInput = z.input<typeof layer>;

export const layerDefinitions: ReadonlyMap<string, LayerDefinition> = new Map(
  registry.map((definition) => [definition.type, definition as unknown as LayerDefinition]),
);

export function layerDefinition(type: string): LayerDefinition {
  const definition = layerDefinitions.get(type);
  if (!definition) throw new Error(`layer '${type}' is not in the registry`);
  return definition;
}
