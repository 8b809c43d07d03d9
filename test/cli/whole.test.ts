/** End to end: the real binary, the real service and real runners, on a data set that trains in milliseconds. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import {
  Anneal,
  AuthenticationError,
  ConflictError,
  type Job,
  type JobOf,
  NotFoundError,
  type SpecInput,
} from '../../sdk/index.ts';
import { writeSmallData } from '../small-data.ts';
import { anneal, type Running, start, temporaryFolder } from './anneal.ts';

const LONG = 10_000_000;

async function folderFor(t: TestContext, epochs: number): Promise<string> {
  const folder = await temporaryFolder(t);
  await writeSmallData(join(folder, '.anneal', 'data'), epochs);
  return folder;
}

const spec = '.anneal/data/spec.yaml';

/** Processes of this machine that were started for a folder, by the folder's name in their command line or environment. */
const processesOf = (folder: string): string[] =>
  readdirSync('/proc').filter((id) => {
    try {
      return (
        /^\d+$/.test(id) &&
        ['cmdline', 'environ'].some((file) => readFileSync(`/proc/${id}/${file}`, 'utf8').includes(folder))
      );
    } catch {
      return false;
    }
  });

test('submit --wait without a service runs one, trains, fetches, and leaves nothing running', async (t) => {
  const folder = await folderFor(t, 20);
  const { code, stdout, stderr } = await anneal(['submit', spec, '--wait', '--json'], { folder });
  assert.equal(code, 0, stderr);
  const job = JSON.parse(stdout) as JobOf<'train'>;
  assert.equal(job.state, 'succeeded');
  assert.equal(job.result?.test?.score, 1);
  assert.match(stderr, /No service runs in .*; this command runs one at http:\/\/127\.0\.0\.1:\d+ until it is done/);
  assert.match(stderr, /epoch 20 {2}training loss/);
  await assert.rejects(access(join(folder, '.anneal/server.json')));
  assert.deepEqual(processesOf(folder), []);
});

test('the first Ctrl-C cancels the job', async (t) => {
  const folder = await folderFor(t, LONG);
  const running = start(['submit', spec, '--wait', '--json'], { folder });
  await running.until('epoch 1 ');
  running.child.kill('SIGINT');
  const { code, stdout } = await running.ended;
  assert.deepEqual([code, (JSON.parse(stdout) as Job).state], [1, 'cancelled']);
  assert.deepEqual(processesOf(folder), []);
});

test('the second Ctrl-C leaves at once and leaves nothing running', async (t) => {
  const folder = await folderFor(t, LONG);
  const running = start(['submit', spec, '--wait'], { folder });
  await running.until('is submitted');
  running.child.kill('SIGINT');
  await running.until('Cancelling');
  running.child.kill('SIGINT');
  const { code } = await running.ended;
  // The job may have been cancelled before the second signal came.
  assert.ok(code === 130 || code === 1, `exit code ${code}`);
  assert.deepEqual(processesOf(folder), []);
});

test('a service and its commands', async (t) => {
  const folder = await folderFor(t, 20);
  const service = await serving(t, folder);
  const run = async (...args: string[]) => anneal(args, { folder });

  const submitted = await run('submit', spec, '--json', '--key', 'once');
  const { id } = JSON.parse(submitted.stdout) as Job;
  const again = await run('submit', spec, '--json', '--key', 'once');
  assert.equal((JSON.parse(again.stdout) as Job).id, id);

  const watched = await run('watch', id);
  assert.equal(watched.code, 0, watched.stderr);
  assert.match(watched.stdout, /succeeded: test accuracy 1, validation accuracy/);
  assert.match((await run('jobs', '--tag', 'team=tests')).stdout, new RegExp(`${id} +train +two clouds +succeeded`));
  assert.match((await run('get', id)).stdout, /model +dense → dense/);
  assert.match((await run('metrics', id, '--csv', '--names', 'loss')).stdout, /^step,loss\n1,\d/);
  assert.equal((await run('logs', id)).code, 0);
  assert.equal((await run('diagnose', id)).code, 0);
  const fetched = await run('artifacts', id, 'model', '--out', 'got');
  assert.equal(fetched.code, 0, fetched.stderr);
  assert.match(await readFile(join(folder, 'got/model/model.json'), 'utf8'), /weightsManifest/);

  const refused = await run('submit', spec, '--set', 'update.rule=sdg');
  assert.deepEqual([refused.code, /did you mean 'sgd'/.test(refused.stderr)], [2, true]);
  assert.match((await run('submit', spec, '--set', 'data.inputs=nowhere.npy')).stderr, /nowhere\.npy/);
  assert.equal((await run('cancel', id)).code, 2);
  assert.equal((await run('get', 'job_none')).code, 2);
  assert.equal((await run('jobs', '--token', 'wrong')).code, 4);
  const second = await run('serve');
  assert.deepEqual([second.code, /is served already, by process/.test(second.stderr)], [2, true]);

  service.child.kill('SIGTERM');
  assert.equal((await service.ended).code, 0);
  assert.equal((await run('get', id)).code, 3);
});

test('the client on the real service', async (t) => {
  const folder = await folderFor(t, LONG);
  const service = await serving(t, folder);
  const { url } = JSON.parse(await readFile(join(folder, '.anneal/server.json'), 'utf8')) as { url: string };
  const token = (await readFile(join(folder, '.anneal/token'), 'utf8')).trim();
  const client = new Anneal({ baseUrl: url, token });
  const body = JSON.parse((await anneal(['validate', spec, '--json'], { folder })).stdout) as { parameters: number };
  assert.equal(body.parameters, 22);
  const document = (await import('yaml')).parse(await readFile(join(folder, spec), 'utf8')) as SpecInput;

  const job = await client.jobs.create(document, { idempotencyKey: 'k' });
  await assert.rejects(client.jobs.create({ ...document, seed: 2 }, { idempotencyKey: 'k' }), ConflictError);
  assert.equal((await client.jobs.list({ tags: { team: 'tests' } })).items[0]?.id, job.id);
  const seen: string[] = [];
  for await (const { seq, body } of client.jobs.stream(job.id)) {
    assert.equal(seq, seen.push(body.type));
    // Epochs pass faster than a request: only the first one asks.
    if (body.type === 'epoch' && !seen.slice(0, -1).includes('epoch')) await client.jobs.cancel(job.id);
  }
  assert.ok(seen.includes('epoch') && seen.includes('plan'));
  assert.equal((await client.jobs.retrieve(job.id)).state, 'cancelled');
  await assert.rejects(client.jobs.retrieve('job_none'), NotFoundError);
  await assert.rejects(new Anneal({ baseUrl: url, token: 'wrong' }).jobs.list(), AuthenticationError);
  service.child.kill('SIGTERM');
  assert.equal((await service.ended).code, 0);
  assert.deepEqual(processesOf(folder), []);
});

async function serving(t: TestContext, folder: string): Promise<Running> {
  const service = start(['serve', '--json', '--port', '0'], { folder });
  t.after(() => service.child.kill('SIGKILL'));
  await service.until('"url"');
  return service;
}
