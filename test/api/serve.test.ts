/** The service on a folder, as `anneal serve` starts it: its token, its lock, its port, and what a killed one leaves behind. */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { after, afterEach, before, describe, it } from 'node:test';
import { type ServeOptions, type Service, serve } from '@anneal/api/node.ts';
import type { Job, JobPage } from '@anneal/schemas';
import { spec } from './spec.ts';

let root: string;
let folder: string;
let folders = 0;
const running: (() => Promise<unknown>)[] = [];
before(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'anneal-serve-'));
});
afterEach(async () => {
  for (const close of running.splice(0)) await close();
});
after(() => rm(root, { recursive: true }));

const newFolder = (): string => {
  folder = path.join(root, String(folders++));
  return folder;
};

/** Jobs stay in the queue: these tests are about the service, not about runners. */
async function start(options: Partial<ServeOptions> = {}): Promise<Service> {
  const service = await serve({ folder, port: 0, concurrency: 0, ...options });
  running.push(() => service.close());
  return service;
}

const ask = ({ url, token }: Pick<Service, 'url' | 'token'>, target: string, init: RequestInit = {}) =>
  fetch(url + target, { ...init, headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' } });

const submit = async (service: Pick<Service, 'url' | 'token'>): Promise<Job> =>
  (await (await ask(service, '/v1/jobs', { method: 'POST', body: JSON.stringify(spec()) })).json()) as Job;

/** A service in a process of its own. */
async function startProcess(): Promise<{ child: ChildProcess; service: { url: string; token: string } }> {
  const script = `
    import { serve } from '@anneal/api/node.ts';
    const { url, token } = await serve({ folder: ${JSON.stringify(folder)}, port: 0, concurrency: 0 });
    console.log(JSON.stringify({ url, token }));`;
  const args = ['--import', 'tsx', '--input-type=module', '--eval', script];
  const child = spawn(process.execPath, args, { cwd: import.meta.dirname, stdio: ['ignore', 'pipe', 'inherit'] });
  running.push(async () => child.kill('SIGKILL'));
  const [line] = (await once(createInterface(child.stdout!), 'line')) as [string];
  return { child, service: JSON.parse(line) };
}

describe('the token', () => {
  it('is made at the first start, only its user can read it, and stays the same', async () => {
    newFolder();
    const first = await start();
    const file = path.join(folder, 'token');
    assert.equal((await stat(file)).mode & 0o777, 0o600);
    assert.equal((await readFile(file, 'utf8')).trim(), first.token);
    assert.equal(Buffer.from(first.token, 'base64url').length, 32);
    await first.close();
    assert.equal((await start()).token, first.token);
  });

  it('is asked for', async () => {
    newFolder();
    const service = await start();
    assert.equal((await ask({ ...service, token: 'wrong' }, '/v1/jobs')).status, 401);
    assert.equal((await ask(service, '/v1/jobs')).status, 200);
  });

  it('that is no token stops the start, in one sentence', async () => {
    newFolder();
    await (await start()).close();
    await writeFile(path.join(folder, 'token'), '');
    await assert.rejects(start(), /holds no token; delete it and start again/);
  });
});

describe('the folder', () => {
  it('is served by one process, which the error names', async () => {
    newFolder();
    const { url } = await start();
    await assert.rejects(start(), (error: Error) => {
      assert.equal(error.name, 'AnnealError');
      assert.ok(error.message.includes(`process ${process.pid} at ${url}`), error.message);
      return true;
    });
  });

  it('is free again after a kill -9, with every job still there', async () => {
    newFolder();
    const { child, service } = await startProcess();
    await assert.rejects(start(), new RegExp(`process ${child.pid} at `));
    const { id } = await submit(service);
    child.kill('SIGKILL');
    await once(child, 'exit');
    const next = await start();
    const { items } = (await (await ask(next, '/v1/jobs')).json()) as JobPage;
    assert.deepEqual(
      items.map((job) => [job.id, job.state]),
      [[id, 'queued']],
    );
  });

  it('says where it is served while it is', async () => {
    newFolder();
    const { url, close } = await start();
    const file = path.join(folder, 'server.json');
    assert.deepEqual(JSON.parse(await readFile(file, 'utf8')), { pid: process.pid, url });
    await close();
    await assert.rejects(access(file));
  });

  it('that can not be written stops the start, in one sentence', async () => {
    await writeFile(path.join(root, 'file'), '');
    await assert.rejects(serve({ folder: path.join(root, 'file', 'sub'), port: 0 }), /can't write to its folder/);
  });
});

describe('the port', () => {
  it('that is taken stops the start and leaves the folder free', async () => {
    newFolder();
    const { url } = await start();
    newFolder();
    await assert.rejects(start({ port: Number(new URL(url).port) }), /is taken by another program/);
    await start();
  });

  it('is one that only this machine can reach', async () => {
    newFolder();
    assert.equal(new URL((await start()).url).hostname, '127.0.0.1');
  });
});
