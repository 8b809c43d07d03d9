/** End to end: what the image holds, installed and started by the image's own scripts, and what compose.yaml makes of it. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, lstatSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, type TestContext, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { exitCodes } from '@anneal/core/exit-codes.ts';
import { openJobStore } from '@anneal/core/open.ts';
import { validateSpec } from '@anneal/schemas';
import { startS3 } from '../../../infra/stand-ins/index.mjs';
import { Anneal } from '../../../sdk/index.ts';
import { spirals } from '../../e2e/spirals.ts';
import { standIn } from '../../stand-ins/start.ts';
import { composeFile, openCompose } from './compose.ts';
import { type Container, installTree, isolated, startContainer, workFolder } from './container.ts';
import { settings } from './dockerfile.ts';

// Before any test is made: the runner of Node 20 takes the file for done, and ends what it stands on, where all tests made so far have ended.
const s3 = await standIn('compose.yaml, run', startS3);
const compose = s3 && (await standIn('compose.yaml, run', openCompose));

/** Seconds that AWS Batch leaves between SIGTERM and SIGKILL. */
const GRACE = 30;
const options = { timeout: 240_000 };

let tree: string;
let remove: (() => Promise<void>) | undefined;
before(async () => {
  ({ tree, remove } = await installTree());
});
after(() => remove?.());

/** Names and times of all that is there. */
const listing = (): string => execFileSync('find', [tree, '-printf', '%P %T@ %s\n'], { maxBuffer: 2 ** 28 }).toString();

/** Sends SIGTERM; seconds until the container has ended. */
async function stop(container: Container): Promise<{ seconds: number; code: number | null; output: string }> {
  const start = performance.now();
  await container.kill('SIGTERM');
  const { code, output } = await container.ended;
  return { seconds: (performance.now() - start) / 1000, code, output };
}

/** A client of the service that a container serves. */
async function clientOf(container: Container, home: string): Promise<Anneal> {
  await container.until('Ctrl-C stops');
  const { url } = JSON.parse(readFileSync(join(home, 'server.json'), 'utf8')) as { url: string };
  return new Anneal({ baseUrl: url, token: readFileSync(join(home, 'token'), 'utf8').trim() });
}

test('the tree holds what runs and no tool of development; no link leads out of it', () => {
  const modules = join(tree, 'node_modules');
  const { devDependencies } = JSON.parse(readFileSync(join(tree, 'package.json'), 'utf8')) as Record<string, object>;
  // Checks of users' own code bundle by esbuild; packages need types of Node; the clients of AWS sign.
  const needed = ['esbuild', '@types/node', '@smithy/signature-v4'];
  const development = Object.keys(devDependencies!).filter((name) => !needed.includes(name));
  assert.ok(development.length > 5);
  assert.deepEqual(
    development.filter((name) => existsSync(join(modules, name))),
    [],
  );
  for (const name of readdirSync(tree, { recursive: true }) as string[]) {
    const file = join(tree, name);
    if (lstatSync(file).isSymbolicLink()) assert.ok(realpathSync(file).startsWith(`${realpathSync(tree)}/`), name);
  }
});

/** The folder of a container whose only job is to be started. */
async function folderWithJob(t: TestContext, epochs: number) {
  const work = await workFolder(t);
  const env = { ANNEAL_STORE: 'sqlite:/var/lib/anneal/jobs.db', ANNEAL_ARTIFACTS: 'file:/var/lib/anneal/artifacts' };
  /** The test's user may not be the container's, so the store is opened only while no container runs. */
  async function inStore<T>(look: (jobs: Awaited<ReturnType<typeof openJobStore>>) => Promise<T>): Promise<T> {
    const jobs = await openJobStore(`sqlite:${work}/jobs.db`);
    const found = await look(jobs);
    await jobs.close();
    if (isolated) execFileSync('chown', ['-R', settings().user, work]);
    return found;
  }
  const { spec } = validateSpec(spirals(epochs), { memoryBytes: 2 ** 32 });
  const { id } = await inStore(async (jobs) => (await jobs.create({ spec })).job);
  const start = async (): Promise<Container> => {
    await inStore((jobs) => jobs.transition(id, ['queued'], 'starting'));
    return startContainer(t, { tree, work, args: ['--job', id], env });
  };
  return { id, work, inStore, start };
}

test(
  'a runner told to end by SIGTERM leaves a checkpoint, the next one goes on from it, and the tree stays as it was',
  options,
  async (t) => {
    const installed = listing();
    const { id, work, inStore, start } = await folderWithJob(t, 600);
    const first = await start();
    const checkpoints = join(work, 'artifacts/jobs', id, '1/checkpoints');
    while (!existsSync(checkpoints)) {
      const ended = await Promise.race([first.ended, pause(20)]);
      assert.equal(ended, undefined, ended?.output);
    }
    const { seconds, code, output } = await stop(first);
    assert.equal(code, exitCodes.left, output);
    assert.ok(seconds < GRACE, `${seconds} s`);
    const saved = await inStore(async (jobs) => ({
      job: await jobs.get(id),
      last: (await jobs.readEvents(id, 0, 10_000))
        .map(({ body }) => body)
        .findLast(({ type }) => type === 'checkpoint'),
    }));
    assert.equal(saved.job.state, 'queued');
    assert.ok(saved.last?.type === 'checkpoint');
    const { name } = saved.last;
    t.diagnostic(`SIGTERM to the end: ${seconds.toFixed(2)} s, with ${name}`);

    const second = await start();
    const ended = await second.ended;
    assert.equal(ended.code, 0, ended.output);
    const { job, notices } = await inStore(async (jobs) => ({
      job: await jobs.get(id),
      notices: (await jobs.readEvents(id, 0, 10_000)).flatMap(({ body }) =>
        body.type === 'notice' ? [body.message] : [],
      ),
    }));
    assert.deepEqual([job.state, job.attempt], ['succeeded', 2]);
    assert.ok(
      notices.some((message) => message.includes(name)),
      notices.join('\n'),
    );
    assert.equal(listing(), installed);
  },
);

