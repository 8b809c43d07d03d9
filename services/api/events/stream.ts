/** A job's feed as the bytes of a stream of server-sent events (HTML living standard, 9.2). */
import type { JobStore } from '@anneal/core';
import type { Event, ProgressMessage, StreamEnd } from '@anneal/schemas';
import { type Feeds, RECENT } from './feed.ts';

/** Proxies close a connection that says nothing for a minute or less. */
const HEARTBEAT_MILLISECONDS = 15_000;

export interface StreamOptions {
  readonly feeds: Feeds;
  readonly jobs: JobStore;
  readonly jobId: string;
  /** Only events with a larger `seq`. */
  readonly after: number;
  readonly heartbeatMilliseconds?: number;
  /** After so long the stream is cut off, between two messages. */
  readonly streamMilliseconds?: number | undefined;
}

/**
 * Reads only as fast as the client does. The feed is joined at the first read and left when the client has gone or all is said.
 * An `end` message is the last one of a whole stream; without it the stream was cut off.
 */
export function eventStream(options: StreamOptions): ReadableStream<Uint8Array> {
  const left = new AbortController();
  const encoder = new TextEncoder();
  const source = messages(options, left.signal);
  return new ReadableStream(
    {
      async pull(controller) {
        const { value, done } = await source.next();
        if (done) controller.close();
        else controller.enqueue(encoder.encode(value));
      },
      async cancel() {
        left.abort();
        await source.return(undefined);
      },
    },
    { highWaterMark: 0 },
  );
}

async function* messages(options: StreamOptions, signal: AbortSignal): AsyncGenerator<string, void, void> {
  const { feeds, jobs, jobId, heartbeatMilliseconds = HEARTBEAT_MILLISECONDS } = options;
  const until = performance.now() + (options.streamMilliseconds ?? Number.POSITIVE_INFINITY);
  yield 'retry: 1000\n\n';
  const feed = feeds.join(jobId);
  try {
    let after = options.after;
    let shown = null as typeof feed.progress;
    for (;;) {
      const left = until - performance.now();
      if (feed.closed || signal.aborted || left <= 0) return;
      if (after < feed.head) {
        const events = feed.recent(after) ?? (await jobs.readEvents(jobId, after, RECENT));
        after = events.at(-1)?.seq ?? feed.head;
        yield events.map(eventText).join('');
      } else if (feed.end) {
        yield text('end', { type: 'end', state: feed.end.state } satisfies StreamEnd);
        return;
      } else if (feed.progress && feed.progress !== shown) {
        shown = feed.progress;
        yield text('progress', { type: 'progress', progress: shown } satisfies ProgressMessage);
      } else {
        const news = await feed.changed(Math.min(heartbeatMilliseconds, left), signal);
        if (news === 'quiet' && left > heartbeatMilliseconds) yield ': still here\n\n';
      }
    }
  } finally {
    feeds.leave(jobId, feed);
  }
}

const eventText = (event: Event): string => `id: ${event.seq}\n${text(event.body.type, event)}`;

const text = (type: string, data: unknown): string => `event: ${type}\ndata: ${JSON.stringify(data)}\n\n`;
