/** Contract: the ArtifactStore on S3, over versitygw; and what is its own: uploads in parts, bad networks, damage, presigned requests. */
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import {
  CreateBucketCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  type S3ClientConfig,
} from '@aws-sdk/client-s3';
import { startS3 } from '../../infra/stand-ins/index.mjs';
import { s3ArtifactStore } from '../../services/core/adapters/s3-artifact-store/index.ts';
import { type Fault, faultyProxy, type Seen } from '../stand-ins/faulty-proxy.ts';
import { standIn } from '../stand-ins/start.ts';
import { artifactStoreContract, collect } from './artifact-store.contract.ts';

const s3 = await standIn('S3: contract and what is its own', startS3);
if (s3) await theTests(s3);

async function theTests({ url, credentials, folder }: NonNullable<typeof s3>): Promise<void> {
  const MIB = 2 ** 20;
  const region = 'us-east-1';
  const direct = new S3Client({ region, endpoint: url, forcePathStyle: true, credentials });
  await direct.send(new CreateBucketCommand({ Bucket: 'artifacts' }));
  const network = await faultyProxy(url);
  after(() => network.stop());
  let stores = 0;

  /** A store of its own over the network, whose faults each test sets; parts of 5 MiB. */
  async function openStore(client: S3ClientConfig = {}) {
    const place = `store-${++stores}`;
    network.faults();
    const store = await s3ArtifactStore(`artifacts/${place}?region=${region}&endpoint=${network.url}`, {
      client: { credentials, ...client },
      partBytes: 5 * MIB,
    });
    return { store, place };
  }

  /** Everything under a place, and uploads that are not complete. */
  async function left(place: string): Promise<string[]> {
    const { Contents = [] } = await direct.send(new ListObjectsV2Command({ Bucket: 'artifacts', Prefix: `${place}/` }));
    const { Uploads = [] } = await direct.send(new ListMultipartUploadsCommand({ Bucket: 'artifacts' }));
    const unfinished = Uploads.filter(({ Key }) => Key?.startsWith(`${place}/`));
    return [
      ...Contents.map(({ Key }) => Key!.slice(place.length + 1)),
      ...unfinished.map(({ Key }) => `unfinished ${Key}`),
    ];
  }

  async function* streamOf(bytes: Buffer, chunk = 300_001) {
    for (let at = 0; at < bytes.length; at += chunk) yield bytes.subarray(at, at + chunk);
  }
  const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
  const slowDown: Fault = {
    kind: 'answer',
    status: 503,
    body: '<?xml version="1.0"?><Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>',
  };
  /** The fault for the first `times` requests that match. */
  const first = (times: number, fault: Fault, matches: (seen: Seen) => boolean) => {
    let count = 0;
    return (seen: Seen) => (matches(seen) && ++count <= times ? fault : undefined);
  };
  const isPart = ({ method, url: asked }: Seen) => method === 'PUT' && asked.includes('partNumber=');
  const isComplete = ({ method, url: asked }: Seen) => method === 'POST' && asked.includes('uploadId=');
  const isPut = ({ method, url: asked }: Seen) => method === 'PUT' && !asked.includes('partNumber=');
  const isGet = ({ method, url: asked }: Seen) => method === 'GET' && asked.includes('GetObject');

  artifactStoreContract('S3', () =>
    s3ArtifactStore(`artifacts/store-${++stores}?region=${region}&endpoint=${url}`, { client: { credentials } }),
  );

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

  test('a presigned put takes exactly what was signed, once', async () => {
    const { store } = await openStore();
    const bytes = Buffer.from('forty-two');
    const blob = { key: 'data/a.csv', size: bytes.length, sha256: sha256(bytes), contentType: 'text/csv' };
    const { method, url: signed, headers } = await store.presigned.put(blob, { seconds: 60 });
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
    await assert.rejects(store.presigned.put(tooLarge, { seconds: 60 }), {
      code: 'invalid_request',
      message: /^size:/,
    });
    store.close();
  });

  test('a presigned get reads one key, for its time', async () => {
    const { store } = await openStore();
    await store.putIfAbsent('a', Buffer.from('one'), 'text/plain');
    await store.putIfAbsent('b', Buffer.from('two'), 'text/plain');
    const { url: signed } = await store.presigned.get('a', { seconds: 60, fileName: 'a"b.txt' });
    const answer = await fetch(signed);
    assert.equal(await answer.text(), 'one');
    assert.equal(answer.headers.get('content-disposition'), 'attachment; filename="a_b.txt"');
    assert.equal((await fetch(signed.replace('/a?', '/b?'))).status, 403);
    const short = (await store.presigned.get('a', { seconds: 1 })).url;
    const status = async () => (await fetch(short)).status;
    while ((await status()) === 200);
    assert.equal(await status(), 403);
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
