/** Contract: the ArtifactStore on S3, over versitygw; and what is its own: blobs of many parts, foreign objects, addresses. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { startS3 } from '../../infra/stand-ins/index.mjs';
import { s3ArtifactStore } from '../../services/core/adapters/s3-artifact-store/index.ts';
import { standIn } from '../stand-ins/start.ts';
import { artifactStoreContract, collect } from './artifact-store.contract.ts';
import { MIB, s3Place, sha256, streamOf } from './s3-place.ts';

const s3 = await standIn('S3: contract and what is its own', startS3);
if (s3) await theTests(s3);

async function theTests(started: NonNullable<typeof s3>): Promise<void> {
  const { region, url, credentials, folder, direct, openStore, openDirect, left } = await s3Place(started);

  artifactStoreContract('S3', openDirect);

  for (const [what, bodyOf] of [
    ['a stream', streamOf],
    ['bytes in memory', (bytes: Buffer) => bytes],
  ] as const) {
    test(`${what} of many parts is put whole, and nothing else is left`, async () => {
      const { store, place } = await openStore();
      const bytes = randomBytes(17 * MIB + 3);
      const info = await store.putIfAbsent('a/b', bodyOf(bytes), 'text/plain');
      assert.deepEqual(info, { key: 'a/b', size: bytes.length, sha256: sha256(bytes), contentType: 'text/plain' });
      const { info: read, body } = await store.get('a/b');
      assert.deepEqual([read, sha256(await collect(body))], [info, info.sha256]);
      assert.deepEqual(await left(place), ['a/b']);
      await assert.rejects(store.putIfAbsent('a/b', bodyOf(bytes), 'text/plain'), { code: 'artifact_exists' });
      assert.deepEqual(await left(place), ['a/b']);
      store.close();
    });
  }

  test('of six who put streams of many parts at once, one wins, whole', async () => {
    const { store, place } = await openStore();
    const bodies = Array.from({ length: 6 }, () => randomBytes(11 * MIB));
    const puts = bodies.map((bytes) =>
      store.putIfAbsent('a', streamOf(bytes, 2 * MIB), 'text/plain').then(
        (info) => info.sha256,
        (error: { code?: string }) => error.code ?? String(error),
      ),
    );
    const winners = (await Promise.all(puts)).filter((answer) => answer !== 'artifact_exists');
    assert.equal(winners.length, 1);
    assert.equal(sha256(await collect((await store.get('a')).body)), winners[0]);
    assert.deepEqual(await left(place), ['a']);
    store.close();
  });

  test('a damaged object is an error, never a result', async () => {
    const { store, place } = await openStore();
    await store.putIfAbsent('a', Buffer.from('0123456789'), 'text/plain');
    const file = join(folder, 'artifacts', place, 'a');
    writeFileSync(file, '01234567x9', { flag: 'r+' });
    await assert.rejects(collect((await store.get('a')).body), { code: 'data_damaged' });
    appendFileSync(file, '!');
    await assert.rejects(store.get('a'), { code: 'data_damaged', message: /has 11 bytes, it was stored with 10/ });
    await assert.rejects(store.head('a'), { code: 'data_damaged' });
    store.close();
  });

  test('an object that nobody put through a store is no artifact', async () => {
    const { store, place } = await openStore();
    await direct.send(new PutObjectCommand({ Bucket: 'artifacts', Key: `${place}/a`, Body: 'from elsewhere' }));
    await assert.rejects(store.head('a'), { code: 'data_damaged', message: /lost what is known of it/ });
    await assert.rejects(store.putIfAbsent('a', Buffer.from('x'), 'text/plain'), { code: 'artifact_exists' });
    store.close();
  });

  test('a list of more than one page holds every key once, in order', async () => {
    const { store } = await openStore();
    const keys = Array.from({ length: 1003 }, (_v, i) => `list/${String(i).padStart(4, '0')}`);
    const waiting = [...keys];
    const put = async () => {
      for (let key = waiting.pop(); key; key = waiting.pop())
        await store.putIfAbsent(key, Buffer.from(key), 'text/plain');
    };
    await Promise.all(Array.from({ length: 16 }, put));
    const listed: string[] = [];
    for await (const { key } of store.list('list/')) listed.push(key);
    assert.deepEqual(listed, keys);
    store.close();
  });

  test('what is wrong with an address or a bucket is said when the store opens', async () => {
    const open = (rest: string) => s3ArtifactStore(rest, { client: { credentials, maxAttempts: 1 } });
    await assert.rejects(open('Not A Bucket'), { code: 'invalid_request', message: /names no bucket/ });
    await assert.rejects(open('artifacts?regio=x'), { code: 'invalid_request', message: /did you mean 'region'/ });
    await assert.rejects(open('artifacts?endpoint=ftp://x'), { code: 'invalid_request', message: /no endpoint/ });
    await assert.rejects(open(`nothing-here?region=${region}&endpoint=${url}`), {
      code: 'store_unavailable',
      message: /nothing-here can't be reached: there is none of that name/,
    });
    await assert.rejects(open(`artifacts?region=${region}&endpoint=http://127.0.0.1:9`), { code: 'store_unavailable' });
    const stranger = { client: { credentials: { ...credentials, secretAccessKey: 'wrong' } } };
    await assert.rejects(s3ArtifactStore(`artifacts?region=${region}&endpoint=${url}`, stranger), {
      message: /access is denied/,
    });
  });
}
