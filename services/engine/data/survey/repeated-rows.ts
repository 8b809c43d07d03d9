/**
 * Rows that occur again: within the training split, and in the splits held out. By 53 bits of a hash of inputs and label: two of 10⁶ rows are
 * mistaken for one with a chance below 10⁻⁴. Of more than 2²⁰ rows one in k is looked at, by its hash, so that the copies of a row are
 * looked at together or not at all: the counts are those of the sample, and repeated rows outside of it are not counted.
 */
import type { Chunk } from '../chunks.ts';

const MOST_HASHES = 2 ** 20;

export interface RepeatedCounts {
  /** Rows held out that are among those to train on. */
  readonly validation: number;
  readonly test: number;
  /** Rows to train on that repeat another one. */
  readonly repeated: number;
  readonly looked: { readonly validation: number; readonly test: number };
}

export class RepeatedRows {
  /** k: which share of the rows is looked at. */
  readonly oneIn: number;
  private readonly trained = new Set<number>();
  private training = 0;
  private readonly held: { hash: number; split: number }[] = [];

  constructor(
    rows: number,
    private readonly width: number,
    private readonly labelWidth: number,
  ) {
    this.oneIn = 2 ** Math.max(0, Math.ceil(Math.log2(rows / MOST_HASHES)));
  }

  /** @param split 1 training, 2 validation, 3 test */
  add(hash: number, split: number): void {
    if ((hash % 2 ** 32) % this.oneIn !== 0) return;
    if (split !== 1) this.held.push({ hash, split });
    else {
      this.training += 1;
      this.trained.add(hash);
    }
  }

  get counts(): RepeatedCounts {
    const { held, trained } = this;
    const of = (split: number) => held.filter((row) => row.split === split);
    const shared = (split: number) => of(split).filter(({ hash }) => trained.has(hash)).length;
    return {
      validation: shared(2),
      test: shared(3),
      repeated: this.training - trained.size,
      looked: { validation: of(2).length, test: of(3).length },
    };
  }

  /** The hash of a row of the chunk by its place in it. */
  hasher({ inputs, labels }: Chunk): (place: number) => number {
    const { width, labelWidth } = this;
    const { buffer, byteOffset, BYTES_PER_ELEMENT } = inputs;
    const whole = (width * BYTES_PER_ELEMENT) % 4 === 0 && byteOffset % 4 === 0;
    const bytes = whole
      ? new Uint32Array(buffer, byteOffset, Math.floor(inputs.byteLength / 4))
      : new Uint8Array(buffer, byteOffset, inputs.byteLength);
    const size = (width * BYTES_PER_ELEMENT) / bytes.BYTES_PER_ELEMENT;
    return (place) => {
      let [a, b] = [0xdeadbeef, 0x41c6ce57];
      for (let at = place * size; at < (place + 1) * size; at++) {
        a = Math.imul(a ^ bytes[at]!, 2654435761);
        b = Math.imul(b ^ bytes[at]!, 1597334677);
      }
      for (let at = place * labelWidth; at < (place + 1) * labelWidth; at++) {
        const label = Math.fround(labels[at]!) * 1024;
        a = Math.imul(a ^ label, 2654435761);
        b = Math.imul(b ^ label, 1597334677);
      }
      a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
      b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
      return 4294967296 * (2097151 & b) + (a >>> 0);
    };
  }
}
