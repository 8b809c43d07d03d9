/** Loads the data of a spec into memory: inputs, labels, seeded splits and the scale of the inputs. */
import type { Data } from '@anneal/schemas';
import { loadArrays } from './arrays.ts';
import { loadImages } from './images.ts';
import { inputScale, type Scale } from './scale.ts';
import { fashionMnist } from './sets/fashion-mnist.ts';
import { mnist } from './sets/mnist.ts';
import type { PublishedSet } from './sets/published-set.ts';
import { type Splits, splitRows } from './split.ts';

export interface LoadOptions {
  /** Decides the splits, and nothing else here. */
  readonly seed: number;
  /** Files named in a spec are found under it, and only there. */
  readonly dataFolder: string;
  /** Where published sets are kept; the user's cache when left out. */
  readonly cacheFolder?: string | undefined;
  readonly log: (line: string) => void;
}

export type Inputs =
  | { readonly dtype: 'uint8'; readonly shape: readonly number[]; readonly values: Uint8Array<ArrayBuffer> }
  | { readonly dtype: 'float32'; readonly shape: readonly number[]; readonly values: Float32Array<ArrayBuffer> };

export type Labels =
  | { readonly kind: 'class'; readonly classes: number; readonly values: Int32Array<ArrayBuffer> }
  | { readonly kind: 'values'; readonly shape: readonly number[]; readonly values: Float32Array<ArrayBuffer> };

export interface LoadedData {
  /** Shape [rows, ...example]; as stored, not scaled. */
  readonly inputs: Inputs;
  /** One class a row, or one array of `shape` a row. */
  readonly labels: Labels;
  readonly splits: Splits;
  /** x · multiply + add, for the graph to apply. */
  readonly scale: Scale;
  readonly classNames?: readonly string[];
  /** Where the data came from, as the user reads it. */
  readonly source: string;
}

const publishedSets = { mnist, 'fashion-mnist': fashionMnist };

/**
 * @throws AnnealError `data_missing`, `data_damaged`, `disk_full`, and `invalid_spec` where data and spec disagree
 */
export async function loadData(spec: Data, options: LoadOptions): Promise<LoadedData> {
  if (spec.type !== 'npy') return loadSet(publishedSets[spec.type], spec, options);
  const { inputs, labels } = await loadArrays(spec, options.dataFolder);
  const source = `the files ${spec.inputs} and ${spec.labels}`;
  return { inputs, labels, ...prepare(spec, inputs, 0, options.seed), source };
}

/** Loads a published set of images. */
export async function loadSet(
  set: PublishedSet,
  spec: Exclude<Data, { type: 'npy' }>,
  options: LoadOptions,
): Promise<LoadedData> {
  const { images, labels, shape, testRows, source } = await loadImages(set, options);
  const { classNames } = set;
  const inputs: Inputs = { dtype: 'uint8', shape, values: images };
  return {
    inputs,
    labels: { kind: 'class', classes: classNames.length, values: labels },
    ...prepare(spec, inputs, testRows, options.seed),
    classNames,
    source,
  };
}

function prepare(spec: Data, inputs: Inputs, publishedTest: number, seed: number): { splits: Splits; scale: Scale } {
  const [rows = 0, ...example] = inputs.shape;
  const splits = splitRows({ rows, publishedTest, ...spec.split, limit: spec.limit, seed });
  const size = example.reduce((product, length) => product * length, 1);
  return { splits, scale: inputScale(spec.scale, inputs.values, size, splits.training) };
}
