/** Sends one message to one webhook, signed as Standard Webhooks wants. */
import { request as plainRequest } from 'node:http';
import { request } from 'node:https';
import type { WebhookMessage } from '@anneal/schemas';
import { Webhook as Signer } from 'standardwebhooks';
import { checkedLookup, checkUrl, type Resolve } from './addresses.ts';
import type { Endpoint } from './endpoints.ts';

export interface DeliverOptions {
  /** Networks that messages may go to although they are private. */
  readonly networks?: readonly string[];
  readonly timeoutMilliseconds?: number;
  readonly resolve?: Resolve;
  /** Breaks off what is being sent, which then counts as not tried. */
  readonly signal?: AbortSignal;
}

export type Outcome =
  | { readonly kind: 'delivered' }
  /** The receiver wants no more: it answered 410. */
  | { readonly kind: 'gone' }
  | { readonly kind: 'failed'; readonly reason: string };

/** Milliseconds that a receiver may take to answer. */
const TIMEOUT = 15_000;

/** Waits before the tries after the first, in seconds; the times that Standard Webhooks proposes, as far as a queue of SQS can wait. */
export const RETRY_SECONDS: readonly number[] = [5, 300, 1800, 7200, 18_000, 36_000, 36_000];

/** Names the message for its receiver, the same at every try. */
export const messageId = (jobId: string, seq: number): string => `msg_${jobId}_${seq}`;

/** The headers of a message: one signature for each secret that holds, the newest first. */
export function signedHeaders(
  { secrets }: Pick<Endpoint, 'secrets'>,
  id: string,
  body: string,
  at: number,
): Record<string, string> {
  const holding = secrets.filter(({ until }) => until === null || until > at);
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at / 1000)),
    'webhook-signature': holding.map(({ secret }) => new Signer(secret).sign(id, new Date(at), body)).join(' '),
  };
}

/** Redirects are not followed. Never throws for what the receiver does. @throws the signal's reason */
export async function deliver(
  endpoint: Endpoint,
  id: string,
  message: WebhookMessage,
  at: number,
  { networks = [], timeoutMilliseconds = TIMEOUT, resolve, signal }: DeliverOptions = {},
): Promise<Outcome> {
  const url = new URL(endpoint.url);
  try {
    // The networks that are allowed may have changed since it was registered; and what needs no resolving is looked up nowhere else.
    checkUrl(endpoint.url, networks);
    const body = JSON.stringify(message);
    const headers = {
      ...signedHeaders(endpoint, id, body, at),
      'content-type': 'application/json',
      'content-length': String(Buffer.byteLength(body)),
      'user-agent': 'Anneal-Webhooks',
    };
    const options = { method: 'POST', headers, lookup: checkedLookup(networks, resolve), agent: false } as const;
    const status = await post(
      url,
      options,
      body,
      AbortSignal.any([AbortSignal.timeout(timeoutMilliseconds), ...(signal ? [signal] : [])]),
    );
    if (status >= 200 && status < 300) return { kind: 'delivered' };
    if (status === 410) return { kind: 'gone' };
    const redirected = status >= 300 && status < 400 ? '; redirects are not followed' : '';
    return { kind: 'failed', reason: `it answered ${status}${redirected}` };
  } catch (error) {
    signal?.throwIfAborted();
    const late = error instanceof Error && error.name === 'TimeoutError';
    const reason = late ? `no answer within ${timeoutMilliseconds / 1000} s` : String((error as Error).message);
    return { kind: 'failed', reason };
  }
}

/** The status of the answer, of which nothing else is read. */
function post(url: URL, options: object, body: string, signal: AbortSignal): Promise<number> {
  const send = url.protocol === 'http:' ? plainRequest : request;
  return new Promise((resolve, reject) => {
    const sent = send(url, { ...options, signal }, (answer) => {
      resolve(answer.statusCode ?? 0);
      answer.destroy();
    });
    sent.on('error', (error) => reject(signal.aborted ? signal.reason : error));
    sent.end(body);
  });
}
