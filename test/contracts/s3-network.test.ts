/** The ArtifactStore on S3 behind a bad network: refused, cut off, standing still, answers lost, bytes damaged. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { startS3 } from '../../infra/stand-ins/index.mjs';
import { s3ArtifactStore } from '../../services/core/adapters/s3-artifact-store/index.ts';
import type { Seen } from '../stand-ins/faulty-proxy.ts';
import { slowDown } from '../stand-ins/s3-faults.ts';
import { standIn } from '../stand-ins/start.ts';
import { collect } from './artifact-store.contract.ts';
import { first, isComplete, isGet, isPart, isPut, MIB, s3Place, sha256, streamOf } from './s3-place.ts';

const s3 = await standIn('S3 behind a bad network', startS3);
if (s3) await theTests(s3);

async function theTests(started: NonNullable<typeof s3>): Promise<void> {
  const { network, openStore, left } = await s3Place(started);

  for (const [what, bodyOf] of [
    ['a stream', streamOf],
    ['bytes in memory', (bytes: Buffer) => bytes],
  ] as const) {
    test(`${what} of many parts whose upload fails at any request leaves nothing, and the key is free`, async () => {
      const { store, place } = await openStore({ maxAttempts: 1 });
      const bytes = randomBytes(12 * MIB);
      const failing: [string, (seen: Seen) => boolean][] = [
        ['the second part', ({ url: asked, method }) => method === 'PUT' && asked.includes('partNumber=2')],
        ['the completion', isComplete],
      ];
      if (what === 'a stream') failing.push(['the copy', (seen) => isPart(seen) && seen.url.includes('/a/b')]);
      for (const [step, matches] of failing) {
        network.faults((seen) => (matches(seen) && !seen.url.includes('uploads') ? slowDown : undefined));
        await assert.rejects(
          store.putIfAbsent('a/b', bodyOf(bytes), 'text/plain'),
          { code: 'store_unavailable' },
          step,
        );
        assert.deepEqual(await left(place), [], `after ${step} failed`);
      }
      network.faults();
      await store.putIfAbsent('a/b', bodyOf(bytes), 'text/plain');
      store.close();
    });
  }

  test('with rights to list only its own folder: what S3 forbids because it is not there is not there, all else is forbidden', async () => {
    const { store, place } = await openStore();
    await store.putIfAbsent('a/b', Buffer.from('x'), 'text/plain');
    const denied = '<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>';
    const forbid = (matches: (seen: Seen) => boolean) =>
      network.faults((seen) => (matches(seen) ? { kind: 'answer', status: 403, body: denied } : undefined));
    // S3 answers so for an object that is not there to those who may not list the whole bucket.
    forbid(({ method, url }) => method === 'HEAD' && !url.includes('/a/b'));
    await assert.rejects(store.head('a/c'), { code: 'artifact_not_found' });
    await assert.rejects(store.head('a'), { code: 'artifact_not_found' });
    assert.equal((await store.head('a/b')).size, 1);
    forbid(({ method }) => method === 'HEAD');
    await assert.rejects(store.head('a/b'), { code: 'store_unavailable', message: /access is denied/ });
    forbid(() => true);
    await assert.rejects(store.head('a/c'), { code: 'store_unavailable', message: /access is denied/ });
    // At the start it looks at nothing but its own folder.
    forbid(({ url }) => new URL(url, 'http://s3').searchParams.get('prefix') !== `${place}/`);
    const again = await s3ArtifactStore(`artifacts/${place}?region=us-east-1&endpoint=${network.url}`, {
      client: { credentials: started.credentials },
    });
    again.close();
    store.close();
  });

  test('a stream that breaks after some parts leaves nothing; its error comes as it is', async () => {
    const { store, place } = await openStore();
    async function* broken() {
      yield* streamOf(randomBytes(11 * MIB));
      throw Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
    }
    await assert.rejects(store.putIfAbsent('a', broken(), 'text/plain'), { message: 'socket hang up' });
    assert.deepEqual(await left(place), []);
    store.close();
  });

  test('503 SlowDown is tried again, whatever it comes to', async () => {
    const { store, place } = await openStore();
    const bytes = randomBytes(6 * MIB);
    let count = 0;
    // Every second request.
    network.faults(() => (++count % 2 === 1 ? slowDown : undefined));
    await store.putIfAbsent('small', Buffer.from('x'), 'text/plain');
    await store.putIfAbsent('large', streamOf(bytes), 'text/plain');
    assert.equal(sha256(await collect((await store.get('large')).body)), sha256(bytes));
    const listed: string[] = [];
    for await (const { key } of store.list('')) listed.push(key);
    assert.deepEqual(listed, ['large', 'small']);
    await store.remove('small');
    assert.ok(count > 20);
    assert.deepEqual(await left(place), ['large']);
    store.close();
  });

  test('a storm of 503 SlowDown, three requests of four, loses nothing', { timeout: 180_000 }, async () => {
    const { store } = await openStore();
    let count = 0;
    network.faults(() => (++count < 400 && count % 4 !== 0 ? slowDown : undefined));
    const put = async (client: number) => {
      for (let i = 0; i < 4; i++)
        await store.putIfAbsent(`${client}/${i}`, Buffer.from(`${client} ${i}`), 'text/plain');
    };
    await Promise.all(Array.from({ length: 32 }, (_v, client) => put(client)));
    network.faults();
    for (let client = 0; client < 32; client++)
      assert.equal(String(await collect((await store.get(`${client}/3`)).body)), `${client} 3`);
    store.close();
  });

  test('a put that was carried out but not answered is a success, not a taken key', async () => {
    const { store } = await openStore();
    network.faults(first(1, { kind: 'lose' }, isPut));
    assert.equal((await store.putIfAbsent('small', Buffer.from('x'), 'text/plain')).size, 1);
    network.faults(first(1, { kind: 'lose' }, isComplete));
    const bytes = randomBytes(6 * MIB);
    assert.equal((await store.putIfAbsent('large', bytes, 'text/plain')).sha256, sha256(bytes));
    network.faults(first(1, { kind: 'lose' }, (seen) => isComplete(seen) && seen.url.includes('/stream')));
    assert.equal((await store.putIfAbsent('stream', streamOf(bytes), 'text/plain')).sha256, sha256(bytes));
    network.faults();
    for (const key of ['small', 'large', 'stream']) {
      await assert.rejects(store.putIfAbsent(key, Buffer.from('x'), 'text/plain'), { code: 'artifact_exists' });
    }
    store.close();
  });

  test('bytes damaged on their way in are sent again; those damaged on their way out are an error', async () => {
    const { store } = await openStore();
    const bytes = randomBytes(6 * MIB);
    network.faults(first(1, { kind: 'damage', what: 'request' }, isPut));
    await store.putIfAbsent('small', bytes.subarray(0, 1000), 'text/plain');
    network.faults(first(1, { kind: 'damage', what: 'request' }, isPart));
    await store.putIfAbsent('large', bytes, 'text/plain');
    network.faults();
    assert.equal(sha256(await collect((await store.get('small')).body)), sha256(bytes.subarray(0, 1000)));
    assert.equal(sha256(await collect((await store.get('large')).body)), sha256(bytes));
    network.faults(first(1, { kind: 'damage', what: 'answer' }, isGet));
    await assert.rejects(collect((await store.get('large')).body), { code: 'data_damaged' });
    store.close();
  });

  test('a read whose connection is cut goes on where it ended; one that is always cut ends with an error', async () => {
    const { store } = await openStore();
    const bytes = randomBytes(3 * MIB);
    await store.putIfAbsent('a', bytes, 'text/plain');
    network.faults(first(4, { kind: 'cut-answer', after: 700_000 }, isGet));
    assert.equal(sha256(await collect((await store.get('a')).body)), sha256(bytes));
    network.faults(first(2, { kind: 'cut-answer', after: 1000 }, isGet));
    const { body } = await store.get('a', { start: 10, end: 5009 });
    assert.ok((await collect(body)).equals(bytes.subarray(10, 5010)));
    network.faults((seen) => (isGet(seen) ? { kind: 'cut-answer', after: 0 } : undefined));
    await assert.rejects(collect((await store.get('a')).body), { code: 'store_unavailable' });
    store.close();
  });

  test('a read that stands still is cut off and goes on; a request without an answer is sent again', async () => {
    const { store } = await openStore({
      requestHandler: { socketTimeout: 300, requestTimeout: 300, throwOnRequestTimeout: true },
    });
    const bytes = randomBytes(2 * MIB);
    network.faults(first(1, { kind: 'stall-answer', after: 0 }, isPut));
    await store.putIfAbsent('a', bytes, 'text/plain');
    network.faults(first(2, { kind: 'stall-answer', after: 500_000 }, isGet));
    assert.equal(sha256(await collect((await store.get('a')).body)), sha256(bytes));
    store.close();
  });
}
