/** Webhooks: who is told of what becomes of jobs. */
import { type Endpoints, shown } from '@anneal/core/webhooks/endpoints.ts';
import { AnnealError, webhookInput, webhookList, webhookWithSecret } from '@anneal/schemas';
import { z } from 'zod';
import { type Endpoint, route } from '../endpoint.ts';
import { checkRequest } from '../incoming.ts';
import type { Services } from '../services.ts';
import { noHeaders, noParams, noQuery } from './parameters.ts';

const params = z.object({ id: z.string().min(1).max(64).describe('Id of the webhook.') });
const common = { tag: 'webhooks', scope: 'admin', query: noQuery, headers: noHeaders } as const;

const create = {
  ...common,
  method: 'post',
  path: '/v1/webhooks',
  id: 'createWebhook',
  summary: 'Register a webhook',
  description:
    'Messages follow Standard Webhooks 1.0: `webhook-id`, `webhook-timestamp` and `webhook-signature` in the headers, a WebhookMessage in the ' +
    'body. What is not answered with 2xx is sent again, for more than a day.',
  params: noParams,
  body: {
    schema: webhookInput,
    description: 'Where messages go, and of what.',
    example: { url: 'https://example.com/anneal', events: ['job.succeeded', 'job.failed'] },
  },
  answers: { 201: { description: 'The webhook, with its secret.', schema: webhookWithSecret } },
  errors: ['invalid_json', 'payload_too_large', 'unsupported_media_type', 'conflict', 'not_found'],
} as const satisfies Endpoint;

const list = {
  ...common,
  method: 'get',
  path: '/v1/webhooks',
  id: 'listWebhooks',
  summary: 'List webhooks, the oldest first',
  params: noParams,
  answers: { 200: { description: 'All of them.', schema: webhookList } },
  errors: ['not_found'],
} as const satisfies Endpoint;

const remove = {
  ...common,
  method: 'delete',
  path: '/v1/webhooks/{id}',
  id: 'deleteWebhook',
  summary: 'Remove a webhook',
  params,
  answers: { 204: { description: 'It is gone; what was to be sent to it is not.' } },
  errors: ['not_found'],
} as const satisfies Endpoint;

const rotate = {
  ...common,
  method: 'post',
  path: '/v1/webhooks/{id}/rotate',
  id: 'rotateWebhookSecret',
  summary: 'Replace the secret of a webhook',
  description: 'For a day messages are signed with both, so that receivers may change over in between.',
  params,
  answers: { 200: { description: 'The webhook, with its new secret.', schema: webhookWithSecret } },
  errors: ['not_found'],
} as const satisfies Endpoint;

/** @throws AnnealError not_found where nobody would send them */
function endpointsIn({ webhooks }: Services): Endpoints {
  if (webhooks) return webhooks;
  throw new AnnealError('not_found', 'this service sends no webhooks: its jobs are in a store that it cannot follow');
}

const withSecret = (made: Awaited<ReturnType<Endpoints['create']>>) => ({
  ...shown(made),
  secret: made.secrets[0]!.secret,
});

export const webhookRoutes = [
  route(create, async ({ body }, services, c) => {
    const made = await endpointsIn(services).create(checkRequest(webhookInput, body));
    c.header('Location', `/v1/webhooks/${made.id}`);
    return c.json(withSecret(made), 201);
  }),
  route(list, async (_incoming, services, c) => c.json({ items: (await endpointsIn(services).list()).map(shown) })),
  route(remove, async ({ params }, services, c) => {
    await endpointsIn(services).remove(params.id);
    return c.body(null, 204);
  }),
  route(rotate, async ({ params }, services, c) => c.json(withSecret(await endpointsIn(services).rotate(params.id)))),
];
