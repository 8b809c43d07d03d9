/** Webhooks of a service: registered over HTTP, told of what becomes of jobs, signed with the secret that was told. */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { type Service, serve } from '@anneal/api/node.ts';
import { apiKeys } from '@anneal/core/api-keys.ts';
import { openRecordStore } from '@anneal/core/open.ts';
import type { Webhook as Verifier } from 'standardwebhooks';
import { Webhook } from 'standardwebhooks';
import { Anneal, BadRequestError, NotFoundError, PermissionError, type WebhookMessage } from '../../sdk/index.ts';
import { type Receiver, startReceiver } from '../core/receiver.ts';
import { assertConforms, assertShape } from './conformance.ts';
import { openService } from './service.ts';
import { spec } from './spec.ts';

let folder: string;
let service: Service;
let receiver: Receiver;
let client: Anneal;
before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'anneal-hooks-'));
  receiver = await startReceiver();
  service = await serve({ folder, port: 0, concurrency: 0, webhookNetworks: ['127.0.0.0/8'] });
  client = new Anneal({
    baseUrl: service.url,
    token: service.token,
    fetch: async (url, init) => {
      const response = await fetch(url, init);
      await assertConforms(init?.method ?? 'GET', new URL(String(url)).pathname, response);
      return response;
    },
  });
});
after(async () => {
  await service.close();
  await receiver.stop();
  await rm(folder, { recursive: true });
});
const url = () => `http://127.0.0.1:${receiver.port}/hook`;
async function received(count: number): Promise<WebhookMessage[]> {
  while (receiver.received.length < count) await new Promise((resolve) => setTimeout(resolve, 20));
  return receiver.received.map(({ body }) => JSON.parse(body) as WebhookMessage);
}

describe('webhooks', () => {
  it('are registered, told, and removed', async () => {
    const made = await client.webhooks.create({ url: url(), events: ['job.queued', 'job.cancelled'] });
    assert.match(made.secret, /^whsec_[A-Za-z0-9+/]{43}=$/);
    assert.deepEqual(await client.webhooks.list(), [(({ secret: _, ...rest }) => rest)(made)]);
    const job = await client.jobs.create(spec());
    await client.jobs.cancel(job.id);
    const messages = await received(2);
    assert.deepEqual(messages.map(({ type }) => type).sort(), ['job.cancelled', 'job.queued']);
    const verifier: Verifier = new Webhook(made.secret);
    for (const { body, headers } of receiver.received) {
      verifier.verify(body, headers as Record<string, string>);
      assertShape('WebhookMessage', JSON.parse(body));
    }
    const { secret } = await client.webhooks.rotate(made.id);
    await client.jobs.create(spec());
    await received(3);
    const last = receiver.received.at(-1)!;
    for (const one of [made.secret, secret]) new Webhook(one).verify(last.body, last.headers as Record<string, string>);
    await client.webhooks.delete(made.id);
    assert.deepEqual(await client.webhooks.list(), []);
    await assert.rejects(client.webhooks.delete(made.id), NotFoundError);
  });

  it('are of those who may do everything, of one tenant', async () => {
    const records = await openRecordStore(`sqlite:${folder}/jobs.db`);
    const keyOf = async (tenant: string, scopes: ('admin' | 'submit' | 'read')[]) =>
      (await apiKeys(records).create({ tenant, name: '', scopes })).secret;
    const of = (token: string) => new Anneal({ baseUrl: service.url, token });
    const plain = of(await keyOf('hooks', ['read', 'submit']));
    await assert.rejects(plain.webhooks.create({ url: url() }), PermissionError);
    await assert.rejects(plain.webhooks.list(), PermissionError);
    const admin = of(await keyOf('hooks', ['admin']));
    const { id } = await admin.webhooks.create({ url: url(), events: ['job.queued'] });
    await assert.rejects(client.webhooks.delete(id), NotFoundError);
    receiver.received.length = 0;
    await client.jobs.create(spec());
    const own = await admin.jobs.create(spec());
    assert.deepEqual(
      (await received(1)).map(({ data }) => data.id),
      [own.id],
    );
    await records.close();
  });

  it('with an address that is not allowed are refused by name', async () => {
    for (const [given, message] of [
      ['https://169.254.169.254/latest', /169\.254\.169\.254 is not a public address/],
      ['https://user:pass@example.com', /no user name/],
      ['ftp://example.com', /allowed: https/],
      ['nonsense', /^url: /],
    ] as const) {
      await assert.rejects(client.webhooks.create({ url: given }), (error: BadRequestError) => {
        assert.ok(error instanceof BadRequestError);
        assert.equal(error.param, 'url');
        assert.match(error.message, message);
        return true;
      });
    }
    const unknown = { url: 'https://example.com', events: ['job.ended'] } as never;
    await assert.rejects(client.webhooks.create(unknown), { code: 'invalid_request', param: 'events[0]' });
  });

  it('are refused where nobody would send them', async () => {
    const other = await openService();
    const answer = await other.call('/v1/webhooks');
    assert.equal(answer.status, 404);
    assert.match(await answer.text(), /sends no webhooks/);
    await other.close();
  });
});

it('a network that is none stops the start, by name', async () => {
  const start = serve({ folder: path.join(folder, 'x'), port: 0, webhookNetworks: ['10.0.0.0'] });
  await assert.rejects(start, { message: /'10.0.0.0' is no network/ });
});
