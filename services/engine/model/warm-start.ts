/** Starts a model from the weights of another one, by name. */
import { readFile } from 'node:fs/promises';
import { AnnealError, type Model } from '@anneal/schemas';
import { dataFile } from '../data/data-file.ts';
import { readSafetensors } from '../formats/safetensors.ts';
import type { BuiltModel, Weight } from './build.ts';
import { readModelJson } from './model-json.ts';

/** @throws AnnealError `data_missing`, `data_damaged`, `invalid_spec` for a model.json that can't be imported; `shape_mismatch` naming the first weight that is not there or has another shape */
export async function warmStart(
  built: BuiltModel,
  { warmStart: from }: Model,
  dataFolder: string,
): Promise<BuiltModel> {
  if (!from) return built;
  const param = 'model.warmStart.file';
  const tensors = from.file.endsWith('.json')
    ? await readModelJson(dataFolder, from.file, param)
    : readSafetensors(await readFile(await dataFile(dataFolder, from.file, param)), from.file).tensors;
  const found = new Map(tensors.map((tensor) => [tensor.name, tensor]));
  const started = (weight: Weight): Weight => {
    if (from.layers && !from.layers.some((layer) => weight.name.startsWith(`${layer}/`))) return weight;
    const tensor = found.get(weight.name);
    if (tensor?.dtype === 'F32' && tensor.shape.join() === weight.shape.join())
      return { ...weight, initial: tensor.values as Float32Array };
    const got = tensor ? `is [${tensor.shape.join(', ')}] in` : 'is not in';
    const hint = 'name the layers that fit in model.warmStart.layers';
    const message = `${param}: '${weight.name}' [${weight.shape.join(', ')}] ${got} ${from.file}; ${hint}`;
    throw new AnnealError('shape_mismatch', message, param);
  };
  return { ...built, weights: built.weights.map(started) };
}
