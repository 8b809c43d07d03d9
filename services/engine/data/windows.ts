/**
 * The order in which streamed examples are trained on: good for disks, and still a shuffle. A pure function of (seed, step).
 *
 *   T          the training rows in the order of the data, n of them
 *   blocks     T cut into pieces of b neighbours; an epoch e draws their order: permutation(⌈n/b⌉, mix(seed, e, 0))
 *   windows    the blocks in that order, one after the other, cut into pieces of W rows, W being a multiple of the rows of a step
 *   steps      window w in the order permutation(rows in it, mix(seed, e, w + 1)), cut into steps
 *
 * So every row is trained on once an epoch, and each read is of about b neighbours. Rows of one block meet in one window: of a file that is
 * sorted by class, the class shares of a batch of s rows have √(1 + s·b/W) times the deviation that they would have in a full shuffle: 3 % more
 * for b = W/1024 and batches of 64. Where one window holds all of T, the order is that of examples in memory, bit for bit.
 */
import type { WindowSize } from './data-set.ts';
import { mix, permutation } from './permutation.ts';

/** W, of windows that hold about `size.rows`. @param stepRows rows of a step */
export const windowRows = (size: WindowSize, stepRows: number): number =>
  Math.max(1, Math.floor(size.rows / stepRows)) * stepRows;

export class Windows {
  /** W: rows of a window; of the last one of an epoch fewer. */
  readonly rows: number;
  readonly perEpoch: number;
  private readonly ordered: Int32Array;
  private drawn: { epoch: number; blocks: Int32Array } = { epoch: -1, blocks: new Int32Array(0) };

  /** @param training in the order of the split @param stepRows rows of a step */
  constructor(
    private readonly training: Int32Array,
    private readonly size: WindowSize,
    stepRows: number,
    private readonly seed: number,
  ) {
    this.rows = windowRows(size, stepRows);
    this.perEpoch = Math.max(1, Math.ceil(training.length / this.rows));
    this.ordered = training.slice().sort();
  }

  /** Rows of window `index`, counted over all epochs, in the order of the data. */
  rowsOf(index: number): Int32Array {
    return this.perEpoch === 1 ? this.ordered : joined(this.ordered, this.pieces(index));
  }

  /** The same rows in the order of the steps. */
  shuffled(index: number): Int32Array {
    const [epoch, within] = [Math.floor(index / this.perEpoch), index % this.perEpoch];
    const [rows, seed] =
      this.perEpoch === 1
        ? [this.training, mix(this.seed, epoch)]
        : [this.rowsOf(index), mix(this.seed, epoch, within + 1)];
    return permutation(rows.length, seed).map((place) => rows[place]!);
  }

  /** Pieces [from, to) of T that make a window, in their order in T. */
  private pieces(index: number): [number, number][] {
    const { blockRows } = this.size;
    const n = this.ordered.length;
    const start = (index % this.perEpoch) * this.rows;
    const end = Math.min(n, start + this.rows);
    const pieces: [number, number][] = [];
    let at = 0;
    for (const block of this.blocksOf(Math.floor(index / this.perEpoch))) {
      const first = block * blockRows;
      const length = Math.min(blockRows, n - first);
      const [from, to] = [Math.max(start - at, 0), Math.min(end - at, length)];
      if (from < to) pieces.push([first + from, first + to]);
      at += length;
      if (at >= end) break;
    }
    return pieces.sort(([a], [b]) => a - b);
  }

  private blocksOf(epoch: number): Int32Array {
    if (this.drawn.epoch !== epoch) {
      const count = Math.ceil(this.ordered.length / this.size.blockRows);
      this.drawn = { epoch, blocks: permutation(count, mix(this.seed, epoch, 0)) };
    }
    return this.drawn.blocks;
  }
}

function joined(rows: Int32Array, pieces: readonly [number, number][]): Int32Array {
  const all = new Int32Array(pieces.reduce((sum, [from, to]) => sum + to - from, 0));
  let at = 0;
  for (const [from, to] of pieces) {
    all.set(rows.subarray(from, to), at);
    at += to - from;
  }
  return all;
}
