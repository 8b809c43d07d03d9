/** Writes numbers to the end of a file, a mebibyte at a time. */
import { closeSync, openSync, writeSync } from 'node:fs';
import { AnnealError } from '@anneal/schemas';

type Numbers = Uint8Array<ArrayBuffer> | Int32Array<ArrayBuffer> | Float32Array<ArrayBuffer>;
type NumbersType = new (length: number) => Numbers;

const VALUES = 256 * 1024;

export class Appender {
  private readonly handle: number;
  private readonly held: Numbers;
  private count = 0;

  /** @param type what the file holds; what is pushed is rounded to it */
  constructor(
    private readonly file: string,
    type: NumbersType,
  ) {
    this.held = new type(VALUES);
    this.handle = attempt(file, () => openSync(file, 'w'));
  }

  push(more: ArrayLike<number>): void {
    const { held } = this;
    if (this.count + more.length <= held.length) {
      held.set(more, this.count);
      this.count += more.length;
      return;
    }
    for (let at = 0; at < more.length; at++) {
      if (this.count === held.length) this.flush();
      held[this.count++] = more[at]!;
    }
  }

  close(): void {
    try {
      this.flush();
    } finally {
      closeSync(this.handle);
    }
  }

  /** Closes without writing what is held, after an error. */
  abandon(): void {
    closeSync(this.handle);
  }

  private flush(): void {
    const { buffer, BYTES_PER_ELEMENT } = this.held;
    const bytes = new Uint8Array(buffer, 0, this.count * BYTES_PER_ELEMENT);
    for (let done = 0; done < bytes.length; )
      done += attempt(this.file, () => writeSync(this.handle, bytes, done, bytes.length - done));
    this.count = 0;
  }
}

/** @throws AnnealError `disk_full`, or `data_missing` where the cache can't be written */
function attempt<T>(file: string, code: () => T): T {
  try {
    return code();
  } catch (cause) {
    throw unwritable(cause, file);
  }
}

export function unwritable(cause: unknown, place: string): unknown {
  const { code, syscall } = cause as NodeJS.ErrnoException;
  if (code === undefined || syscall === undefined) return cause;
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    const message = `data: the disk is full while the decoded examples are written to ${place}; free some space or name another folder in ANNEAL_CACHE`;
    return new AnnealError('disk_full', message, null, [], { cause });
  }
  const message = `data: the decoded examples can't be written to ${place} (${code}); name another folder in ANNEAL_CACHE`;
  return new AnnealError('data_missing', message, null, [], { cause });
}
