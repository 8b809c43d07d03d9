/** Loads the data of a spec into memory: inputs, labels, seeded splits and the scale of the inputs. */
import type { Data, DataPlace } from '@anneal/schemas';
import type { FittedStep } from './apply-step.ts';
import { openArrays } from './arrays.ts';
import type { InputLayout } from './data-set.ts';
import { type EachRow, eachRowInMemory } from './each-row.ts';
import { loadImages } from './images.ts';
import { readOpened } from './open-arrays.ts';
import { preprocess, preprocessAsFitted } from './preprocess.ts';
import { readCifar } from './read-cifar.ts';
import { openIdx } from './read-idx.ts';
import { openImageFolder } from './read-image-folder.ts';
import { readNpz } from './read-npz.ts';
import { readTable, type TableData } from './read-tables.ts';
import { inputScale, type Scale } from './scale.ts';
import { cifar10, loadCifar10 } from './sets/cifar-10.ts';
import { type ClassicName, loadClassic } from './sets/classics.ts';
import { fashionMnist } from './sets/fashion-mnist.ts';
import { mnist } from './sets/mnist.ts';
import type { PublishedSet } from './sets/published-set.ts';
import { type Splits, splitRows } from './split.ts';
import type { StreamableData } from './stored/content-key.ts';
import { threeArmSpiral, twoSpirals } from './toys.ts';

export interface LoadOptions {
  /** Decides the splits, and nothing else here. */
  readonly seed: number;
  /** Files named in a spec are found under it, and only there. */
  readonly dataFolder: string;
  /** Where published sets are kept; the user's cache when left out. */
  readonly cacheFolder?: string | undefined;
  readonly log: (line: string) => void;
  /** What was fitted when a model was trained, to be applied in the place of what the spec says. */
  readonly trained?: TrainedPreprocessing;
}

/** What a model does to its inputs before its first layer, as `model/preprocessing.json` says it. */
export interface TrainedPreprocessing {
  readonly preprocessing: readonly FittedStep[];
  readonly scale: Scale;
  /** Null where the classes have only numbers. */
  readonly classNames: readonly string[] | null;
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
  /** What was applied to the inputs before, in order. */
  readonly preprocessing?: readonly FittedStep[];
  readonly classNames?: readonly string[];
  /** Where the data came from, as the user reads it. */
  readonly source: string;
  readonly place?: DataPlace;
}

/** What a source has to give, before it is split and scaled. */
interface Raw {
  readonly inputs: Inputs;
  readonly labels: Labels;
  /** How many of the last rows their publisher set aside to test on. */
  readonly publishedTest?: number;
  readonly classNames?: readonly string[];
  readonly source: string;
}

type Loader<Type extends Data['type']> = (spec: Extract<Data, { type: Type }>, options: LoadOptions) => Promise<Raw>;

const classic = (name: ClassicName) => (_spec: unknown, options: LoadOptions) => loadClassic(name, options);

const table = async (spec: TableData, { dataFolder }: LoadOptions): Promise<Raw> => ({
  ...(await readTable(spec, dataFolder)),
  source: sourceOf(spec),
});

/** Where examples come from, as the user reads it. */
export function sourceOf(spec: StreamableData): string {
  if (spec.type === 'images') return `the images in ${spec.folder}`;
  if (spec.type === 'npy' || spec.type === 'idx')
    return spec.labels === undefined ? `the file ${spec.inputs}` : `the files ${spec.inputs} and ${spec.labels}`;
  return `the file ${spec.file}`;
}

const loaders: { readonly [Type in Data['type']]: Loader<Type> } = {
  mnist: (_spec, options) => loadSet(mnist, options),
  'fashion-mnist': (_spec, options) => loadSet(fashionMnist, options),
  images: async (spec, { dataFolder }) => ({
    ...(await readOpened(await openImageFolder(spec, dataFolder))),
    source: sourceOf(spec),
  }),
  'cifar-10': (_spec, options) => loadCifar10(cifar10, options),
  cifar: async (spec, { dataFolder }) => ({
    ...(await readCifar(spec, dataFolder)),
    source: `the files ${[...spec.files, ...spec.testFiles].join(', ')}`,
  }),
  csv: table,
  jsonl: table,
  parquet: table,
  npy: async (spec, { dataFolder }) => ({
    ...(await readOpened(await openArrays(spec, dataFolder))),
    source: sourceOf(spec),
  }),
  npz: async (spec, { dataFolder }) => ({ ...(await readNpz(spec, dataFolder)), source: `the file ${spec.file}` }),
  idx: async (spec, { dataFolder }) => ({
    ...(await readOpened(await openIdx(spec, dataFolder))),
    source: sourceOf(spec),
  }),
  digits: classic('digits'),
  iris: classic('iris'),
  wine: classic('wine'),
  'breast-cancer': classic('breast-cancer'),
  diabetes: classic('diabetes'),
  'two-spirals': async (spec, { seed }) => ({ ...twoSpirals(spec, seed), source: 'computed' }),
  'three-arm-spiral': async (spec, { seed }) => ({ ...threeArmSpiral(spec, seed), source: 'computed' }),
};

/**
 * @throws AnnealError `data_missing`, `data_damaged`, `disk_full`, and `invalid_spec` where data and spec disagree
 */
export async function loadData(spec: Data, options: LoadOptions): Promise<LoadedData> {
  const seed = spec.split.seed ?? options.seed;
  const raw = await loaders[spec.type](spec as never, { ...options, seed });
  return prepare(spec, raw, seed, options.trained);
}

/** Loads a published set of images. */
export async function loadSet(set: PublishedSet, options: LoadOptions): Promise<Raw> {
  const { images, labels, shape, testRows, source } = await loadImages(set, options);
  const { classNames } = set;
  return {
    inputs: { dtype: 'uint8', shape, values: images },
    labels: { kind: 'class', classes: classNames.length, values: labels },
    publishedTest: testRows,
    classNames,
    source,
  };
}

/** Splits the rows, fits the preprocessing on those to train on and finds the scale, or applies those that were fitted before. */
export function prepare(spec: Data, raw: Raw, seed: number, trained?: LoadOptions['trained']): LoadedData {
  const { publishedTest: _tested, ...kept } = raw;
  const splits = splitsOf(spec, raw, seed);
  if (trained) {
    const { preprocessing, scale, classNames } = trained;
    const inputs = preprocessAsFitted(raw.inputs, preprocessing);
    return { ...kept, ...(classNames && { classNames }), inputs, splits, scale, preprocessing };
  }
  const { inputs, fitted } = preprocess(raw.inputs, splits.training, spec.preprocessing);
  const scale = preparedScale(spec, raw.inputs, inputs, eachRowInMemory(inputs, splits.training));
  return { ...kept, inputs, splits, scale, preprocessing: fitted };
}

/** `unit` keeps its meaning for bytes that a step has made floats. */
export function preparedScale(spec: Data, raw: InputLayout, inputs: InputLayout, each: EachRow): Scale {
  const bytesWere = raw.dtype === 'uint8' && inputs.dtype !== 'uint8' && spec.scale === 'unit';
  return bytesWere ? { multiply: 1 / 255, add: 0 } : inputScale(spec.scale, inputs, each);
}

export function splitsOf(
  { split, limit }: Data,
  { inputs, publishedTest = 0 }: { readonly inputs: InputLayout; readonly publishedTest?: number },
  seed: number,
): Splits {
  const [rows = 0] = inputs.shape;
  return splitRows({ rows, publishedTest, ...split, limit, seed });
}
