/**
 * Decoded examples on disk, of one size each: `inputs.bin` holds their inputs one after the other and `labels.bin` their labels, as this
 * machine has numbers in memory. Read by row number, sorted and in pieces, so that neighbours cost one read.
 */
import { closeSync, openSync, readSync } from 'node:fs';
import path from 'node:path';
import { AnnealError } from '@anneal/schemas';
import { applyStep, type FittedStep, type Rows } from '../apply-step.ts';
import { type InputLayout, inputWidth, type LabelLayout, labelWidth } from '../data-set.ts';

/** Plain data: it crosses to the thread that reads ahead. */
export interface StoredRows {
  readonly folder: string;
  /** As stored. */
  readonly inputs: InputLayout;
  /** As stored; no numbers where the labels are not known. */
  readonly labels: LabelLayout;
  /** Applied to the inputs as they are read. */
  readonly steps: readonly FittedStep[];
}

export type InputValues = Uint8Array<ArrayBuffer> | Float32Array<ArrayBuffer>;
export type LabelValues = Int32Array<ArrayBuffer> | Float32Array<ArrayBuffer>;

/** Rows that lie so near are read in one piece, with what lies between. */
const NEAR_BYTES = 16 * 1024;
const MOST_BYTES = 1024 * 1024;

/** Reads rows; to be closed. */
export class StoredReader {
  private readonly files: { inputs: number; labels: number };
  private readonly piece = new Uint8Array(MOST_BYTES);

  /** @throws AnnealError `data_missing` if the files are not there (any more) */
  constructor(private readonly stored: StoredRows) {
    const open = (name: string) => {
      try {
        return openSync(path.join(stored.folder, name), 'r');
      } catch (cause) {
        const message = `data: the decoded examples in ${stored.folder} can't be read (${(cause as NodeJS.ErrnoException).code}); the next attempt makes them anew`;
        throw new AnnealError('data_missing', message, null, [], { cause });
      }
    };
    const inputs = open('inputs.bin');
    this.files = { inputs, labels: open('labels.bin') };
  }

  /** Inputs of the rows in their order, prepared, into the start of `into`. */
  inputs(rows: Int32Array, into: InputValues): void {
    const { inputs, steps } = this.stored;
    const width = inputWidth(inputs);
    const asStored = into instanceof Uint8Array === (inputs.dtype === 'uint8');
    if (steps.length === 0 && asStored) {
      this.gather(this.files.inputs, width * bytesOf(inputs), rows, bytesIn(into));
      return;
    }
    const raw = newInputs(inputs, rows.length * width);
    this.gather(this.files.inputs, width * bytesOf(inputs), rows, bytesIn(raw));
    const values = raw instanceof Float32Array ? raw : Float32Array.from(raw);
    const start: Rows = { values, shape: [rows.length, ...inputs.shape.slice(1)] };
    into.set(steps.reduce((before, step) => applyStep(step, before), start).values);
  }

  /** Labels of the rows in their order; 0 where they are not known. */
  labels(rows: Int32Array, into: LabelValues): void {
    const width = labelWidth(this.stored.labels);
    if (width === 0) into.fill(0);
    else this.gather(this.files.labels, 4 * width, rows, bytesIn(into));
  }

  close(): void {
    closeSync(this.files.inputs);
    closeSync(this.files.labels);
  }

  private gather(file: number, size: number, rows: Int32Array, into: Uint8Array): void {
    const { sorted, places } = inOrder(rows);
    const near = Math.max(1, Math.floor(NEAR_BYTES / size));
    const most = Math.max(1, Math.floor(MOST_BYTES / size));
    for (let from = 0, end = 0; from < sorted.length; from = end) {
      const first = sorted[from]!;
      let last = first;
      for (end = from + 1; end < sorted.length; end++) {
        const row = sorted[end]!;
        if (row - last > near || row - first >= most) break;
        last = row;
      }
      const length = (last - first + 1) * size;
      // One row may be larger than the piece.
      const piece = length <= this.piece.length ? this.piece.subarray(0, length) : new Uint8Array(length);
      this.read(file, piece, first * size);
      for (let i = from, next = from; i < end; i = next) {
        // Rows and places that run on together are copied together.
        const [row, place] = [sorted[i]!, places?.[i] ?? i];
        for (next = i + 1; next < end; next++)
          if (sorted[next] !== row + next - i || (places && places[next] !== place + next - i)) break;
        const at = (row - first) * size;
        into.set(piece.subarray(at, at + (next - i) * size), place * size);
      }
    }
  }

  private read(file: number, into: Uint8Array, position: number): void {
    for (let done = 0; done < into.length; ) {
      const got = readSync(file, into, done, into.length - done, position + done);
      if (got === 0) {
        const message = `data: the decoded examples in ${this.stored.folder} end at byte ${position + done}; delete the folder, and the next attempt makes them anew`;
        throw new AnnealError('data_damaged', message);
      }
      done += got;
    }
  }
}

const bytesOf = ({ dtype }: InputLayout): number => (dtype === 'uint8' ? 1 : 4);
const bytesIn = ({ buffer, byteOffset, byteLength }: InputValues | LabelValues): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);

export const newInputs = ({ dtype }: Pick<InputLayout, 'dtype'>, length: number): InputValues =>
  dtype === 'uint8' ? new Uint8Array(length) : new Float32Array(length);

export const newLabels = ({ kind }: Pick<LabelLayout, 'kind'>, length: number): LabelValues =>
  kind === 'class' ? new Int32Array(length) : new Float32Array(length);

/** The rows in ascending order, and where each was; null where they were in order. */
function inOrder(rows: Int32Array): { sorted: Int32Array; places: Int32Array | null } {
  let i = 1;
  while (i < rows.length && rows[i]! >= rows[i - 1]!) i++;
  if (i >= rows.length) return { sorted: rows, places: null };
  const places = new Int32Array(rows.length).map((_place, at) => at).sort((a, b) => rows[a]! - rows[b]!);
  return { sorted: places.map((place) => rows[place]!), places };
}

/** Opens the files for one use. */
export function withReader<T>(stored: StoredRows, use: (reader: StoredReader) => T): T {
  const reader = new StoredReader(stored);
  try {
    return use(reader);
  } finally {
    reader.close();
  }
}