test('the first process ends by SIGTERM also before the runner listens', { timeout: 60_000 }, async (t) => {
  const work = await workFolder(t);
  const silent = createServer(() => undefined).listen(0, '127.0.0.1');
  t.after(() => silent.closeAllConnections());
  t.after(() => silent.close());
  await once(silent, 'listening');
  const store = `dynamodb:jobs?region=us-east-1&endpoint=http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
  const env = {
    ANNEAL_STORE: store,
    ANNEAL_ARTIFACTS: 'file:/var/lib/anneal',
    AWS_ACCESS_KEY_ID: 'a',
    AWS_SECRET_ACCESS_KEY: 'b',
  };
  const container = startContainer(t, { tree, work, args: ['--job', 'x'], env });
  await Promise.race([once(silent, 'request'), container.ended.then(({ output }) => assert.fail(output))]);
  const { code } = await stop(container);
  assert.equal(code, 128 + 15);
});

test('its folder of work is all that it can write to', {
  skip: !isolated && 'needs root and namespaces',
  timeout: 60_000,
}, async (t) => {
  const work = await workFolder(t);
  const script = `
    const { writeFileSync } = require('node:fs');
    for (const folder of process.argv.slice(1)) {
      try { writeFileSync(folder + '/probe', ''); console.log('written'); } catch ({ code }) { console.log(code); }
    }
    console.log(process.pid, process.getuid());`;
  const args = ['-e', script, tree, tmpdir(), '/', work];
  const { output } = await startContainer(t, { tree, work, entrypoint: ['node'], args }).ended;
  const [uid] = settings().user.split(':');
  assert.deepEqual(output.trim().split('\n'), ['EROFS', 'EROFS', 'EROFS', 'written', `1 ${uid}`]);
});

test('a folder that can not be written to stops the start, in one sentence', options, async (t) => {
  const work = await workFolder(t);
  await writeFile(join(work, 'file'), '');
  const { code, output } = await startContainer(t, { tree, work, env: { TMPDIR: '/var/lib/anneal/file/tmp' } }).ended;
  assert.equal(code, 1);
  assert.match(output, /^\S+ can't be written to \(ENOTDIR\): mount a volume there that user \d+ may write to/);
});

if (s3 && compose) {
  test(
    'compose.yaml as it stands: bucket, service and runner train into S3, and go on after a stop',
    options,
    async (t) => {
      const work = await workFolder(t);
      const data = await mkdtemp(join(tmpdir(), 'anneal-data-'));
      t.after(() => rm(data, { recursive: true }));
      await chmod(data, 0o755);
      const { accessKeyId, secretAccessKey } = s3.credentials;
      const variables = { ANNEAL_S3_ACCESS_KEY: accessKeyId, ANNEAL_S3_SECRET_KEY: secretAccessKey };
      const { services } = await compose.read([composeFile], variables);
      /** A service of the file; only the addresses of the others are those of this machine. */
      const start = (name: 'anneal' | 'bucket'): Container => {
        const { environment, command, entrypoint } = services[name]!;
        const env = Object.fromEntries(
          Object.entries(environment).map(([key, value]) => [
            key,
            value.replace('http://s3:7070', s3.url).replace(/^\/data$/, data),
          ]),
        );
        const args = name === 'anneal' ? [...command, '--port', '0'] : command;
        return startContainer(t, { tree, work, env, args, ...(entrypoint && { entrypoint }) });
      };
      for (const said of [/^made the bucket anneal$/m, /^the bucket anneal is there$/m]) {
        const { code, output } = await start('bucket').ended;
        assert.equal(code, 0, output);
        assert.match(output, said);
      }
      const home = join(work, 'service');
      const first = start('anneal');
      const before = await clientOf(first, home);
      const { id } = await before.jobs.create(spirals(600));
      for await (const { body } of before.jobs.stream(id)) if (body.type === 'checkpoint') break;
      const { code, seconds, output } = await stop(first);
      assert.equal(code, 0, output);
      assert.ok(seconds < GRACE, `${seconds} s`);

      const second = start('anneal');
      const client = await clientOf(second, home);
      const done = await client.jobs.wait(id);
      assert.deepEqual([done.state, done.attempt], ['succeeded', 2]);
      assert.ok(existsSync(join(s3.folder, 'anneal/jobs', id, '2/manifest.json')));
      assert.equal((await stop(second)).code, 0);
    },
  );
}
