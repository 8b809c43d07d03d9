/**
 * The weights of a `model.json` of TF.js or of the TensorFlow.js converter, with the weight files it names beside it, by Anneal's names:
 * `conv2d_1/kernel`. TF.js itself loads the model, and puts every weight where it belongs.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { AnnealError, importedName, importModelJson } from '@anneal/schemas';
import type { io, LayersModel } from '@tensorflow/tfjs';
import { dataFile } from '../data/data-file.ts';
import type { NamedTensor } from '../formats/safetensors.ts';
import { tf } from '../tensorflow.ts';
import { namedWeights } from './build.ts';

/** @param file under the data folder. @throws AnnealError `data_missing`, `data_damaged`, or `invalid_spec` for a model that can't be imported */
export async function readModelJson(dataFolder: string, file: string, param: string): Promise<NamedTensor[]> {
  const damaged = (why: unknown) => new AnnealError('data_damaged', `${param}: ${file} ${why}`, param);
  const json = parseJson(await readFile(await dataFile(dataFolder, file, param), 'utf8'), damaged);
  importModelJson(json);
  const { weightsManifest, modelTopology } = json;
  if (!Array.isArray(weightsManifest) || !modelTopology)
    throw damaged('describes layers, but names no weight files (weightsManifest)');
  const groups = weightsManifest as io.WeightsManifestConfig;
  const names = groups.flatMap(({ paths }) => paths.map((name) => path.join(path.dirname(file), name)));
  const parts = await Promise.all(names.map(async (name) => readFile(await dataFile(dataFolder, name, param))));
  const weightSpecs = groups.flatMap(({ weights }) => weights);
  const bytes = Buffer.concat(parts);
  const weightData = new Uint8Array(bytes).buffer;
  const load = () =>
    tf.loadLayersModel(tf.io.fromMemory({ modelTopology: withoutTraining(modelTopology), weightSpecs, weightData }));
  const model = await load().catch((cause: Error) => {
    throw damaged(`and its weight files don't fit together: ${cause.message}`);
  });
  const tensors = model.layers.flatMap(weightsOf);
  model.dispose();
  return tensors;
}

/** Without what a loaded weight doesn't need, and newer versions of Keras give names to that TF.js does not know. */
const withoutTraining = (topology: object): object => {
  const training = /_(?:regularizer|initializer|constraint)$/;
  return JSON.parse(JSON.stringify(topology, (key, value) => (training.test(key) ? undefined : value)));
};

function parseJson(text: string, damaged: (why: string) => AnnealError): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch (cause) {
    throw damaged(`is not JSON (${(cause as Error).message})`);
  }
}

const weightsOf = (layer: LayersModel['layers'][number]): NamedTensor[] =>
  namedWeights(layer).map(({ part, variable }) => ({
    name: `${importedName(layer.name)}/${part}`,
    dtype: 'F32',
    shape: variable.shape,
    values: variable.dataSync() as Float32Array,
  }));
