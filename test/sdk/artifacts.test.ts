/** End to end: artifacts are verified, and go on where a connection broke. SHA-256 against Node's own as oracle. */
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { Sha256 } from '../../sdk/client/sha256.ts';
import { ConnectionError, IntegrityError } from '../../sdk/index.ts';
import { type Line, scripted } from './scripted-server.ts';

const body = randomBytes(200_000);
const sha256 = createHash('sha256').update(body).digest('hex');

const head = (length: number) => ({
  etag: `"${sha256}"`,
  'content-type': 'application/octet-stream',
  'content-length': String(length),
});
const whole: Line = (response) => response.writeHead(200, head(body.length)).end(body);
const breakAfter =
  (length: number): Line =>
  (response) => {
    response.writeHead(200, head(body.length));
    response.write(body.subarray(0, length), () => response.socket?.destroy());
  };
const rest: Line = (response, { headers }) => {
  const start = Number(/^bytes=(\d+)-$/.exec(headers.range ?? '')?.[1]);
  response.writeHead(206, head(body.length - start)).end(body.subarray(start));
};

test('an artifact is read as a whole', async (t) => {
  const { client, seen } = await scripted(t, whole);
  const artifact = await client.jobs.artifacts.get('job_1', 'model/a b.bin');
  assert.equal(artifact.size, body.length);
  assert.deepEqual(Buffer.from(await artifact.bytes()), body);
  assert.equal(seen[0]?.url, '/v1/jobs/job_1/artifacts/model/a%20b.bin');
});

test('a connection that breaks is made again from where it broke', async (t) => {
  const { client, seen } = await scripted(t, breakAfter(70_000), rest);
  const artifact = await client.jobs.artifacts.get('job_1', 'weights');
  assert.deepEqual(Buffer.from(await artifact.bytes()), body);
  assert.match(seen[1]?.headers.range ?? '', /^bytes=[1-9]\d*-$/);
  assert.equal(seen[1]?.headers['if-range'], `"${sha256}"`);
});

test('an artifact that was replaced meanwhile is not sewn together', async (t) => {
  const { client } = await scripted(t, breakAfter(70_000), whole);
  const artifact = await client.jobs.artifacts.get('job_1', 'weights');
  await assert.rejects(artifact.bytes(), (error) => error instanceof ConnectionError && /replaced/.test(error.message));
});

test('damaged bytes are an error, and what they were written to is aborted', async (t) => {
  const damaged = Buffer.from(body);
  damaged[100_000] = (damaged[100_000] ?? 0) ^ 1;
  const { client } = await scripted(t, (response) => response.writeHead(200, head(body.length)).end(damaged));
  let aborted: unknown;
  let closed = false;
  const destination = new WritableStream<Uint8Array>({
    abort: (reason) => {
      aborted = reason;
    },
    close: () => {
      closed = true;
    },
  });
  await assert.rejects(client.jobs.artifacts.download('job_1', 'weights', destination), IntegrityError);
  assert.ok(aborted instanceof IntegrityError);
  assert.equal(closed, false);
});

test('a download writes the bytes and closes', async (t) => {
  const { client } = await scripted(t, whole);
  const pieces: Uint8Array[] = [];
  const destination = new WritableStream<Uint8Array>({ write: (piece) => void pieces.push(piece) });
  const info = await client.jobs.artifacts.download('job_1', 'weights', destination);
  assert.deepEqual(info, { name: 'weights', size: body.length, sha256 });
  assert.deepEqual(Buffer.concat(pieces), body);
});

test('SHA-256 agrees with Node for every length around the block size, and in pieces', () => {
  for (const length of [...Array.from({ length: 200 }, (_, n) => n), 100_003]) {
    const bytes = body.subarray(0, length);
    const wanted = createHash('sha256').update(bytes).digest('hex');
    assert.equal(new Sha256().update(bytes).digest(), wanted);
    const cut = Math.floor(length / 3);
    assert.equal(new Sha256().update(bytes.subarray(0, cut)).update(bytes.subarray(cut)).digest(), wanted);
  }
});
