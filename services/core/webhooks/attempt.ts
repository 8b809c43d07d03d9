/** One try of a message, and what its webhook is told of it: the same on one machine and on Lambda. */
import type { WebhookMessage } from '@anneal/schemas';
import { unless } from '../unless.ts';
import { type DeliverOptions, deliver, RETRY_SECONDS } from './deliver.ts';
import type { Endpoints } from './endpoints.ts';

export interface Failure {
  /** In words, with how many tries there were if it is given up. */
  readonly reason: string;
  /** Seconds until the next try; undefined: it is given up. */
  readonly wait: number | undefined;
}

export interface Sent {
  /** Id of the webhook. */
  readonly webhook: string;
  /** The `webhook-id`. */
  readonly id: string;
  readonly message: WebhookMessage;
}

/**
 * Undefined if the message is done with: it has come, nobody wants it any more, or its webhook is gone.
 * @param tries this one included
 * @param at milliseconds since 1970
 * @throws the signal's reason, or what the store throws
 */
export async function attempt(
  endpoints: Endpoints,
  { webhook, id, message }: Sent,
  tries: number,
  at: number,
  options: DeliverOptions = {},
): Promise<Failure | undefined> {
  const endpoint = await endpoints.find(webhook);
  if (!endpoint) return undefined;
  const outcome = await deliver(endpoint, id, message, at, options);
  if (outcome.kind === 'gone') await unless('not_found', endpoints.remove(webhook));
  if (outcome.kind === 'delivered') await endpoints.note(webhook, null);
  if (outcome.kind !== 'failed') return undefined;
  const wait = RETRY_SECONDS[tries - 1];
  const reason = `${outcome.reason}${wait === undefined ? `; given up after ${tries} tries` : ''}`;
  await endpoints.note(webhook, reason);
  return { reason, wait };
}
