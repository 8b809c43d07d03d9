/** `anneal datasets` in a process of its own: uploads, what it prints, Ctrl-C, and errors that name what to do. */
import assert from 'node:assert/strict';
import { mkdir, truncate, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { serve } from '@anneal/api/node.ts';
import { Anneal, type Dataset } from '../../sdk/index.ts';
import { anneal, start, temporaryFolder } from './anneal.ts';

const TABLE = `length,width,kind\n${Array.from({ length: 40 }, (_, i) => `${i % 2 ? 2 : -2},${i / 40},${i % 2}`).join('\n')}\n`;
const settings = { timeout: 120_000 };

/** A service that takes jobs and runs none. */
async function idle(t: TestContext, folder: string) {
  const service = await serve({ folder: join(folder, '.anneal'), port: 0, concurrency: 0 });
  t.after(() => service.close());
  return { ...service, client: new Anneal({ baseUrl: service.url, token: service.token }) };
}

test('uploads, checks and prints what a spec takes; a job trains from it', settings, async (t) => {
  const folder = await temporaryFolder(t);
  const env = { ANNEAL_CACHE: join(folder, 'cache') };
  await mkdir(join(folder, 'flowers'));
  await writeFile(join(folder, 'flowers', 'table.csv'), TABLE);
  await writeFile(join(folder, 'flowers', 'notes.txt'), 'two kinds');
  const uploaded = await anneal(['datasets', 'upload', 'flowers', '--name', 'flowers'], { folder, env });
  assert.equal(uploaded.code, 0, uploaded.stderr);
  const [id] = /ds_[0-9a-z]+/.exec(uploaded.stdout)!;
  assert.match(uploaded.stdout, /\(flowers\) is ready/);
  assert.match(uploaded.stdout, /flowers\/table\.csv +\d+ B +40 +length, width, kind/);
  assert.match(uploaded.stderr, /100 % .* of /);
  const [, data] = /^ {2}(data: \{.*\})$/m.exec(uploaded.stdout)!;
  const line = data!.replace(' }', ', classes: 2 }');
  const spec = `kind: train\n${line}\nmodel: { layers: [{ type: dense, units: 2 }] }\nloss: { type: softmax-cross-entropy }
update: { rule: sgd }\nschedule: { type: constant, rate: 0.1 }\nbatchSize: 8\nchecks: 'off'\nbudget: { epochs: 1 }\n`;
  await writeFile(join(folder, 'spec.yaml'), spec);
  const trained = await anneal(['submit', 'spec.yaml', '--wait'], { folder, env });
  assert.equal(trained.code, 0, trained.stderr);

  const { client } = await idle(t, folder);
  const listed = await anneal(['datasets', 'list'], { folder });
  assert.match(listed.stdout, new RegExp(`${id} +flowers +ready +2 `));
  const shown = await anneal(['datasets', 'show', id, '--json'], { folder });
  assert.deepEqual(JSON.parse(shown.stdout), await client.datasets.retrieve(id));
  const removed = await anneal(['datasets', 'remove', id], { folder });
  assert.deepEqual([removed.code, removed.stdout], [0, `${id} is removed.\n`]);
  const gone = await anneal(['datasets', 'show', id], { folder });
  assert.deepEqual([gone.code, gone.stderr], [2, `error: there is no data set '${id}'\n`]);
});

test('files that are damaged, or not as --data says, end it with 1 and what to do', settings, async (t) => {
  const folder = await temporaryFolder(t);
  await writeFile(join(folder, 'ragged.csv'), 'a,b\n1,2\n3\n');
  await writeFile(join(folder, 'table.csv'), TABLE);
  await writeFile(join(folder, 'data.yaml'), 'type: csv\nfile: table.csv\nfeatures: [length, colour]\nlabel: kind\n');
  const ragged = await anneal(['datasets', 'upload', 'ragged.csv'], { folder });
  assert.equal(ragged.code, 1, ragged.stderr);
  assert.match(
    ragged.stderr,
    /error: data set ds_\w+ failed: ragged\.csv is no table: .*\nCorrect the files and upload them again/,
  );
  const other = await anneal(['datasets', 'upload', 'table.csv', '--data', 'data.yaml'], { folder });
  assert.equal(other.code, 1, other.stderr);
  assert.match(other.stderr, /table\.csv has no column 'colour'; it has length, width, kind/);
});

test('what can’t be uploaded is told before anything is', settings, async (t) => {
  const folder = await temporaryFolder(t);
  const { client } = await idle(t, folder);
  await writeFile(join(folder, 'my table.csv'), TABLE);
  await writeFile(join(folder, 'table.csv'), TABLE);
  await mkdir(join(folder, 'empty'));
  await writeFile(join(folder, 'data.yaml'), 'type: csv\nfile: table.csv\nfeature: [length]\n');
  for (const [args, pattern] of [
    [['none.csv'], /none\.csv can't be read: there is no such file/],
    [['empty'], /there is no file in empty/],
    [['my table.csv'], /files\[0\]\.name: 'my table\.csv' is not allowed: must be a relative path of letters/],
    [['table.csv', join('.', 'empty', '..', 'table.csv')], /two of the files would be called 'table\.csv'/],
    [['table.csv', '--data', 'data.yaml'], /data\.yaml:3:1/],
    [['table.csv', '--data', 'data.yaml', '--to', 'ds_0123456789abcdefghij'], /--data belongs to a new data set/],
    [['table.csv', '--to', 'ds_0123456789abcdefghij'], /there is no data set 'ds_/],
  ] as const) {
    const { code, stderr } = await anneal(['datasets', 'upload', ...args], { folder });
    assert.equal(code, 2, stderr);
    assert.match(stderr, pattern);
  }
  assert.deepEqual((await client.datasets.list()).items, []);
});

/** The service behind something that holds up or breaks the bytes of an upload. */
async function before(t: TestContext, target: string, upload: RequestListener): Promise<string> {
  const server = createServer((request, response) => {
    if (request.method === 'PUT') return upload(request, response);
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', async () => {
      const { host: _host, connection: _connection, 'content-length': _length, ...headers } = request.headers;
      const body = pieces.length > 0 ? { body: Buffer.concat(pieces) } : {};
      const answer = await fetch(target + request.url, {
        ...{ method: request.method!, headers: headers as Record<string, string> },
        ...body,
      });
      response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'text/plain' });
      response.end(Buffer.from(await answer.arrayBuffer()));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test('Ctrl-C takes back what has begun', settings, async (t) => {
  const folder = await temporaryFolder(t);
  const { client, token, url } = await idle(t, folder);
  const held = await before(t, url, (request) => void request.once('data', () => request.pause()));
  await writeFile(join(folder, 'large.bin'), '');
  await truncate(join(folder, 'large.bin'), 50_000_000);
  const args = ['--url', held, '--token', token, 'datasets', 'upload', 'large.bin'];
  const running = start(args, { folder });
  await running.until('is begun');
  await running.until(' % ');
  assert.equal((await client.datasets.list()).items.length, 1);
  running.child.kill('SIGINT');
  const { code, stderr } = await running.ended;
  assert.equal(code, 130, stderr);
  assert.match(stderr, /Stopped; ds_\w+ is removed\./);
  assert.deepEqual((await client.datasets.list()).items, []);
});

test('a broken upload is kept, and --to goes on with it', settings, async (t) => {
  const folder = await temporaryFolder(t);
  const { client, token, url } = await idle(t, folder);
  const breaks = await before(t, url, (request) => void request.once('data', () => request.socket.destroy()));
  await writeFile(join(folder, 'table.csv'), TABLE);
  const upload = ['datasets', 'upload', 'table.csv'];
  const broken = await anneal(['--url', breaks, '--token', token, ...upload], { folder });
  assert.equal(broken.code, 3, broken.stderr);
  const [, id] = /the same command with --to (ds_\w+) goes on/.exec(broken.stderr)!;
  const running = start(['--url', url, '--token', token, ...upload, '--to', id!], { folder });
  await running.until('checks them');
  const { state, check }: Dataset = await client.datasets.retrieve(id!);
  assert.equal(state, 'checking');
  await client.jobs.cancel(check!);
  const { code, stderr } = await running.ended;
  assert.equal(code, 1, stderr);
  assert.match(stderr, /its check, job_\w+, was cancelled; complete it again/);
});
