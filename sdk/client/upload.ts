/** One file on its way up: streamed, told of as it goes, tried again where a connection breaks. */
import { PermissionError } from './errors.ts';
import { Sha256 } from './sha256.ts';
import type { RequestOptions, Transport } from './transport.ts';
import type { DatasetUpload } from './types.ts';

/** Bytes that can be read several times; a `Blob` is one. */
export interface UploadSource {
  readonly size: number;
  stream(): AsyncIterable<Uint8Array> | ReadableStream<Uint8Array>;
  /** In hexadecimal, where it is known already. */
  sha256?(): Promise<string>;
}

export interface UploadProgress {
  /** The file in hand. */
  readonly file: string;
  /** Sent or there before, of all files together. */
  readonly bytes: number;
  readonly of: number;
}

export async function sha256Of(source: UploadSource, { signal }: Pick<RequestOptions, 'signal'>): Promise<string> {
  if (source.sha256) return source.sha256();
  const hash = new Sha256();
  for await (const piece of piecesOf(source)) {
    signal?.throwIfAborted();
    hash.update(piece);
  }
  return hash.digest();
}

export interface UploadRequests {
  readonly first: DatasetUpload | undefined;
  /** Another request for the same; undefined if the file has come meanwhile. */
  upload(): Promise<DatasetUpload | undefined>;
}

/** @param told  is given the bytes that have been sent of this file */
export async function uploadFile(
  transport: Transport,
  { first, upload }: UploadRequests,
  source: UploadSource,
  told: (sent: number) => void,
  options: RequestOptions,
): Promise<void> {
  const request = first ?? (await upload());
  if (!request) return;
  try {
    await send(transport, request, source, told, options);
  } catch (error) {
    if (!(error instanceof PermissionError) || request.expiresAt === null) throw error;
    // Most likely it has expired.
    const another = await upload();
    if (another) await send(transport, another, source, told, options);
  }
}

async function send(
  transport: Transport,
  { url, headers }: DatasetUpload,
  source: UploadSource,
  told: (sent: number) => void,
  options: RequestOptions,
): Promise<void> {
  const own = url.startsWith('/');
  await transport.put({
    ...options,
    ...(own ? { path: url } : { path: '', url }),
    headers,
    size: source.size,
    body: (alive) =>
      bodyOf(source, (sent) => {
        alive();
        told(sent);
      }),
  });
}

/** Pages of browsers can't stream what they send over HTTP/1.1: there a Blob goes as it is, and is told of when it has gone. */
function bodyOf(source: UploadSource, told: (sent: number) => void): Blob | ReadableStream<Uint8Array> {
  const inBrowser = typeof (globalThis as { window?: unknown }).window !== 'undefined';
  if (inBrowser && source instanceof Blob) return source;
  const pieces = piecesOf(source);
  let sent = 0;
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await pieces.next();
      if (done) {
        controller.close();
        return;
      }
      controller.enqueue(value);
      sent += value.byteLength;
      told(sent);
    },
    async cancel() {
      await pieces.return();
    },
  });
}

async function* piecesOf(source: UploadSource): AsyncGenerator<Uint8Array, void> {
  const stream = source.stream();
  if (!('getReader' in stream)) {
    yield* stream;
    return;
  }
  // Not every browser can iterate a stream.
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
