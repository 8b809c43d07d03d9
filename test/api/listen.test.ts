/** Over real sockets: large bodies, clients that leave or lag in mid-stream, blobs that break off, closing. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { type Listening, listen } from '@anneal/api/listen.ts';
import { AnnealError, type Problem } from '@anneal/schemas';
import { emit, finish, newJob, openService, putArtifact, startJob, type TestService, TOKEN } from './service.ts';
import { spec } from './spec.ts';
import { all, messages } from './sse.ts';

let service: TestService;
let server: Listening;
before(async () => {
  service = await openService();
  server = await listen(service.app, '127.0.0.1', 0);
});
after(async () => {
  service.feeds.close();
  await server.close(1000);
  await service.close();
});

const authorization = `Bearer ${TOKEN}`;
const get = (path: string, init: RequestInit = {}) =>
  fetch(server.url + path, { ...init, headers: { authorization, ...init.headers } });

/** Waits for something that follows from what was done, as fast as it comes. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}

describe('bodies', () => {
  it('that are far too large are refused while they are still coming', async () => {
    const body = new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(65_536)) });
    const headers = { 'content-type': 'application/json' };
    const response = await get('/v1/jobs', { method: 'POST', body, headers, duplex: 'half' } as RequestInit);
    assert.equal(response.status, 413);
    assert.equal(((await response.json()) as Problem).code, 'payload_too_large');
    assert.equal((await get('/healthz')).status, 200);
  });

  it('that stop halfway leave no job behind', async () => {
    const { port, hostname } = new URL(server.url);
    const socket = connect(Number(port), hostname);
    const text = JSON.stringify(spec());
    const head = `POST /v1/jobs HTTP/1.1\r\nHost: x\r\nAuthorization: ${authorization}\r\nContent-Type: application/json\r\n`;
    socket.write(`${head}Content-Length: ${text.length}\r\n\r\n${text.slice(0, 40)}`);
    await once(socket, 'connect');
    socket.destroy();
    await once(socket, 'close');
    const page = await (await get('/v1/jobs')).json();
    assert.deepEqual(page, { items: [], next: null });
  });
});

describe('clients', () => {
  it('that leave in mid-stream free everything', async () => {
    const { id } = await newJob(service);
    const leaving = Array.from({ length: 20 }, () => new AbortController());
    for (const { signal } of leaving) {
      const stream = messages(await get(`/v1/jobs/${id}/events`, { signal }));
      assert.equal((await stream.next()).value?.id, 1);
    }
    assert.equal(service.feeds.size, 1);
    for (const one of leaving) one.abort();
    await until(() => service.feeds.size === 0);
  });

  it('that read nothing hold up neither the others nor the memory', async () => {
    const { id } = await newJob(service);
    const lease = await startJob(service, id);
    const { port, hostname } = new URL(server.url);
    const idle = connect(Number(port), hostname).pause();
    idle.write(`GET /v1/jobs/${id}/events HTTP/1.1\r\nHost: x\r\nAuthorization: ${authorization}\r\n\r\n`);
    const message = 'x'.repeat(10_000);
    const reads = countReads(service);
    for (let round = 0; round < 20; round++) {
      const batch = Array.from({ length: 100 }, () => ({ type: 'notice', level: 'info', message }) as const);
      await emit(service, lease, ...batch);
    }
    await finish(service, lease);
    const found = await all(await get(`/v1/jobs/${id}/events`));
    assert.equal(found.length, 2005);
    assert.equal(reads.of(id) < 40, true, `${reads.of(id)} reads`);
    idle.destroy();
    await until(() => service.feeds.size === 0);
  });

  it('follow a job over the wire to its end', async () => {
    const { id } = await newJob(service);
    const stream = messages(await get(`/v1/jobs/${id}/events`));
    await stream.next();
    await get(`/v1/jobs/${id}/cancel`, { method: 'POST' });
    assert.equal((await stream.next()).value?.type, 'state');
    assert.equal((await stream.next()).value?.type, 'end');
    assert.equal((await stream.next()).done, true);
  });
});

/** Counts the reads of events. */
function countReads({ jobs }: TestService) {
  const counts = new Map<string, number>();
  const read = jobs.readEvents.bind(jobs);
  jobs.readEvents = (id, ...rest) => {
    counts.set(id, (counts.get(id) ?? 0) + 1);
    return read(id, ...rest);
  };
  return { of: (id: string) => counts.get(id) ?? 0 };
}

describe('downloads', () => {
  it('come over the wire, in whole and in part', async () => {
    const { id } = await newJob(service);
    const lease = await startJob(service, id);
    const bytes = Uint8Array.from({ length: 3_000_000 }, (_, at) => at % 253);
    await putArtifact(service, lease, 'model/weights.bin', bytes);
    const whole = await get(`/v1/jobs/${id}/artifacts/model/weights.bin`);
    assert.deepEqual(new Uint8Array(await whole.arrayBuffer()), bytes);
    const part = await get(`/v1/jobs/${id}/artifacts/model/weights.bin`, { headers: { range: 'bytes=2999990-' } });
    assert.deepEqual(new Uint8Array(await part.arrayBuffer()), bytes.slice(2_999_990));
    const head = await get(`/v1/jobs/${id}/artifacts/model/weights.bin`, { method: 'HEAD' });
    assert.equal(head.headers.get('content-length'), '3000000');
  });

  it('of a damaged blob break off instead of ending well', async (t) => {
    const { id } = await newJob(service);
    const lease = await startJob(service, id);
    await putArtifact(service, lease, 'a.bin', new Uint8Array(2000));
    const info = { key: 'a.bin', size: 2000, sha256: '', contentType: '' };
    t.mock.method(service.artifacts, 'get', async () => ({ info, body: breaking() }));
    t.mock.method(console, 'error', () => {});
    const response = await get(`/v1/jobs/${id}/artifacts/a.bin`);
    await assert.rejects(response.arrayBuffer());
  });
});

async function* breaking(): AsyncGenerator<Uint8Array> {
  yield new Uint8Array(1000);
  throw new AnnealError('data_damaged', 'the bytes are not those that were stored');
}

describe('listening', () => {
  it('says in one sentence that the port is taken', async () => {
    const port = Number(new URL(server.url).port);
    await assert.rejects(listen(service.app, '127.0.0.1', port), {
      name: 'AnnealError',
      message: `port ${port} on 127.0.0.1 is taken by another program; choose another port, or 0 for a free one`,
    });
  });

  it('says in one sentence that the address is not of this machine', async () => {
    await assert.rejects(listen(service.app, '192.0.2.1', 0), /192\.0\.2\.1 is not an address of this machine/);
  });

  it('closes with streams open, which end without an end message', async () => {
    const { id } = await newJob(service);
    const own = await listen(service.app, '127.0.0.1', 0);
    const response = await fetch(`${own.url}/v1/jobs/${id}/events`, { headers: { authorization } });
    const stream = messages(response);
    assert.equal((await stream.next()).value?.id, 1);
    const closed = own.close(10);
    await assert.rejects(stream.next());
    await closed;
    await until(() => service.feeds.size === 0);
  });
});
