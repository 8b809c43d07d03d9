/** The sender of one machine: from the moves of jobs in SQLite to a receiver, over failures, new secrets and new starts. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, test } from 'node:test';
import type { Changes, RecordStore } from '@anneal/core';
import { sqliteJobStore } from '@anneal/core/adapters/sqlite-job-store/index.ts';
import { sqliteRecordStore } from '@anneal/core/adapters/sqlite-record-store/index.ts';
import { RETRY_SECONDS } from '@anneal/core/webhooks/deliver.ts';
import { endpointsOf, OVERLAP } from '@anneal/core/webhooks/endpoints.ts';
import { webhookSender } from '@anneal/core/webhooks/sender.ts';
import type { WebhookMessage } from '@anneal/schemas';
import { Webhook } from 'standardwebhooks';
import { anySpec } from '../contracts/spec.ts';
import { type Receiver, startReceiver } from './receiver.ts';

const folder = mkdtempSync(join(tmpdir(), 'anneal-webhooks-'));
const networks = ['127.0.0.0/8'];
let receiver: Receiver;
let files = 0;
before(async () => {
  receiver = await startReceiver();
});
beforeEach(() => {
  receiver.answer = 200;
  receiver.received.length = 0;
});
after(async () => {
  await receiver.stop();
  rmSync(folder, { recursive: true, force: true });
});

function setUp(file = join(folder, `${++files}.db`)) {
  const clock = { now: Date.now() };
  const now = () => clock.now;
  const jobs = sqliteJobStore(file, { now });
  const records: RecordStore = sqliteRecordStore(file);
  const tenant = 'default';
  const endpoints = endpointsOf(records, { tenant, networks, now });
  const log = { warn: () => undefined, error: () => undefined };
  const followed = { get: jobs.get, readEvents: jobs.readEvents, changes: jobs.changes! };
  const sender = webhookSender({ tenant, jobs: followed, records, log, now, deliver: { networks } });
  const close = async () => {
    await jobs.close();
    await records.close();
  };
  return { file, clock, jobs, records, endpoints, sender, close };
}

const url = () => `http://127.0.0.1:${receiver.port}/hook`;
const all = ['job.queued', 'job.starting', 'job.running', 'job.succeeded', 'job.failed', 'job.cancelled'] as const;
const types = () => receiver.received.map(({ body }) => (JSON.parse(body) as WebhookMessage).type);

test('every move that a webhook asks for is told once; what came before anybody looked is not', async () => {
  const { jobs, endpoints, sender, close } = setUp();
  await jobs.create({ spec: anySpec() });
  await sender.step();
  await endpoints.create({ url: url(), events: [...all], description: '' });
  await endpoints.create({ url: `${url()}/only`, events: ['job.cancelled'], description: '' });
  const { job } = await jobs.create({ spec: anySpec({ team: 'a' }) });
  await jobs.transition(job.id, ['queued'], 'starting');
  const lease = await jobs.claim(job.id, 'r', 60_000);
  await jobs.appendEvents(job.id, [{ type: 'notice', level: 'info', message: 'x' }], lease);
  await jobs.transition(job.id, ['running'], 'cancelled', { reason: 'cancel was asked for', lease });
  await sender.step();
  await sender.step();
  assert.deepEqual(types().sort(), ['job.cancelled', 'job.cancelled', 'job.queued', 'job.running', 'job.starting']);
  const { headers, body } = receiver.received.find(({ path }) => path === '/hook/only')!;
  const { data } = JSON.parse(body) as WebhookMessage;
  assert.deepEqual(
    [data.id, data.state, data.reason, data.tags, data.seq, headers['webhook-id']],
    [job.id, 'cancelled', 'cancel was asked for', { team: 'a' }, 5, `msg_${job.id}_5`],
  );
  await close();
});

test('moves that come while messages are sent are noted in between, not only when all have been', async () => {
  const { jobs, records, endpoints, sender, close } = setUp();
  await sender.step();
  await endpoints.create({ url: url(), events: ['job.queued'], description: '' });
  await jobs.create({ spec: anySpec() });
  let more = 1;
  const changes: Changes = {
    ...jobs.changes!,
    async after(number, limit) {
      if (receiver.received.length === 1 && more-- > 0) await jobs.create({ spec: anySpec() });
      return jobs.changes!.after(number, limit);
    },
  };
  const followed = { get: jobs.get, readEvents: jobs.readEvents, changes };
  const log = { warn: () => undefined, error: () => undefined };
  await webhookSender({ tenant: 'default', jobs: followed, records, log, deliver: { networks } }).step();
  assert.equal(receiver.received.length, 2);
  await close();
});

test('what fails is tried again at longer and longer times, with the same id, then given up; the webhook says why', async () => {
  const { clock, jobs, endpoints, sender, close } = setUp();
  await sender.step();
  const { id } = await endpoints.create({ url: url(), events: ['job.queued'], description: '' });
  receiver.answer = 503;
  await jobs.create({ spec: anySpec() });
  await sender.step();
  assert.equal(receiver.received.length, 1);
  for (const [tried, seconds] of RETRY_SECONDS.entries()) {
    clock.now += seconds * 1000 - 1;
    await sender.step();
    assert.equal(receiver.received.length, tried + 1, `too early after ${seconds} s`);
    clock.now += 1;
    await sender.step();
    assert.equal(receiver.received.length, tried + 2);
    assert.equal((await endpoints.find(id))?.failing?.reason.startsWith('it answered 503'), true);
  }
  clock.now += 1e9;
  await sender.step();
  assert.equal(receiver.received.length, RETRY_SECONDS.length + 1);
  assert.equal(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size, 1);
  assert.match((await endpoints.find(id))?.failing?.reason ?? '', /given up after 8 tries/);
  receiver.answer = 200;
  await jobs.create({ spec: anySpec() });
  await sender.step();
  assert.equal((await endpoints.find(id))?.failing, null);
  await close();
});

test('a service that ends goes on at its next start: neither moves nor tries are lost', async () => {
  const first = setUp();
  await first.sender.step();
  await first.endpoints.create({ url: url(), events: ['job.queued'], description: '' });
  receiver.answer = 500;
  await first.jobs.create({ spec: anySpec() });
  await first.sender.step();
  await first.jobs.create({ spec: anySpec() });
  await first.close();
  receiver.answer = 200;
  receiver.received.length = 0;
  const second = setUp(first.file);
  second.clock.now = first.clock.now + 6000;
  await second.sender.step();
  assert.equal(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size, 2);
  assert.equal(receiver.received.length, 2);
  await second.close();
});

test('a new secret signs beside the old one for a day', async () => {
  const { clock, jobs, endpoints, sender, close } = setUp();
  await sender.step();
  const made = await endpoints.create({ url: url(), events: ['job.queued'], description: '' });
  const before = made.secrets[0]!.secret;
  const rotated = (await endpoints.rotate(made.id)).secrets[0]!.secret;
  assert.notEqual(before, rotated);
  const verified = async (secret: string): Promise<boolean> => {
    const { body, headers } = receiver.received.at(-1)!;
    // The library compares with its own clock; what it is given is the signature alone.
    const at = new Date(Number(headers['webhook-timestamp']) * 1000);
    const expected = new Webhook(secret).sign(String(headers['webhook-id']), at, body);
    return String(headers['webhook-signature']).split(' ').includes(expected);
  };
  await jobs.create({ spec: anySpec() });
  await sender.step();
  assert.deepEqual([await verified(before), await verified(rotated)], [true, true]);
  clock.now += OVERLAP;
  await jobs.create({ spec: anySpec() });
  await sender.step();
  assert.deepEqual([await verified(before), await verified(rotated)], [false, true]);
  await close();
});

test('a receiver that answers 410 is told no more, nor is one that is removed', async () => {
  const { jobs, endpoints, sender, clock, close } = setUp();
  await sender.step();
  const gone = await endpoints.create({ url: url(), events: ['job.queued'], description: '' });
  receiver.answer = 410;
  await jobs.create({ spec: anySpec() });
  await sender.step();
  assert.equal(await endpoints.find(gone.id), undefined);
  const removed = await endpoints.create({ url: url(), events: ['job.queued'], description: '' });
  receiver.answer = 500;
  await jobs.create({ spec: anySpec() });
  await sender.step();
  await endpoints.remove(removed.id);
  receiver.answer = 200;
  const count = receiver.received.length;
  clock.now += 1e9;
  await sender.step();
  assert.equal(receiver.received.length, count);
  await assert.rejects(endpoints.remove(removed.id), { code: 'not_found' });
  await assert.rejects(endpoints.rotate(removed.id), { code: 'not_found' });
  await close();
});
