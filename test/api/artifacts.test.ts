/** Artifacts: the list, whole and partial downloads, caching, and names that must not lead anywhere else. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import type { Lease } from '@anneal/core';
import type { ArtifactList, CheckpointList, Diagnostics, Manifest, Problem } from '@anneal/schemas';
import { emit, finish, newJob, openService, putArtifact, startJob, type TestService } from './service.ts';

const bytes = Uint8Array.from({ length: 200_000 }, (_, at) => at % 251);
const etag = `"${createHash('sha256').update(bytes).digest('hex')}"`;
const NAME = 'checkpoints/epoch-003-val-0.9123/weights.safetensors';

let service: TestService;
let id: string;
let lease: Lease;
let target: string;
before(async () => {
  service = await openService();
  ({ id } = await newJob(service));
  lease = await startJob(service, id);
  target = `/v1/jobs/${id}/artifacts/${NAME}`;
  await putArtifact(service, lease, NAME, bytes);
  await putArtifact(service, lease, 'report.html', new TextEncoder().encode('<script>alert(1)</script>'), 'text/html');
});
after(() => service.close());

const get = (range?: string, headers: Record<string, string> = {}) =>
  service.call(target, { headers: { ...headers, ...(range && { range }) } });
const bodyOf = async (response: Response) => new Uint8Array(await response.arrayBuffer());

describe('downloading', () => {
  it('gives the bytes, their hash and their length', async () => {
    const response = await get();
    assert.equal(response.status, 200);
    assert.equal(response.headers.get('etag'), etag);
    assert.equal(response.headers.get('content-length'), '200000');
    assert.equal(response.headers.get('accept-ranges'), 'bytes');
    assert.deepEqual(await bodyOf(response), bytes);
  });

  it('takes the name with its slashes encoded', async () => {
    const response = await service.call(`/v1/jobs/${id}/artifacts/${encodeURIComponent(NAME)}`);
    assert.deepEqual(await bodyOf(response), bytes);
  });

  for (const [range, start, end] of [
    ['bytes=0-0', 0, 0],
    ['bytes=100-70000', 100, 70_000],
    ['bytes=199990-', 199_990, 199_999],
    ['bytes=-5', 199_995, 199_999],
    ['bytes=-900000', 0, 199_999],
    ['bytes=199999-300000', 199_999, 199_999],
  ] as const) {
    it(`gives ${range}`, async () => {
      const response = await get(range);
      assert.equal(response.status, 206);
      assert.equal(response.headers.get('content-range'), `bytes ${start}-${end}/200000`);
      assert.equal(response.headers.get('content-length'), String(end - start + 1));
      assert.deepEqual(await bodyOf(response), bytes.slice(start, end + 1));
    });
  }

  for (const range of ['bytes=200000-', 'bytes=300000-400000', 'bytes=-0']) {
    it(`can't give ${range}`, async () => {
      const response = await get(range);
      assert.equal(response.status, 416);
      assert.equal(response.headers.get('content-range'), 'bytes */200000');
      assert.equal(response.headers.get('etag'), null);
      assert.equal(((await response.json()) as Problem).code, 'range_not_satisfiable');
    });
  }

  for (const range of ['bytes=0-1,5-6', 'items=0-1', 'bytes=5-4', 'bytes=x-y', 'bytes=-']) {
    it(`gives the whole for ${range}`, async () => {
      const response = await get(range);
      assert.equal(response.status, 200);
      assert.equal((await bodyOf(response)).length, bytes.length);
    });
  }

  it('gives a range only of what the client began with', async () => {
    assert.equal((await get('bytes=0-9', { 'if-range': etag })).status, 206);
    assert.equal((await get('bytes=0-9', { 'if-range': '"another"' })).status, 200);
  });

  it('sends nothing that is held already', async () => {
    for (const held of [etag, `W/${etag}`, `"x", ${etag}`, '*']) {
      const response = await get(undefined, { 'if-none-match': held });
      assert.equal(response.status, 304);
      assert.equal(await response.text(), '');
    }
    assert.equal((await get(undefined, { 'if-none-match': '"x"' })).status, 200);
  });

  it('answers HEAD without opening the blob', async (t) => {
    const opened = t.mock.method(service.artifacts, 'get');
    const response = await service.call(target, { method: 'HEAD' });
    assert.equal(response.headers.get('content-length'), '200000');
    assert.equal(await response.text(), '');
    assert.equal(opened.mock.callCount(), 0);
  });

  it('never lets a browser run a page of a job', async () => {
    const { headers } = await service.call(`/v1/jobs/${id}/artifacts/report.html`);
    assert.equal(headers.get('content-disposition'), 'attachment; filename="report.html"');
    assert.equal(headers.get('x-content-type-options'), 'nosniff');
    assert.match(headers.get('content-security-policy') ?? '', /sandbox/);
  });

  for (const name of ['nothing.bin', '..%2f..%2ftoken', '%2e%2e%2ftoken', 'a%00b', '%2Fetc%2Fpasswd', 'checkpoints']) {
    it(`finds nothing at ${name}`, async () => {
      const response = await service.call(`/v1/jobs/${id}/artifacts/${name}`);
      assert.ok([400, 404].includes(response.status));
    });
  }
});

