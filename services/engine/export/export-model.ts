/** The trained model as artifacts: a TF.js LayersModel, a SavedModel, safetensors; and what a caller has to know to feed them. */
import type { io } from '@tensorflow/tfjs';
import type { DataSet } from '../data/data-set.ts';
import { writeSafetensors } from '../formats/safetensors.ts';
import type { BuiltModel } from '../model/build.ts';
import type { State } from '../plan/plan.ts';
import { scoped, tf } from '../tensorflow.ts';
import { frozenGraph } from './frozen-graph.ts';

export interface ExportedFile {
  readonly name: string;
  readonly contentType: string;
  readonly bytes: Uint8Array;
}

export interface Exported {
  readonly files: readonly ExportedFile[];
  /** Set if the SavedModel takes one batch size only. */
  readonly fixedBatch: number | null;
}

const BINARY = 'application/octet-stream';

export async function exportModel(built: BuiltModel, weights: State, data: DataSet): Promise<Exported> {
  scoped(() => {
    for (const { name, shape, variable } of built.weights) variable.assign(tf.tensor(weights.get(name)!, [...shape]));
  });
  const inputShape = data.inputs.shape.slice(1);
  const frozen = frozenGraph(built, inputShape);
  const tensors = built.weights.map(({ name, shape }) => ({
    name,
    dtype: 'F32' as const,
    shape: [...shape],
    values: weights.get(name)!,
  }));
  return {
    files: [
      ...(await layersModel(built)),
      { name: 'saved_model/saved_model.pb', contentType: BINARY, bytes: frozen.bytes },
      { name: 'weights.safetensors', contentType: BINARY, bytes: writeSafetensors(tensors, { producer: 'anneal' }) },
    ],
    fixedBatch: frozen.batch,
  };
}

/** What a caller has to do to an example before the model gets it. Known before training. */
export function preprocessingFile(data: DataSet): ExportedFile {
  const preprocessing = {
    inputShape: data.inputs.shape.slice(1),
    steps: data.preprocessing ?? [],
    scale: data.scale,
    classNames: data.classNames ?? null,
  };
  return { name: 'model/preprocessing.json', contentType: 'application/json', bytes: json(preprocessing) };
}

/** `model/model.json` and `model/weights.bin`, as `tf.loadLayersModel` reads them. */
async function layersModel(built: BuiltModel): Promise<ExportedFile[]> {
  let saved: io.ModelArtifacts | undefined;
  await built.model.save({
    save: async (artifacts) => {
      saved = artifacts;
      return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' } };
    },
  });
  const { modelTopology, weightSpecs, weightData, format, generatedBy, convertedBy } = saved!;
  const buffers = Array.isArray(weightData) ? weightData : [weightData!];
  const manifest = [{ paths: ['weights.bin'], weights: weightSpecs }];
  return [
    {
      name: 'model/model.json',
      contentType: 'application/json',
      bytes: json({ format, generatedBy, convertedBy, modelTopology, weightsManifest: manifest }),
    },
    {
      name: 'model/weights.bin',
      contentType: BINARY,
      bytes: Buffer.concat(buffers.map((buffer) => Buffer.from(buffer))),
    },
  ];
}

const json = (value: unknown): Uint8Array => Buffer.from(`${JSON.stringify(value, null, 2)}\n`);
