/** Requests that the S3 store signs for others: they do what was signed, once and for their time. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startS3 } from '../../infra/stand-ins/index.mjs';
import { s3ArtifactStore } from '../../services/core/adapters/s3-artifact-store/index.ts';
import { standIn } from '../stand-ins/start.ts';
import { collect } from './artifact-store.contract.ts';
import { s3Place, sha256 } from './s3-place.ts';

const s3 = await standIn('presigned requests of S3', startS3);
if (s3) await theTests(s3);

async function theTests(started: NonNullable<typeof s3>): Promise<void> {
  const { openStore, region, url, credentials } = await s3Place(started);

  test('a presigned put takes exactly what was signed, once', async () => {
    const { store } = await openStore();
    const bytes = Buffer.from('forty-two');
    const blob = { key: 'data/a.csv', size: bytes.length, sha256: sha256(bytes), contentType: 'text/csv' };
    const { method, url: signed, headers } = await store.presigned!.put(blob, { seconds: 60 });
    const send = async (body: Buffer, changed: Record<string, string> = {}) => {
      const { 'content-length': _counted, ...sent } = { ...headers, ...changed };
      return (await fetch(signed, { method, headers: sent, body })).status;
    };
    assert.equal(await send(Buffer.from('forty-two!')), 403, 'another length');
    assert.equal(await send(bytes, { 'content-type': 'text/html' }), 403, 'another type');
    assert.equal(await send(Buffer.from('forty-tw0')), 400, 'other bytes');
    assert.equal(await send(bytes, { 'x-amz-meta-sha256': '0'.repeat(64) }), 403, 'another hash in the metadata');
    assert.equal(await send(bytes, { 'if-none-match': '' }), 403, 'without its condition');
    await assert.rejects(store.head(blob.key), { code: 'artifact_not_found' });
    assert.equal(await send(bytes), 200);
    assert.equal(await send(bytes), 412, 'again');
    assert.deepEqual(await store.head(blob.key), blob);
    assert.ok((await collect((await store.get(blob.key)).body)).equals(bytes));
    const tooLarge = { ...blob, size: 2 ** 40 };
    await assert.rejects(store.presigned!.put(tooLarge, { seconds: 60 }), {
      code: 'invalid_request',
      message: /^size:/,
    });
    store.close();
  });

  test('a presigned get reads one key, for its time', async () => {
    const { store } = await openStore();
    await store.putIfAbsent('a', Buffer.from('one'), 'text/plain');
    await store.putIfAbsent('b', Buffer.from('two'), 'text/plain');
    const { url: signed } = await store.presigned!.get('a', { seconds: 60, fileName: 'a"b.txt' });
    const answer = await fetch(signed);
    assert.equal(await answer.text(), 'one');
    assert.equal(answer.headers.get('content-disposition'), 'attachment; filename="a_b.txt"');
    assert.equal((await fetch(signed.replace('/a?', '/b?'))).status, 403);
    const short = (await store.presigned!.get('a', { seconds: 1 })).url;
    const status = async () => (await fetch(short)).status;
    while ((await status()) === 200);
    assert.equal(await status(), 403);
    store.close();
  });

  test('there are none where only the service can reach the store', async () => {
    const open = (presign: string) =>
      s3ArtifactStore(`artifacts/none?region=${region}&endpoint=${url}&presign=${presign}`, {
        client: { credentials },
      });
    const store = await open('no');
    assert.equal(store.presigned, undefined);
    store.close();
    await assert.rejects(open('never'), { code: 'invalid_request', message: /presign is 'never'; allowed: yes, no/ });
  });
}
