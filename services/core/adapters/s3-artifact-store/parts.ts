/** Bytes in parts, and parts at work side by side. */

/** Cuts a body into parts of `bytes` bytes; the last one may be smaller, and an empty body is one empty part. */
export async function* partsOf(
  body: Uint8Array | AsyncIterable<Uint8Array>,
  bytes: number,
): AsyncGenerator<Uint8Array, void> {
  let waiting: Uint8Array[] = [];
  let held = 0;
  let given = 0;
  for await (const chunk of body instanceof Uint8Array ? [body] : body) {
    for (let start = 0; start < chunk.byteLength; ) {
      const piece = chunk.subarray(start, start + bytes - held);
      start += piece.byteLength;
      held += piece.byteLength;
      waiting.push(piece);
      if (held < bytes) continue;
      yield joined(waiting);
      given += 1;
      waiting = [];
      held = 0;
    }
  }
  if (held > 0 || given === 0) yield joined(waiting);
}

const joined = (pieces: readonly Uint8Array[]): Uint8Array =>
  pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces);

/**
 * Takes items one after another and works on `most` of them at once; results are in the items' order. After a failure no more are
 * taken, and the call ends only when the work under way has ended.
 */
export async function sideBySide<T, R>(
  items: AsyncIterable<T>,
  most: number,
  work: (item: T, index: number) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  const busy = new Set<Promise<void>>();
  const failures: unknown[] = [];
  const begin = (item: T, index: number): void => {
    const one = work(item, index)
      .then(
        (result) => {
          results[index] = result;
        },
        (error) => void failures.push(error),
      )
      .finally(() => busy.delete(one));
    busy.add(one);
  };
  try {
    let index = 0;
    for await (const item of items) {
      if (failures.length > 0) break;
      begin(item, index++);
      if (busy.size >= most) await Promise.race(busy);
    }
  } finally {
    await Promise.all(busy);
  }
  if (failures.length > 0) throw failures[0];
  return results;
}
