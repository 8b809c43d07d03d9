/** The Launcher contract on local processes, and what only they can get wrong. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { localLauncher } from '@anneal/core/adapters/local-launcher/index.ts';
import { processStart } from '@anneal/core/adapters/local-launcher/process-start.ts';
import { exists, launcherContract, logHolds, logOf, nextExit, until } from './launcher.contract.ts';

const runner = fileURLToPath(new URL('launcher.runner.mjs', import.meta.url));

async function place(t: TestContext, overrides: { entry?: string; logBytes?: number } = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'anneal-launcher-'));
  const open = () => {
    const launcher = localLauncher({ folder, entry: runner, env: { ANNEAL_STORE: 'here' }, ...overrides });
    t.after(async () => {
      for (const jobId of await launcher.running()) await launcher.stop(jobId, 0);
      launcher.close();
    });
    return launcher;
  };
  t.after(() => rm(folder, { recursive: true, force: true }));
  return { folder, open };
}

launcherContract('local processes', place);

/** How a service of its own process ended, which has a launcher and does this with it. */
async function serviceThat(folder: string, does: string): Promise<number | NodeJS.Signals> {
  const service = `
    import { localLauncher } from '@anneal/core/adapters/local-launcher/index.ts';
    const open = () => localLauncher({ folder: ${JSON.stringify(folder)}, entry: ${JSON.stringify(runner)} });
    const launcher = open();
    ${does}
  `;
  const args = ['--import', import.meta.resolve('tsx'), '--input-type=module', '--eval', service];
  const child = spawn(process.execPath, args, { cwd: fileURLToPath(new URL('.', import.meta.url)), stdio: 'inherit' });
  return new Promise((resolve) => child.once('exit', (code, signal) => resolve(code ?? signal!)));
}

test('a closed launcher still stops a runner, and its process waits for that end', { timeout: 60_000 }, async (t) => {
  const { folder, open } = await place(t);
  const stops = (which: string): string => `
    await launcher.launch('job_polite_1', 1);
    launcher.close();
    const other = ${which};
    other.close();
    await other.stop('job_polite_1', 0);
    process.exit(5);
  `;
  assert.equal(await serviceThat(folder, stops('launcher')), 5);
  assert.equal(await serviceThat(folder, stops('open()')), 5);
  assert.deepEqual(await open().running(), []);
});

test('a runner outlives a service that is killed, and the next one finds it', { timeout: 60_000 }, async (t) => {
  const { folder, open } = await place(t);
  const killed = `await launcher.launch('job_polite_1', 1); process.kill(process.pid, 'SIGKILL');`;
  assert.equal(await serviceThat(folder, killed), 'SIGKILL');
  const launcher = open();
  assert.deepEqual(await launcher.running(), ['job_polite_1']);
  await logHolds(launcher, 'job_polite_1', 'ready');
  const ended = nextExit(launcher);
  process.kill(Number(/runner (\d+)/.exec(await logOf(launcher, 'job_polite_1'))![1]), 'SIGKILL');
  assert.equal((await ended).how, 'an end that nobody saw');
});

test('a number that another process has now is not taken for the runner', async (t) => {
  const { folder, open } = await place(t);
  mkdirSync(join(folder, 'runners'));
  const record = { jobId: 'job_polite_1', launch: 1, pid: process.pid, start: 'some other boot/123' };
  writeFileSync(join(folder, 'runners', 'job_polite_1.json'), JSON.stringify(record));
  const launcher = open();
  assert.deepEqual(await launcher.running(), []);
  await launcher.stop('job_polite_1', 0);
  assert.deepEqual(readdirSync(join(folder, 'runners')), []);
});

test('a process is named by its start', async () => {
  assert.equal(processStart(process.pid), processStart(process.pid));
  assert.notEqual(processStart(process.pid), processStart(process.ppid));
  const child = spawn('cat', { stdio: ['pipe', 'ignore', 'ignore'] });
  assert.notEqual(processStart(child.pid!), null);
  child.stdin.end();
  await new Promise((resolve) => child.once('exit', resolve));
  await until(() => !exists(child.pid!));
  assert.equal(processStart(child.pid!), null);
});

test('a runner without a program is an error that says so, and leaves nothing', async (t) => {
  const { open, folder } = await place(t, { entry: '/nowhere/runner.js' });
  const launcher = open();
  const refused = { code: 'internal', message: "the runner's program /nowhere/runner.js is missing; build it again" };
  await assert.rejects(launcher.launch('job_exit_1', 1), refused);
  assert.deepEqual(await launcher.running(), []);
  assert.deepEqual(readdirSync(join(folder, 'runners')), []);
});

test('a machine that can start no process is an error that may pass', async (t) => {
  const { open } = await place(t);
  const { execPath } = process;
  t.after(() => {
    process.execPath = execPath;
  });
  process.execPath = '/nowhere/node';
  const refused = {
    code: 'store_unavailable',
    retryable: true,
    message: 'no runner can be started: spawn /nowhere/node ENOENT',
  };
  await assert.rejects(open().launch('job_exit_1', 1), refused);
});

test('a log stays below its limit and keeps its newest lines', async (t) => {
  const { open } = await place(t, { logBytes: 50_000 });
  const launcher = open();
  const ended = nextExit(launcher);
  await launcher.launch('job_chatty_1', 1);
  assert.match((await ended).tail, /4999 x+\nthe end$/);
  const log = await logOf(launcher, 'job_chatty_1');
  assert.ok(log.length <= 50_000, `${log.length} bytes`);
  assert.match(log, /^… earlier lines were dropped\n\d+ x/);
});
