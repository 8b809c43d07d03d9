/** The artifacts of a job. Whatever is read as a whole is checked against its SHA-256: damaged bytes are an error, never a result. */
import { delay, sleep } from './backoff.ts';
import { AnnealError, ConnectionError, IntegrityError } from './errors.ts';
import { Sha256 } from './sha256.ts';
import { connectionError, type Opened, type RequestOptions, type Transport } from './transport.ts';
import type { ArtifactList } from './types.ts';

const pathOf = (jobId: string, name: string): string =>
  `/v1/jobs/${encodeURIComponent(jobId)}/artifacts/${name.split('/').map(encodeURIComponent).join('/')}`;

export class Artifacts {
  readonly #transport: Transport;
  constructor(transport: Transport) {
    this.#transport = transport;
  }

  list(jobId: string, options: RequestOptions = {}): Promise<ArtifactList> {
    return this.#transport.json({ ...options, path: `/v1/jobs/${encodeURIComponent(jobId)}/artifacts` });
  }

  /** Opens one; read it by one of the methods of what comes back, or `cancel()` it. */
  async get(jobId: string, name: string, options: RequestOptions = {}): Promise<ArtifactBody> {
    const path = pathOf(jobId, name);
    return new ArtifactBody(this.#transport, name, path, await this.#transport.open({ ...options, path }), options);
  }

  /**
   * Writes one to `destination` piece by piece, and closes it once the SHA-256 is right; otherwise aborts it.
   * @throws IntegrityError
   */
  async download(
    jobId: string,
    name: string,
    destination: WritableStream<Uint8Array>,
    options: RequestOptions = {},
  ): Promise<{ name: string; size: number; sha256: string }> {
    const artifact = await this.get(jobId, name, options);
    const writer = destination.getWriter();
    let size = 0;
    try {
      for await (const piece of artifact) {
        size += piece.length;
        await writer.write(piece);
      }
      await writer.close();
    } catch (error) {
      await writer.abort(error).catch(() => undefined);
      throw error;
    }
    return { name, size, sha256: artifact.sha256 };
  }
}

/** One artifact on its way. Can be read once. A connection that breaks is made again from where it broke. */
export class ArtifactBody implements AsyncIterable<Uint8Array> {
  readonly contentType: string;
  /** Bytes; undefined if the service did not say. */
  readonly size: number | undefined;
  /** What the service says the bytes have, in hexadecimal. */
  readonly sha256: string;
  readonly #transport: Transport;
  readonly #path: string;
  readonly #options: RequestOptions;
  #opened: Opened;

  constructor(
    transport: Transport,
    readonly name: string,
    path: string,
    opened: Opened,
    options: RequestOptions,
  ) {
    const { headers } = opened.response;
    this.#transport = transport;
    this.#path = path;
    this.#opened = opened;
    this.#options = options;
    this.contentType = headers.get('content-type') ?? 'application/octet-stream';
    this.size = headers.has('content-length') ? Number(headers.get('content-length')) : undefined;
    // A bucket that the service points to says it in its own way.
    this.sha256 = /[0-9a-f]{64}/.exec(headers.get('x-amz-meta-sha256') ?? headers.get('etag') ?? '')?.[0] ?? '';
  }

  /** Checked when the last piece is out. @throws IntegrityError */
  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void> {
    const hash = new Sha256();
    let received = 0;
    for (let failures = 0; ; failures++) {
      const { response, deadline } = this.#opened;
      try {
        for await (const piece of pieces(this.#opened)) {
          failures = 0;
          received += piece.length;
          hash.update(piece);
          yield piece;
        }
        break;
      } catch (error) {
        const broken = connectionError(error, deadline, response.url);
        const retries = this.#options.maxRetries ?? this.#transport.maxRetries;
        if (!(broken instanceof AnnealError) || !broken.retryable || failures >= retries) throw broken;
      } finally {
        deadline.release();
      }
      await sleep(delay(failures), this.#options.signal);
      await this.#reopen(received);
    }
    const found = hash.digest();
    if (found === this.sha256) return;
    const message = `artifact '${this.name}' is damaged: its SHA-256 is ${found}, it should be ${this.sha256 || 'told by the service'}`;
    throw new IntegrityError(message, { code: 'artifact_damaged' });
  }

  async #reopen(received: number): Promise<void> {
    const headers = { range: `bytes=${received}-`, 'if-range': `"${this.sha256}"` };
    this.#opened = await this.#transport.open({ ...this.#options, path: this.#path, headers });
    if (this.#opened.response.status === 206) return;
    await this.cancel();
    throw new ConnectionError(`artifact '${this.name}' was replaced while it was read; read it again`, {
      code: 'connection_failed',
    });
  }

  stream(): ReadableStream<Uint8Array> {
    const iterator = this[Symbol.asyncIterator]();
    return new ReadableStream({
      pull: async (controller) => {
        const { done, value } = await iterator.next();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      cancel: async () => {
        await iterator.return();
      },
    });
  }

  async bytes(): Promise<Uint8Array> {
    const all: Uint8Array[] = [];
    for await (const piece of this) all.push(piece);
    const joined = new Uint8Array(all.reduce((sum, piece) => sum + piece.length, 0));
    let at = 0;
    for (const piece of all) {
      joined.set(piece, at);
      at += piece.length;
    }
    return joined;
  }

  async text(): Promise<string> {
    return new TextDecoder().decode(await this.bytes());
  }

  async json<T = unknown>(): Promise<T> {
    return JSON.parse(await this.text()) as T;
  }

  async cancel(): Promise<void> {
    this.#opened.deadline.release();
    await this.#opened.response.body?.cancel();
  }
}

/** Reading through a reader: not every browser can iterate a stream. The timeout counts while nothing comes in. */
async function* pieces({ response, deadline }: Opened): AsyncGenerator<Uint8Array, void> {
  const reader = response.body?.getReader();
  if (!reader) return;
  try {
    for (;;) {
      deadline.restart();
      const { done, value } = await reader.read();
      deadline.clear();
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