describe('what a job has made', () => {
  it('lists artifacts while it runs, by name, and is not complete', async () => {
    const list = await service.json<ArtifactList>(`/v1/jobs/${id}/artifacts`);
    assert.equal(list.complete, false);
    assert.deepEqual(
      list.artifacts.map(({ name, attempt }) => [name, attempt]),
      [
        [NAME, 1],
        ['report.html', 1],
      ],
    );
  });

  it('lists checkpoints with their artifacts, without those removed', async () => {
    const point = (name: string, step: number, replaces: string[]) =>
      ({ type: 'checkpoint', name, step, score: 0.9, replaces }) as const;
    await putArtifact(service, lease, 'checkpoints/old/state.json', bytes.slice(0, 9));
    await emit(service, lease, point('checkpoints/old', 10, []));
    await emit(service, lease, point('checkpoints/epoch-003-val-0.9123', 30, ['checkpoints/old']));
    const { checkpoints } = await service.json<CheckpointList>(`/v1/jobs/${id}/checkpoints`);
    assert.deepEqual(checkpoints, [
      { name: 'checkpoints/epoch-003-val-0.9123', step: 30, score: 0.9, artifacts: [NAME] },
    ]);
    assert.equal((await service.call(`/v1/jobs/${id}/artifacts/checkpoints/old/state.json`)).status, 404);
  });

  it('tells what the checks found', async () => {
    const finding = {
      rule: 'initial-loss',
      verdict: 'pass',
      message: 'At chance.',
      cause: null,
      evidence: { loss: 2.3 },
      patch: null,
    } as const;
    await emit(service, lease, { type: 'finding', finding });
    const { findings } = await service.json<Diagnostics>(`/v1/jobs/${id}/diagnostics`);
    assert.deepEqual(findings, [finding]);
    const again = { ...finding, rule: 'diagnosis/overfitting', verdict: 'warn' } as const;
    const later = { ...again, verdict: 'pass' } as const;
    for (const body of [again, later]) await emit(service, lease, { type: 'finding', finding: body });
    const now = await service.json<Diagnostics>(`/v1/jobs/${id}/diagnostics`);
    assert.deepEqual(now.findings, [finding, later], 'of two by one rule the later one counts');
  });

  it('gives the log as text', async () => {
    const response = await service.call(`/v1/jobs/${id}/logs`);
    assert.equal(await response.text(), `log of ${id}\n`);
    assert.equal(response.headers.get('content-type'), 'text/plain; charset=utf-8');
  });

  it('takes the artifact of the later attempt, and what the manifest lists', async () => {
    await service.jobs.transition(id, ['running'], 'paused', { lease });
    await service.jobs.transition(id, ['paused'], 'queued');
    const later = await startJob(service, id);
    await putArtifact(service, later, 'report.html', new TextEncoder().encode('later'), 'text/html');
    const { artifacts } = await service.json<ArtifactList>(`/v1/jobs/${id}/artifacts`);
    const report = artifacts.find(({ name }) => name === 'report.html')!;
    assert.equal(report.attempt, 2);
    const manifest: Manifest = { jobId: id, attempt: 2, createdAt: new Date().toISOString(), artifacts: [report] };
    await putArtifact(
      service,
      later,
      'manifest.json',
      new TextEncoder().encode(JSON.stringify(manifest)),
      'application/json',
    );
    await finish(service, later);
    const list = await service.json<ArtifactList>(`/v1/jobs/${id}/artifacts`);
    assert.equal(list.complete, true);
    assert.deepEqual(
      list.artifacts.map(({ name }) => name),
      ['manifest.json', 'report.html'],
    );
    assert.equal(await (await service.call(`/v1/jobs/${id}/artifacts/report.html`)).text(), 'later');
  });

  it('knows nothing of jobs that are not there', async () => {
    for (const tail of ['artifacts', 'artifacts/x', 'checkpoints', 'diagnostics', 'logs', 'metrics']) {
      const response = await service.call(`/v1/jobs/job_zzzzzzzzzzzzzzzzzzzz/${tail}`);
      assert.equal(response.status, 404);
      assert.equal(((await response.json()) as Problem).code, 'not_found');
    }
  });
});
