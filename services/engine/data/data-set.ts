/** A data set ready to be trained on, wherever its examples lie: all in memory, or in a file that windows of them are read from. */
import type { DataPlace } from '@anneal/schemas';
import type { Inputs, LoadedData } from './load.ts';
import type { ReadThread } from './stored/read-ahead.ts';
import type { StoredRows } from './stored/stored-rows.ts';

/** Shape [rows, ...example]. */
export type InputLayout = Pick<Inputs, 'dtype' | 'shape'>;

export type LabelLayout =
  | { readonly kind: 'class'; readonly classes: number }
  | { readonly kind: 'values'; readonly shape: readonly number[] };

/** How many examples are in memory and shuffled together, and how many of them are read in one piece. */
export interface WindowSize {
  readonly rows: number;
  readonly blockRows: number;
}

export interface StreamedData extends Omit<LoadedData, 'inputs' | 'labels'> {
  /** As the model gets them, before the scale. */
  readonly inputs: InputLayout;
  readonly labels: LabelLayout;
  readonly stored: StoredRows;
  /** Reads the stored rows while this thread computes. */
  readonly thread: ReadThread;
  readonly window: WindowSize;
  readonly place: DataPlace;
}

export type DataSet = LoadedData | StreamedData;

/** The examples themselves, of a data set that lies in a file. */
export type StoredExamples = Pick<StreamedData, 'inputs' | 'labels' | 'stored'>;

export const isStreamed = (data: Pick<DataSet, 'labels'>): data is StreamedData => 'stored' in data;

/** Numbers in the inputs of one example. */
export const inputWidth = ({ shape }: Pick<InputLayout, 'shape'>): number => shape.slice(1).reduce((a, b) => a * b, 1);

/** Numbers in the label of one example. */
export const labelWidth = (labels: LabelLayout): number =>
  labels.kind === 'class' ? 1 : labels.shape.reduce((a, b) => a * b, 1);

/** Bytes of one example, decoded. */
export const exampleBytes = (inputs: InputLayout, labels: LabelLayout): number =>
  inputWidth(inputs) * (inputs.dtype === 'uint8' ? 1 : 4) + 4 * labelWidth(labels);
