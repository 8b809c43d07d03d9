/** Webhooks: who is told of what becomes of jobs. They need a key with the scope `admin`, or the token of the service. */
import type { RequestOptions, Transport } from './transport.ts';
import type { Webhook, WebhookInput, WebhookWithSecret } from './types.ts';

const at = (id: string, rest = ''): string => `/v1/webhooks/${encodeURIComponent(id)}${rest}`;

export class Webhooks {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** The only time, but for `rotate`, that its secret is told. @throws BadRequestError for an address that is not allowed */
  create(webhook: WebhookInput, options: RequestOptions = {}): Promise<WebhookWithSecret> {
    // Once: a second one would tell everything twice.
    return this.#transport.json({ maxRetries: 0, ...options, method: 'POST', path: '/v1/webhooks', body: webhook });
  }

  /** The oldest first. */
  async list(options: RequestOptions = {}): Promise<Webhook[]> {
    const { items } = await this.#transport.json<{ items: Webhook[] }>({ ...options, path: '/v1/webhooks' });
    return items;
  }

  /** A new secret; for a day messages are signed with the one before too. */
  rotate(id: string, options: RequestOptions = {}): Promise<WebhookWithSecret> {
    return this.#transport.json({ ...options, method: 'POST', path: at(id, '/rotate') });
  }

  async delete(id: string, options: RequestOptions = {}): Promise<void> {
    await this.#transport.text({ ...options, method: 'DELETE', path: at(id) });
  }
}
