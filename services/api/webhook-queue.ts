/** What lies in the queue between the functions that find out whom to tell and that tells it. */
import type { WebhookMessage } from '@anneal/schemas';

export interface QueuedMessage {
  readonly tenant: string;
  /** Its id; where it goes to and its secret are read when it is sent. */
  readonly webhook: string;
  /** The `webhook-id`. */
  readonly id: string;
  readonly message: WebhookMessage;
}
