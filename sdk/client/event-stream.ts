/** The events of a job, over as many connections as it takes. */
import { delay, sleep } from './backoff.ts';
import { AnnealError, ConnectionError } from './errors.ts';
import { parseServerSentEvents } from './server-sent-events.ts';
import { connectionError, type Transport } from './transport.ts';
import type { Event, Progress, ProgressMessage, StreamEnd } from './types.ts';

export interface StreamOptions {
  /** Only events with a larger `seq`. */
  readonly after?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called with the latest progress, which is no event and is not kept. */
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  /** Called when the connection broke and is about to be made again. */
  readonly onReconnect?: ((error: AnnealError) => void) | undefined;
}

/** The service sends a comment every 15 seconds; a connection that is silent for longer than this is dead. */
const SILENCE_MILLISECONDS = 45_000;
/** Connections in a row that may fail before anything has come in: a little more than a minute. */
const MAX_FAILURES = 10;

type Message = Event | ProgressMessage | StreamEnd;

/**
 * Yields each event once and in order, and returns the job's final state. Ends only when the service says that the job has ended.
 * @throws ConnectionError  when the service stays away; AuthenticationError, NotFoundError …; the signal's reason
 */
export async function* followEvents(
  transport: Transport,
  id: string,
  options: StreamOptions,
): AsyncGenerator<Event, StreamEnd['state']> {
  let last = options.after ?? 0;
  for (let failures = 0; ; failures++) {
    const messages = connect(transport, id, last, options.signal);
    try {
      for (;;) {
        const next = await take(messages);
        if (next instanceof AnnealError) {
          if (!next.retryable || failures >= MAX_FAILURES) throw next;
          options.onReconnect?.(next);
          break;
        }
        failures = 0;
        if ('seq' in next) {
          if (next.seq <= last) continue;
          last = next.seq;
          yield next;
        } else if (next.type === 'progress') options.onProgress?.(next.progress);
        else return next.state;
      }
    } finally {
      await messages.return();
    }
    await sleep(delay(failures), options.signal);
  }
}

/** The next message, or what broke the connection. @throws what does not concern the connection: an abort */
async function take(messages: AsyncGenerator<Message, void>): Promise<Message | AnnealError> {
  try {
    const { done, value } = await messages.next();
    if (!done) return value;
    return new ConnectionError('the event stream was cut off before the job had ended', {
      code: 'connection_failed',
      retryable: true,
    });
  } catch (error) {
    if (error instanceof AnnealError) return error;
    throw error;
  }
}

async function* connect(
  transport: Transport,
  id: string,
  last: number,
  signal: AbortSignal | undefined,
): AsyncGenerator<Message, void> {
  const { response, deadline } = await transport.open({
    path: `/v1/jobs/${encodeURIComponent(id)}/events`,
    headers: { accept: 'text/event-stream', ...(last > 0 && { 'last-event-id': String(last) }) },
    signal,
    maxRetries: 0,
  });
  const silence = setInterval(() => {
    if (Date.now() - heard < SILENCE_MILLISECONDS) return;
    const message = `the event stream was silent for ${SILENCE_MILLISECONDS / 1000} s`;
    deadline.abort(new ConnectionError(message, { code: 'connection_failed', retryable: true }));
  }, SILENCE_MILLISECONDS / 9);
  let heard = Date.now();
  const onBytes = (): void => {
    heard = Date.now();
  };
  try {
    if (!response.body) return;
    for await (const { data } of parseServerSentEvents(response.body, onBytes)) yield JSON.parse(data) as Message;
  } catch (error) {
    throw connectionError(error, deadline, response.url);
  } finally {
    clearInterval(silence);
    deadline.release();
  }
}
