/** Data sets over HTTP: created, uploaded, completed, checked, used in specs, removed; and every way in which that can be wrong. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import type { Dataset, InspectResult, Job, Problem, ValidationReport } from '@anneal/schemas';
import { openService, startJob, type TestService } from './service.ts';
import { spec } from './spec.ts';

interface Begun {
  readonly dataset: Dataset;
  readonly uploads: readonly { name: string; method: string; url: string; headers: Record<string, string> }[];
}

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
const named = (name: string, text: string) => ({ name, size: text.length, sha256: hash(text) });

const TABLE = 'length,width,kind\n1,2,0\n3,4,1\n';
const NOTES = 'two flowers';
const nothing = { columns: null, shape: null, delimiter: null };
const csvContents = {
  ...nothing,
  format: 'csv' as const,
  rows: 200,
  columns: ['length', 'width', 'kind'],
  delimiter: ',',
};

let service: TestService;
before(async () => {
  service = await openService();
});
after(() => service.close());

const files = [named('flowers/table.csv', TABLE), named('notes.txt', NOTES)];

async function begin(body: Record<string, unknown> = { files }): Promise<Begun> {
  const response = await service.post('/v1/datasets', body);
  assert.equal(response.status, 201, await response.clone().text());
  return (await response.json()) as Begun;
}

const put = (id: string, name: string, bytes: string, headers = {}): Promise<Response> =>
  service.call(`/v1/datasets/${id}/files/${name}`, { method: 'PUT', body: bytes, headers });
const complete = (id: string): Promise<Response> => service.call(`/v1/datasets/${id}/complete`, { method: 'POST' });
const retrieve = (id: string): Promise<Dataset> => service.json(`/v1/datasets/${id}`);

async function problem(response: Response, status: number, code: string, pattern: RegExp): Promise<Problem> {
  const found = (await response.json()) as Problem;
  assert.deepEqual([response.status, found.code], [status, code], found.message);
  assert.match(found.message, pattern);
  return found;
}

/** Uploaded and completed; its check waits. */
async function checking(body?: Record<string, unknown>): Promise<Dataset> {
  const { dataset } = await begin(body);
  for (const [name, text] of [
    ['flowers/table.csv', TABLE],
    ['notes.txt', NOTES],
  ] as const)
    assert.equal((await put(dataset.id, name, text)).status, 204);
  const response = await complete(dataset.id);
  assert.equal(response.status, 200);
  return (await response.json()) as Dataset;
}

/** Ends the check as a runner would. */
async function checked(body?: Record<string, unknown>): Promise<Dataset> {
  const { id, check } = await checking(body);
  const lease = await startJob(service, check!);
  const counts = { pass: 0, warn: 0, skipped: 0, seconds: 1, peakMemoryBytes: 1 };
  const result: InspectResult = {
    ...counts,
    examples: null,
    files: [
      { name: 'flowers/table.csv', ...csvContents },
      { name: 'notes.txt', ...nothing, format: 'other', rows: null },
    ],
  };
  await service.jobs.transition(check!, ['running'], 'succeeded', { lease, change: { result } });
  return retrieve(id);
}

const train = (data: Record<string, unknown>) =>
  spec({
    data: { type: 'csv', file: 'flowers/table.csv', features: ['length', 'width'], label: 'kind', classes: 2, ...data },
    model: { layers: [{ type: 'dense', units: 2 }] },
  });

