/** End to end: pages, and where the client finds the service. */
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { Anneal, ConnectionError } from '../../sdk/index.ts';
import { json, scripted } from './scripted-server.ts';

const pages = [
  json({ items: [{ id: 'job_3' }, { id: 'job_2' }], next: 'c2' }),
  json({ items: [], next: 'c3' }),
  json({ items: [{ id: 'job_1' }], next: null }),
];

test('for await goes over all pages, with the same filters', async (t) => {
  const { client, seen } = await scripted(t, ...pages);
  const ids: string[] = [];
  const query = { state: 'failed', tags: { team: 'a:b', run: '1' }, limit: 2 } as const;
  for await (const { id } of client.jobs.list(query)) ids.push(id);
  assert.deepEqual(ids, ['job_3', 'job_2', 'job_1']);
  const search = seen.map(({ url }) => new URL(url, 'http://x').searchParams);
  assert.deepEqual(
    search.map((one) => one.get('cursor')),
    [null, 'c2', 'c3'],
  );
  for (const one of search) assert.deepEqual([one.getAll('tag'), one.get('state')], [['team:a:b', 'run:1'], 'failed']);
});

test('await gives one page, which leads to the next', async (t) => {
  const { client, seen } = await scripted(t, ...pages);
  const page = await client.jobs.list();
  assert.deepEqual(
    page.items.map(({ id }) => id),
    ['job_3', 'job_2'],
  );
  assert.equal(seen.length, 1);
  assert.equal((await page.nextPage())?.next, 'c3');
});

test('metric names are one parameter', async (t) => {
  const { client, seen } = await scripted(t, json({ series: {} }));
  await client.jobs.metrics('job_1', { names: ['loss', 'rate'], from: 5 });
  assert.equal(seen[0]?.url, '/v1/jobs/job_1/metrics?from=5&names=loss%2Crate');
});

test('the service of a folder is found, and followed to another port', async (t) => {
  const first = await scripted(t, json({ status: 'ok', version: '1' }));
  const second = await scripted(t, json({ status: 'ok', version: '2' }));
  const folder = await mkdtemp(join(tmpdir(), 'anneal-sdk-'));
  const before = process.env.ANNEAL_HOME;
  process.env.ANNEAL_HOME = folder;
  t.after(async () => {
    if (before === undefined) delete process.env.ANNEAL_HOME;
    else process.env.ANNEAL_HOME = before;
    await rm(folder, { recursive: true });
  });
  const client = new Anneal();
  await assert.rejects(client.health(), (error) => error instanceof ConnectionError && error.code === 'no_server');
  await writeFile(join(folder, 'token'), 'from-file\n');
  for (const [version, { url, seen }] of [
    ['1', first],
    ['2', second],
  ] as const) {
    await writeFile(join(folder, 'server.json'), JSON.stringify({ url }));
    assert.equal((await client.health()).version, version);
    assert.equal(seen[0]?.headers.authorization, 'Bearer from-file');
  }
});
