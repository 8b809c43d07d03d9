/** What the confined process is kept from even by code that has left its context: a program of the test's own stands in for TF.js and the module. */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { confinedCommand } from '../../services/usercode/command.ts';

const limits = { seconds: 10, mebibytes: 512 };

/** Tries what `attempts` says, in order, and prints what came of each. */
const program = (attempts: string) => `
const results = {};
const attempt = async (name, code) => {
  try { await code(); results[name] = 'done'; } catch (error) { results[name] = error.code ?? error.message; }
};
(async () => { ${attempts}; process.stdout.write(JSON.stringify(results)); process.exit(0); })();
`;

async function attempted(t: TestContext, attempts: (folder: string) => string) {
  const folder = await mkdtemp(join(tmpdir(), 'anneal-confined-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, 'program.cjs');
  await writeFile(file, program(attempts(folder)));
  await writeFile(join(folder, 'secret.txt'), 'secret');
  const { command, args, confinement } = confinedCommand(file, limits)!;
  const child = spawn(command, args, { cwd: '/', env: {}, stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (piece: string) => {
    text += piece;
  });
  await new Promise((done) => child.on('close', done));
  return { results: JSON.parse(text) as Record<string, string>, confinement, files: (await readdir(folder)).sort() };
}

test('files, processes, threads, addons and bindings are refused', async (t) => {
  const { results, files } = await attempted(
    t,
    (folder) => `
      const fs = require('node:fs');
      const secret = ${JSON.stringify(join(folder, 'secret.txt'))};
      await attempt('read', () => fs.readFileSync(secret));
      await attempt('list', () => fs.readdirSync(${JSON.stringify(folder)}));
      await attempt('write', () => fs.writeFileSync(secret + '.new', 'x'));
      await attempt('remove', () => fs.rmSync(secret));
      await attempt('spawn', () => require('node:child_process').spawnSync('true'));
      await attempt('thread', () => new (require('node:worker_threads').Worker)('1', { eval: true }));
      await attempt('binding', () => process.binding('fs'));
      await attempt('addon', () => process.dlopen({ exports: {} }, secret));
      await attempt('strings', () => new Function('return 1')());
    `,
  );
  const denied = 'ERR_ACCESS_DENIED';
  assert.deepEqual(results, {
    ...{ read: denied, list: denied, write: denied, remove: denied, spawn: denied, thread: denied, binding: denied },
    ...{ addon: 'ERR_DLOPEN_DISABLED', strings: 'Code generation from strings disallowed for this context' },
  });
  assert.deepEqual(files, ['program.cjs', 'secret.txt']);
});

test('no connection arrives, where the system gives a process a network of its own', async (t) => {
  let connections = 0;
  const server = createServer(() => {
    connections += 1;
  }).listen(0, '127.0.0.1');
  t.after(() => server.close());
  await new Promise((done) => server.once('listening', done));
  const { port } = server.address() as AddressInfo;
  const { results, confinement } = await attempted(
    t,
    () => `
      await attempt('connect', () => new Promise((done, fail) => {
        require('node:net').connect(${port}, '127.0.0.1').on('connect', done).on('error', fail);
      }));
      await attempt('fetch', () => fetch('http://127.0.0.1:${port}/', { signal: AbortSignal.timeout(2000) }));
    `,
  );
  const unshare = spawnSync('unshare', ['--net', '--map-root-user', 'true']).status === 0;
  assert.equal(confinement.includes('no network interfaces'), process.platform === 'linux' && unshare);
  if (!unshare && Number(process.versions.node.split('.')[0]) < 25)
    return t.skip('this system has no unshare, and this Node no permission for the network');
  assert.notEqual(results.connect, 'done');
  assert.notEqual(results.fetch, 'done');
  assert.equal(connections, 0);
});

test('the environment is empty', async (t) => {
  process.env.ANNEAL_TEST_SECRET = 'secret';
  const { results } = await attempted(
    t,
    () =>
      `await attempt('environment', () => { throw new Error(Object.keys(process.env).filter((name) => !['PWD', 'SHLVL', '_', 'OLDPWD'].includes(name)).join()); })`,
  );
  delete process.env.ANNEAL_TEST_SECRET;
  assert.equal(results.environment, '');
});
