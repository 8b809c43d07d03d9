/**
 * Examples that are streamed: the graph holds one window of them, while a thread reads the next one. Rows of no window, as of an evaluation,
 * are read when they are asked for. Two windows lie outside of the graph at most: one that is read into, and one that is put into the graph.
 */
import { inputWidth, labelWidth, type StreamedData } from '../data/data-set.ts';
import type { Pair, ReadAhead } from '../data/stored/read-ahead.ts';
import { newInputs, newLabels, StoredReader } from '../data/stored/stored-rows.ts';
import type { Windows } from '../data/windows.ts';
import type { Program } from '../program.ts';
import { INPUTS, LABELS } from '../step/batch.ts';
import type { TypedArray } from '../tensorflow.ts';
import type { Feed } from './feed.ts';

export class StreamedFeed implements Feed {
  private readonly reader: StoredReader;
  private ahead: ReadAhead | null = null;
  /** Rows in the variables, and of every row the place where it lies if it lies there. */
  private held: Int32Array = new Int32Array(0);
  private readonly placeOf: Int32Array;

  constructor(
    private readonly program: Program,
    private readonly data: StreamedData,
    private readonly windows: Windows,
    readonly capacity: number,
  ) {
    this.placeOf = new Int32Array(data.inputs.shape[0] ?? 0);
    this.reader = new StoredReader(data.stored);
  }

  place(rows: Int32Array, window?: number): Int32Array {
    if (!rows.every((row) => this.holds(row))) {
      if (window === undefined) this.readNow(distinct(rows));
      else this.loadWindow(window);
    }
    return rows.map((row) => this.placeOf[row]!);
  }

  close(): void {
    const { ahead } = this;
    if (ahead && ahead.pending !== null) this.free.push(ahead.take());
    ahead?.close();
    this.reader.close();
  }

  private holds(row: number): boolean {
    return this.held[this.placeOf[row]!] === row;
  }

  private loadWindow(index: number): void {
    this.ahead ??= this.data.thread.channel();
    const { ahead } = this;
    if (ahead.pending !== this.keyOf(index)) this.request(ahead, index);
    const pair = ahead.take();
    this.request(ahead, index + 1);
    this.put(this.windows.rowsOf(index), pair);
  }

  /** The only window of an epoch is the same in each. */
  private keyOf(index: number): number {
    return this.windows.perEpoch === 1 ? 0 : index;
  }

  /** Starts to read a window; what was read and is not wanted is let go. */
  private request(ahead: ReadAhead, index: number): void {
    if (ahead.pending !== null) this.free.push(ahead.take());
    ahead.request(this.keyOf(index), this.windows.rowsOf(index), this.pair());
  }

  private readNow(rows: Int32Array): void {
    if (rows.length > this.capacity)
      throw new RangeError(`${rows.length} rows are asked for at once, ${this.capacity} fit`);
    const pair = this.pair();
    this.reader.inputs(rows, pair.inputs);
    this.reader.labels(rows, pair.labels);
    this.put(rows, pair);
  }

  private put(rows: Int32Array, pair: Pair): void {
    this.program.set(
      new Map<string, TypedArray>([
        [INPUTS, pair.inputs],
        [LABELS, pair.labels],
      ]),
    );
    this.free.push(pair);
    this.held = rows;
    for (let place = 0; place < rows.length; place++) this.placeOf[rows[place]!] = place;
  }

  private get free(): Pair[] {
    return this.data.thread.free;
  }

  /** One that is free and of the right size, or a new one. */
  private pair(): Pair {
    const { inputs, labels, thread } = this.data;
    const [inputLength, labelLength] = [this.capacity * inputWidth(inputs), this.capacity * labelWidth(labels)];
    const fits = (pair: Pair) => pair.inputs.length === inputLength && pair.labels.length === labelLength;
    const found = thread.free.findIndex(fits);
    if (found >= 0) return thread.free.splice(found, 1)[0]!;
    return { inputs: newInputs(inputs, inputLength), labels: newLabels(labels, labelLength) };
  }
}

/** Each row once, in the order of the data. */
const distinct = (rows: Int32Array): Int32Array => {
  const sorted = rows.slice().sort();
  return sorted.filter((row, i) => i === 0 || row !== sorted[i - 1]);
};
