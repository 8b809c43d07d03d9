/** Requests: authorisation, timeouts, retries, and errors as classes. */
import { findAddress } from './address.ts';
import { delay, sleep } from './backoff.ts';
import { type Deadline, deadline } from './deadline.ts';
import { AnnealError, ConnectionError, errorOf, TimeoutError } from './errors.ts';

export interface ClientOptions {
  /** Where the service is. By default ANNEAL_URL, then the service that runs in ANNEAL_HOME or ./.anneal. */
  readonly baseUrl?: string | undefined;
  /** By default ANNEAL_TOKEN, then the token file of that folder. */
  readonly token?: string | undefined;
  /** Milliseconds that one try of a request may take; 60,000 by default. */
  readonly timeout?: number | undefined;
  /** Tries after the first; 2 by default. */
  readonly maxRetries?: number | undefined;
  readonly fetch?: typeof fetch | undefined;
}

export interface RequestOptions {
  readonly signal?: AbortSignal | undefined;
  readonly timeout?: number | undefined;
  readonly maxRetries?: number | undefined;
}

export interface Request extends RequestOptions {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  /** A list is sent as a parameter repeated. */
  readonly query?: Readonly<Record<string, string | number | readonly string[] | undefined>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: unknown;
}

/** Bytes to be sent. */
export interface Put extends RequestOptions {
  readonly path: string;
  /** Another place than the service, which gets no token. */
  readonly url?: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Bytes. */
  readonly size: number;
  /** Made for each try; says that it is alive whenever bytes go. */
  readonly body: (alive: () => void) => Blob | ReadableStream<Uint8Array>;
}

/** A body that is still coming in. Whoever opened it releases its deadline. */
export interface Opened {
  readonly response: Response;
  readonly deadline: Deadline;
}

const TIMEOUT_MILLISECONDS = 60_000;
const MAX_RETRIES = 2;

export class Transport {
  readonly #options: ClientOptions;

  constructor(options: ClientOptions) {
    this.#options = options;
  }

  get maxRetries(): number {
    return this.#options.maxRetries ?? MAX_RETRIES;
  }

  async json<T>(request: Request): Promise<T> {
    return this.#read(request, async (response) => (await response.json()) as T);
  }

  async text(request: Request): Promise<string> {
    return this.#read(request, (response) => response.text());
  }

  /** Sends bytes; the timeout counts while none go. A precondition that does not hold is an answer too: what is to be put is there. */
  async put(request: Put): Promise<void> {
    await this.#retry(request, async () => {
      const { response, deadline } = await this.#attempt({ ...request, method: 'PUT' }, request);
      try {
        await response.arrayBuffer();
      } finally {
        deadline.release();
      }
    });
  }

  /** Answers once the headers are there; the timeout counts up to then. */
  async open(request: Request): Promise<Opened> {
    return this.#retry(request, () => this.#attempt(request));
  }

  /** The body belongs to the try: a connection that breaks in the middle of it is tried again too. */
  #read<T>(request: Request, read: (response: Response) => Promise<T>): Promise<T> {
    return this.#retry(request, async () => {
      const { response, deadline } = await this.#attempt(request);
      deadline.restart();
      try {
        return await read(response);
      } catch (error) {
        throw connectionError(error, deadline, response.url);
      } finally {
        deadline.release();
      }
    });
  }

  async #retry<T>(request: RequestOptions, attempt: () => Promise<T>): Promise<T> {
    const retries = request.maxRetries ?? this.maxRetries;
    for (let tries = 0; ; tries++) {
      try {
        return await attempt();
      } catch (error) {
        if (tries >= retries || !(error instanceof AnnealError) || !error.retryable) throw error;
        await sleep(delay(tries, retryAfterOf(error)), request.signal);
      }
    }
  }

  async #attempt(request: Request, put?: Put): Promise<Opened> {
    request.signal?.throwIfAborted();
    const elsewhere = put?.url;
    const { baseUrl, token } =
      elsewhere === undefined ? findAddress(this.#options) : { baseUrl: new URL(elsewhere).origin, token: undefined };
    const url = elsewhere ?? baseUrl + request.path + search(request.query);
    const milliseconds = request.timeout ?? this.#options.timeout ?? TIMEOUT_MILLISECONDS;
    const limit = deadline(request.signal, milliseconds, () => {
      const message = `${baseUrl} did not answer within ${milliseconds / 1000} s`;
      return new TimeoutError(message, { code: 'request_timeout', retryable: true });
    });
    const send = this.#options.fetch ?? ((...args: Parameters<typeof fetch>) => globalThis.fetch(...args));
    try {
      const response = await send(url, {
        method: request.method ?? 'GET',
        headers: {
          ...(token !== undefined && { authorization: `Bearer ${token}` }),
          ...(request.body !== undefined && { 'content-type': 'application/json' }),
          ...request.headers,
          ...(put && { 'content-length': String(put.size) }),
        },
        ...(request.body !== undefined && { body: JSON.stringify(request.body) }),
        ...(put && sending(put, limit)),
        signal: limit.signal,
      });
      if (!response.ok && !(elsewhere !== undefined && response.status === 412)) {
        const error = await errorOf(response);
        retryAfter.set(error, response.headers.get('retry-after'));
        throw error;
      }
      limit.clear();
      return { response, deadline: limit };
    } catch (error) {
      limit.release();
      throw connectionError(error, limit, baseUrl);
    }
  }
}

const sending = ({ body }: Put, limit: Deadline): RequestInit =>
  ({ body: body(limit.restart), duplex: 'half' }) as RequestInit;

/** What `Retry-After` said with an error. */
const retryAfter = new WeakMap<AnnealError, string | null>();
const retryAfterOf = (error: AnnealError): string | null => retryAfter.get(error) ?? null;

/** What to throw for an error of fetch or of reading: the reason of an abort, or that the connection failed and why. */
export function connectionError(error: unknown, { signal }: Deadline, url: string): unknown {
  if (error instanceof AnnealError) return error;
  if (signal.aborted) return signal.reason;
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const why =
    cause instanceof Error ? cause.message || ('code' in cause && String(cause.code)) || cause.name : String(cause);
  const { origin } = new URL(url);
  return new ConnectionError(`the connection to ${origin} failed: ${why}`, {
    code: 'connection_failed',
    retryable: true,
    cause: error,
  });
}

function search(query: Request['query']): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value === undefined) continue;
    for (const one of typeof value === 'object' ? value : [value]) parameters.append(name, String(one));
  }
  const text = parameters.toString();
  return text && `?${text}`;
}
