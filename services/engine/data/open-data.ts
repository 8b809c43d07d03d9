/** Opens the data of a spec: into memory, or as a file of decoded examples that are streamed. The one place where that is decided. */
import { type Data, type DataPlace, dataDefinition } from '@anneal/schemas';
import {
  type DataSet,
  exampleBytes,
  type InputLayout,
  type LabelLayout,
  type StreamedData,
  type WindowSize,
} from './data-set.ts';
import { decodedBytes } from './decoded-bytes.ts';
import { eachStoredRow } from './each-row.ts';
import { type LoadOptions, loadData, preparedScale, sourceOf, splitsOf } from './load.ts';
import type { PlaceDecided } from './place.ts';
import { preprocessStored, preprocessStoredAsFitted } from './preprocess.ts';
import type { StreamableData } from './stored/content-key.ts';
import { storedExamples, withLinearStepsTaken } from './stored/entry.ts';
import { ReadThread } from './stored/read-ahead.ts';

export interface OpenOptions extends LoadOptions {
  /** What the runner may use; without it `auto` keeps everything in memory. */
  readonly memoryBytes?: number | undefined;
  /** What a run to be gone on with has decided; its bits depend on it. */
  readonly decided?: PlaceDecided | undefined;
}

/** The share of the memory that decoded examples may take: they are there up to five times, while they are read, prepared and put into the graph. */
const SHARE = 1 / 8;
/** Blocks in a window. */
const BLOCKS = 1024;
const MIB = 2 ** 20;

/** @throws AnnealError what reading the data throws; `disk_full`, `data_missing` where decoded examples can't be written */
export async function openData(spec: Data, options: OpenOptions): Promise<DataSet> {
  const { place, reason } = await decide(spec, options);
  if (place === 'file') return streamData(spec as StreamableData, options, reason);
  const data = await loadData(spec, options);
  return { ...data, place: placeOf(data, reason, null) };
}

async function decide(spec: Data, options: OpenOptions): Promise<Pick<DataPlace, 'place' | 'reason'>> {
  const { residentOnly } = dataDefinition(spec.type);
  if (residentOnly !== null) return { place: 'memory', reason: residentOnly };
  if (options.decided) return { place: options.decided.place, reason: 'as the run began' };
  if (spec.streaming === 'always') return { place: 'file', reason: 'asked for by the spec' };
  if (spec.streaming === 'never') return { place: 'memory', reason: 'asked for by the spec' };
  const { memoryBytes = Number.POSITIVE_INFINITY, dataFolder } = options;
  const bytes = await decodedBytes(spec as StreamableData, dataFolder);
  const most = SHARE * memoryBytes;
  const [size, limit] = [mebibytes(bytes), mebibytes(most)];
  if (bytes > most)
    return { place: 'file', reason: `about ${size} decoded, more than ${limit}, 1/8 of the memory of a runner` };
  return { place: 'memory', reason: `about ${size} decoded, at most ${limit}, 1/8 of the memory of a runner` };
}

const mebibytes = (bytes: number): string =>
  Number.isFinite(bytes) ? `${Math.max(1, Math.round(bytes / MIB)).toLocaleString('en-US')} MiB` : 'any size';

async function streamData(spec: StreamableData, options: OpenOptions, reason: string): Promise<StreamedData> {
  const seed = spec.split.seed ?? options.seed;
  const { trained, decided } = options;
  const decoded = await storedExamples(spec, options);
  const splits = splitsOf(spec, decoded, seed);
  const prepared = trained
    ? { ...preprocessStoredAsFitted(decoded, trained.preprocessing), fitted: trained.preprocessing }
    : preprocessStored(decoded, splits.training, spec.preprocessing);
  const { inputs, labels, stored } = trained ? prepared : await withLinearStepsTaken(prepared, options);
  const window = decided?.place === 'file' ? decided.window : windowOf(spec, inputs, labels);
  const source = { ...sourceNames(spec, decoded.classNames, trained?.classNames), inputs, labels, stored };
  const scale = trained?.scale ?? preparedScale(spec, decoded.inputs, inputs, eachStoredRow(source, splits.training));
  const place = placeOf(source, reason, window);
  const thread = await ReadThread.start(stored);
  return { ...source, splits, scale, preprocessing: prepared.fitted, window, place, thread };
}

function sourceNames(spec: StreamableData, own?: readonly string[], trained?: readonly string[] | null) {
  const classNames = trained ?? own;
  return { source: sourceOf(spec), ...(classNames && { classNames }) };
}

function windowOf({ windowMebibytes }: Data, inputs: InputLayout, labels: LabelLayout): WindowSize {
  const rows = Math.max(1, Math.floor((windowMebibytes * MIB) / exampleBytes(inputs, labels)));
  return { rows, blockRows: Math.max(1, Math.floor(rows / BLOCKS)) };
}

function placeOf(
  { inputs, labels }: { readonly inputs: InputLayout; readonly labels: LabelLayout },
  reason: string,
  window: WindowSize | null,
): DataPlace {
  return {
    place: window ? 'file' : 'memory',
    reason,
    bytes: (inputs.shape[0] ?? 0) * exampleBytes(inputs, labels),
    windowRows: window?.rows ?? null,
    blockRows: window?.blockRows ?? null,
  };
}