describe('a data set', () => {
  it('is begun, with a request for each file', async () => {
    const { dataset, uploads } = await begin({ name: 'flowers', files });
    assert.match(dataset.id, /^ds_/);
    assert.deepEqual([dataset.name, dataset.state, dataset.check], ['flowers', 'uploading', null]);
    assert.deepEqual(
      uploads.map(({ name, method, url }) => [name, method, url]),
      files.map(({ name }) => [name, 'PUT', `/v1/datasets/${dataset.id}/files/${name}`]),
    );
    assert.deepEqual(await retrieve(dataset.id), dataset);
  });

  it('tells what has not come yet, so that an upload can go on', async () => {
    const { dataset } = await begin();
    assert.equal((await put(dataset.id, 'notes.txt', NOTES)).status, 204);
    // Again: it is left as it is.
    assert.equal((await put(dataset.id, 'notes.txt', NOTES)).status, 204);
    const response = await service.call(`/v1/datasets/${dataset.id}/uploads`, { method: 'POST' });
    const { uploads } = (await response.json()) as Begun;
    assert.deepEqual(
      uploads.map(({ name }) => name),
      ['flowers/table.csv'],
    );
    const found = await problem(await complete(dataset.id), 422, 'data_missing', /flowers\/table\.csv has not come/);
    assert.equal(found.param, 'flowers/table.csv');
    assert.equal((await retrieve(dataset.id)).state, 'uploading');
  });

  it('is checked by a job, once, however often it is completed', async () => {
    const dataset = await checking({ name: 'flowers', files });
    assert.equal(dataset.state, 'checking');
    assert.ok(service.submitted.includes(dataset.check!));
    const job = await service.json<Job>(`/v1/jobs/${dataset.check}`);
    assert.deepEqual([job.kind, job.name], ['inspect', 'check of flowers']);
    assert.deepEqual(job.kind === 'inspect' && job.spec.dataset, dataset.id);
    const again = await Promise.all([complete(dataset.id), complete(dataset.id)]);
    for (const response of again) assert.equal(((await response.json()) as Dataset).check, dataset.check);
  });

  it('completed twice at once is checked once', async () => {
    const { dataset } = await begin();
    await put(dataset.id, 'flowers/table.csv', TABLE);
    await put(dataset.id, 'notes.txt', NOTES);
    const both = await Promise.all([complete(dataset.id), complete(dataset.id)]);
    const checks = await Promise.all(both.map(async (response) => ((await response.json()) as Dataset).check));
    assert.ok(checks[0] !== null && checks[0] === checks[1]);
    const { items } = await service.json<{ items: Job[] }>(`/v1/jobs?tag=dataset:${dataset.id}`);
    assert.deepEqual(
      items.map(({ id }) => id),
      [checks[0]],
    );
  });

  it('is ready when its check has succeeded, and says what is in it', async () => {
    const { state, files: found } = await checked();
    assert.equal(state, 'ready');
    assert.deepEqual(found[0]?.contents, csvContents);
    assert.equal(found[1]?.contents?.format, 'other');
  });

  it('has failed as its check has, and may be checked again', async () => {
    const { id, check } = await checking();
    const lease = await startJob(service, check!);
    const error = { code: 'data_damaged' as const, message: 'no table', param: null, retryable: false };
    await service.jobs.transition(check!, ['running'], 'failed', { lease, change: { error } });
    assert.deepEqual(await retrieve(id).then((found) => [found.state, found.error?.message]), ['failed', 'no table']);
    await problem(await service.post('/v1/jobs', train({ dataset: id })), 422, 'data_damaged', /has failed: no table/);
    const again = (await (await complete(id)).json()) as Dataset;
    assert.equal(again.state, 'checking');
    assert.notEqual(again.check, check);
    await service.call(`/v1/jobs/${again.check}/cancel`, { method: 'POST' });
    assert.deepEqual(await retrieve(id).then((found) => [found.state, found.error?.code]), ['failed', 'cancelled']);
  });

  it('can’t be changed once it is complete', async () => {
    const { id } = await checking();
    await problem(await put(id, 'notes.txt', NOTES), 409, 'conflict', /is checking: it can't be changed/);
    await problem(await put(id, 'notes.txt', 'other notes'), 409, 'conflict', /can't be changed/);
  });

  it('is listed, newest first, page by page', async () => {
    const made = [(await begin()).dataset.id];
    while (made.length < 3) {
      const at = Date.now();
      while (Date.now() === at);
      made.unshift((await begin()).dataset.id);
    }
    const first = await service.json<{ items: Dataset[]; next: string }>('/v1/datasets?limit=2');
    const second = await service.json<{ items: Dataset[]; next: string | null }>(
      `/v1/datasets?limit=2&cursor=${first.next}`,
    );
    assert.deepEqual(
      [...first.items, ...second.items].slice(0, 3).map(({ id }) => id),
      made,
    );
  });

  it('is removed with its files, but not while a job works on it', async () => {
    const { id, check } = await checking();
    const path = `/v1/datasets/${id}`;
    await problem(await service.call(path, { method: 'DELETE' }), 409, 'conflict', new RegExp(`is used by ${check}`));
    await service.call(`/v1/jobs/${check}/cancel`, { method: 'POST' });
    assert.equal((await service.call(path, { method: 'DELETE' })).status, 204);
    await problem(await service.call(path), 404, 'not_found', /there is no data set/);
    for await (const { key } of service.artifacts.list(`datasets/${id}/`)) assert.fail(key);
  });
});

describe('files that are not what was said leave nothing behind:', () => {
  for (const [what, bytes, pattern] of [
    ['others of the same size', TABLE.replace('1', '7'), /the bytes have the SHA-256 .*, but .* was created with/],
    ['too few', TABLE.slice(0, -3), /27 bytes came, but the data set was created with 30/],
    ['too many', `${TABLE}5,6,1\n`, /more than the 30 bytes came/],
    ['none', '', /0 bytes came/],
  ] as const) {
    it(what, async () => {
      const { dataset } = await begin();
      const refused = await problem(await put(dataset.id, 'flowers/table.csv', bytes), 422, 'data_damaged', pattern);
      assert.equal(refused.param, 'flowers/table.csv');
      for await (const { key } of service.artifacts.list(`datasets/${dataset.id}/`)) assert.fail(key);
      assert.equal((await put(dataset.id, 'flowers/table.csv', TABLE)).status, 204);
    });
  }

  it('compressed ones', async () => {
    const { dataset } = await begin();
    const answer = await put(dataset.id, 'notes.txt', NOTES, { 'content-encoding': 'gzip' });
    await problem(answer, 400, 'invalid_request', /content encoding 'gzip' is not taken/);
  });

  it('one that was not named', async () => {
    const { dataset } = await begin();
    await problem(
      await put(dataset.id, 'other.txt', NOTES),
      404,
      'artifact_not_found',
      /it has flowers\/table\.csv, notes/,
    );
  });

  it('larger than any JSON may be, but as large as was said', async () => {
    const text = 'x'.repeat(3 * 2 ** 20);
    const { dataset } = await begin({ files: [named('large.bin', text)] });
    assert.equal((await put(dataset.id, 'large.bin', text)).status, 204);
  });
});

describe('a new data set is refused', () => {
  const file = files[0]!;
  for (const [what, body, code, param, pattern] of [
    ['without files', { files: [] }, 'invalid_spec', 'files', /files/],
    [
      'with a name that leads elsewhere',
      { files: [{ ...file, name: '../x' }] },
      'invalid_spec',
      'files[0].name',
      /relative path/,
    ],
    [
      'with a hash that is none',
      { files: [{ ...file, sha256: 'abc' }] },
      'invalid_spec',
      'files[0].sha256',
      /64 hexadecimal/,
    ],
    ['with files too large', { files: [{ ...file, size: 6e9 }] }, 'invalid_spec', 'files[0].size', /6000000000/],
    ['with a file twice', { files: [file, file] }, 'invalid_spec', 'files[1].name', /is there twice/],
    [
      'with a file that is a folder',
      { files: [file, { ...file, name: 'flowers' }] },
      'invalid_spec',
      'files[1].name',
      /is also the folder of 'flowers\/table\.csv'/,
    ],
    [
      'with data that have no files',
      { files, data: { type: 'iris' } },
      'invalid_spec',
      'data.type',
      /'iris' reads no files/,
    ],
    [
      'with data of another one',
      { files, data: { type: 'csv', file: 'x', features: ['a'], dataset: 'ds_0123456789abcdefghij' } },
      'invalid_spec',
      'data.dataset',
      /is its own/,
    ],
    ['with a field that there is not', { files, nam: 'x' }, 'unknown_field', 'nam', /did you mean 'name'/],
  ] as const) {
    it(what, async () => {
      const found = await problem(await service.post('/v1/datasets', body), 422, code, pattern);
      assert.equal(found.param, param);
    });
  }
});

describe('a spec', () => {
  const refused = async (data: Record<string, unknown>, code: string, param: string, pattern: RegExp) => {
    for (const path of ['/v1/jobs', '/v1/jobs/validate']) {
      const found = await problem(await service.post(path, train(data)), 422, code, pattern);
      assert.equal(found.param, param);
    }
  };

  it('takes the files of a data set that is ready; its steps are known', async () => {
    const { id } = await checked();
    const response = await service.post('/v1/jobs/validate', train({ dataset: id }));
    assert.equal(((await response.json()) as ValidationReport).stepsPerEpoch, Math.ceil(180 / 64));
  });

  it('is refused for a data set that there is not, or that is of another tenant', () =>
    refused({ dataset: 'ds_0123456789abcdefghij' }, 'data_missing', 'data.dataset', /there is no data set/));

  it('is refused for one that is not complete, or not checked yet', async () => {
    const { dataset } = await begin();
    await refused({ dataset: dataset.id }, 'data_missing', 'data.dataset', /is not complete: upload its files/);
    const { id, check } = await checking();
    await refused({ dataset: id }, 'data_missing', 'data.dataset', new RegExp(`is still being checked by ${check}`));
  });

  it('is refused for files and columns that it has not, with the nearest name', async () => {
    const { id } = await checked();
    const dataset = { dataset: id };
    await refused(
      { ...dataset, file: 'flowers/tables.csv' },
      'data_missing',
      'data.file',
      /did you mean 'flowers\/table\.csv'/,
    );
    await refused(
      { ...dataset, file: 'x' },
      'data_missing',
      'data.file',
      /has no file 'x'; it has flowers\/table\.csv, notes/,
    );
    await refused({ ...dataset, features: ['lenght'] }, 'data_missing', 'data.features', /did you mean 'length'/);
    await refused({ ...dataset, label: 'colour' }, 'data_missing', 'data.label', /has no column 'colour'/);
  });

  it('is refused for an id that is none', () =>
    refused({ dataset: 'flowers' }, 'invalid_spec', 'data.dataset', /must be the id of a data set/));

  it('of an inspect job is looked at likewise', async () => {
    const { id } = await checked();
    const ask = (body: Record<string, unknown>) => service.post('/v1/jobs/validate', { kind: 'inspect', ...body });
    assert.equal((await ask({ dataset: id })).status, 200);
    const other = { type: 'csv', file: 'x', features: ['a'], dataset: 'ds_0123456789abcdefghij' };
    await problem(await ask({ dataset: id, data: other }), 422, 'invalid_spec', /is another data set/);
    await problem(await ask({ dataset: other.dataset }), 422, 'data_missing', /there is no data set/);
    await problem(await ask({ dataset: id, data: { ...other, dataset: id } }), 422, 'data_missing', /has no file 'x'/);
  });

  it('keeps its data set from being removed', async () => {
    const { id } = await checked();
    const job = (await (await service.post('/v1/jobs', train({ dataset: id }))).json()) as Job;
    await problem(await service.call(`/v1/datasets/${id}`, { method: 'DELETE' }), 409, 'conflict', new RegExp(job.id));
    await service.call(`/v1/jobs/${job.id}/cancel`, { method: 'POST' });
    assert.equal((await service.call(`/v1/datasets/${id}`, { method: 'DELETE' })).status, 204);
  });
});
