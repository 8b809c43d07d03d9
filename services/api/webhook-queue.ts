/** What lies in the queue between the functions that find out whom to tell and that tells it. */
import type { Sent } from '@anneal/core/webhooks/attempt.ts';

/** Where it goes to and its secret are read when it is sent. */
export interface QueuedMessage extends Sent {
  readonly tenant: string;
}
