/** End to end: the set-up on a small checkout, with what it needs missing, damaged, full or interrupted. */
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { access, copyFile, lstat, mkdir, readdir, readFile, readlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import test, { type TestContext } from 'node:test';
import { promisify } from 'node:util';
import { examine, SetUpError, setUp } from '../../infra/setup/index.mjs';
import { Checkout, main, realAddon, realLibrary, repository } from './checkout.ts';
import { part } from './part.ts';

const { addonPlace } = await part('place');
const { findPython } = await part('python');
const { readState } = await part('state');
const execute = promisify(execFile);

/** tfjs-node's install script where its download works: it puts a binding in place. */
const workingStock = async () => `
  const fs = require('node:fs');
  fs.mkdirSync('lib/napi-v8', { recursive: true });
  fs.mkdirSync('deps', { recursive: true });
  fs.symlinkSync(${JSON.stringify(await realAddon())}, 'lib/napi-v8/tfjs_binding.node');
  fs.symlinkSync(${JSON.stringify(await realLibrary())}, 'deps/lib');
`;

/** Rejects with one sentence: it says what is missing and, after a colon, how to get it. */
async function rejects(work: Promise<unknown>, code: SetUpError['code'], sentence: RegExp): Promise<void> {
  const error = await work.then(
    () => assert.fail('it succeeded'),
    (reason) => reason,
  );
  assert.ok(error instanceof SetUpError, error.stack);
  assert.equal(error.code, code, error.message);
  assert.match(error.message, sentence);
  assert.match(error.message, /^[^\n]+\.$/);
}

/** The set-up of this repository built TensorFlow's binding; without one some tests have nothing to go by. */
async function withoutNative(): Promise<string | false> {
  const state = await readState({ root: repository });
  return state?.source === 'wheel' ? false : `the set-up of this checkout is not from the wheel (${state?.source})`;
}
const noNative = await withoutNative();
const signal = new AbortController().signal;
const python = await findPython({ env: process.env, signal });
const noPython = python?.pip ? false : 'no Python with pip is on the PATH';

test('without Python, and without the stock binary, it says so in a sentence', async (t) => {
  const checkout = await Checkout.make(t);
  await rejects(
    setUp(checkout.options),
    'no_python',
    /^Python is missing.*: install Python 3\.8 or newer with pip .*; the older TensorFlow that tfjs-node offers instead could not be installed\.$/,
  );
  assert.deepEqual(await checkout.temporaries(), []);
});

test('a Python without pip is not enough', async (t) => {
  const checkout = await Checkout.make(t);
  await checkout.addTool('python3', 'echo "3.12 -"');
  await rejects(setUp(checkout.options), 'no_pip', /^pip is missing for .*python3, .*: install it /);
});

test('without a compiler the stock binary is used, and it says so', { skip: noNative }, async (t) => {
  const checkout = await Checkout.make(t, { installScript: await workingStock() });
  await checkout.shareLibrary();
  const report = await setUp(checkout.options);
  assert.equal(report.source, 'stock');
  assert.match(checkout.lines.join('\n'), /A C\+\+ compiler is missing.*: install one .*older, slower TensorFlow/);

  assert.equal(
    (await setUp(checkout.options)).changed,
    false,
    'as long as there is no compiler, there is nothing to do',
  );
  await checkout.addTool('c++', 'test "$1" = --version || { echo "x.cc:1: error: a bad day" >&2; exit 1; }');
  checkout.lines.length = 0;
  assert.equal((await setUp(checkout.options)).changed, true, 'a compiler that appears is tried');
  assert.match(checkout.lines.join('\n'), /could not be compiled with .*c\+\+: x\.cc:1: error: a bad day\./);
});

test('without a compiler and without the stock binary it says so in a sentence', { skip: noNative }, async (t) => {
  const checkout = await Checkout.make(t);
  await checkout.shareLibrary();
  await rejects(
    setUp(checkout.options),
    'no_compiler',
    /^A C\+\+ compiler is missing.*: install one \(Debian: apt install g\+\+/,
  );
});

test('a full disk is refused before anything is fetched', { skip: noPython }, async (t) => {
  const checkout = await Checkout.make(t);
  await checkout.addTool('python3', `exec '${python?.program}' "$@"`);
  const options = { ...checkout.options, env: { ...checkout.env, PATH: `${checkout.tools}:${process.env.PATH}` } };
  const statfs = async () => ({ bavail: 100, bsize: 1e6 });
  await rejects(
    setUp({ ...options, statfs }),
    'disk_full',
    /^The disk that holds .*cache is too full \(\d+ MB are needed, 100 MB are free\): free some space or name another folder/,
  );
  assert.deepEqual(checkout.lines, []);
});

test('a cache that cannot be made is named', async (t) => {
  const checkout = await Checkout.make(t);
  const file = path.join(checkout.cache, 'file');
  await writeFile(file, '');
  const env = { ...checkout.env, ANNEAL_CACHE: path.join(file, 'cache') };
  await rejects(
    setUp({ ...checkout.options, env }),
    'cache_unwritable',
    /cannot be written \(ENOTDIR\): name another cache/,
  );
});

test('packages that do not match the lock file are installed; a registry out of reach is named', async (t) => {
  const checkout = await Checkout.make(t);
  const entry = {
    version: '1.0.0',
    resolved: 'http://127.0.0.1:9/nothing-1.0.0.tgz',
    integrity: `sha512-${Buffer.alloc(64).toString('base64')}`,
  };
  const manifest = { name: 'small', version: '1.0.0', dependencies: { nothing: '1.0.0' } };
  const lock = { ...manifest, lockfileVersion: 3, packages: { '': manifest, 'node_modules/nothing': entry } };
  await writeFile(path.join(checkout.root, 'package.json'), JSON.stringify(manifest));
  await writeFile(path.join(checkout.root, 'package-lock.json'), JSON.stringify(lock));
  const env = { ...checkout.env, PATH: process.env.PATH, npm_config_fetch_retries: '0', npm_config_noproxy: '*' };
  await rejects(setUp({ ...checkout.options, env }), 'no_network', /^npm cannot reach its registry: connect/);
});

test('ANNEAL_LIBTENSORFLOW without a library is a sentence', async (t) => {
  const checkout = await Checkout.make(t);
  const env = { ...checkout.env, ANNEAL_LIBTENSORFLOW: checkout.tools };
  await rejects(
    setUp({ ...checkout.options, env }),
    'library_missing',
    /^ANNEAL_LIBTENSORFLOW is .*tools, where no lib\//,
  );
});

test('ANNEAL_LIBTENSORFLOW is compiled against and linked in place', { skip: noNative }, async (t) => {
  const checkout = await Checkout.make(t);
  await checkout.shareLibrary();
  // A compiler that knows its result beforehand.
  await copyFile(await realAddon(), path.join(checkout.tools, 'binding'));
  const copy = `cp="/bin/cp"; for last; do if [ "$before" = -o ]; then $cp '${checkout.tools}/binding' "$last"; fi; before="$last"; done`;
  await checkout.addTool('c++', `echo "$@" >> '${checkout.tools}/calls'\n${copy}`);
  const given = path.dirname(await realLibrary());
  const env = { ...checkout.env, ANNEAL_LIBTENSORFLOW: given };
  const report = await setUp({ ...checkout.options, env });
  assert.deepEqual({ source: report.source, compiled: report.compiled }, { source: 'given', compiled: true });
  const calls = await readFile(path.join(checkout.tools, 'calls'), 'utf8');
  assert.ok(calls.includes(`-Wl,-rpath,${given}/lib`) && calls.includes('-DNAPI_VERSION=8'), calls);
  assert.equal(await readlink(path.join(checkout.root, 'node_modules/@tensorflow/tfjs-node/deps/lib')), `${given}/lib`);
  assert.ok((await readlink(addonPlace(checkout.root))).startsWith(path.join(checkout.cache, 'addon')));
  assert.deepEqual(await checkout.temporaries(), []);
});

test('a second run starts no program and writes nothing', { skip: noNative }, async (t) => {
  const checkout = await Checkout.make(t);
  const env = { ...process.env, ANNEAL_LIBTENSORFLOW: '' };
  const first = await setUp({ ...checkout.options, env });
  assert.deepEqual({ changed: first.changed, compiled: first.compiled }, { changed: true, compiled: false });

  const before = await stamps(checkout.root);
  const [major = 0] = process.versions.node.split('.').map(Number);
  const permission = major >= 24 ? '--permission' : '--experimental-permission';
  const script = `
    import { setUp } from ${JSON.stringify(path.join(repository, 'infra/setup/index.mjs'))};
    const said = [];
    const { changed } = await setUp({ root: ${JSON.stringify(checkout.root)}, log: (line) => said.push(line) });
    console.log(JSON.stringify({ changed, said }));
  `;
  // Node itself refuses to start a program or to write a file.
  const args = [permission, '--allow-fs-read=*', '--input-type=module', '-e', script];
  const { stdout } = await execute(process.execPath, args, { env });
  assert.deepEqual(JSON.parse(stdout), { changed: false, said: [] });
  assert.deepEqual(await stamps(checkout.root), before);
});

async function stamps(root: string): Promise<Record<string, number>> {
  const names = await readdir(root, { recursive: true });
  const entries = await Promise.all(names.map(async (name) => [name, (await lstat(path.join(root, name))).mtimeMs]));
  return Object.fromEntries(entries);
}

/** Starts the real program on a checkout whose pip never ends, and returns when pip is running. */
async function startAndReachDownload(t: TestContext, checkout: Checkout) {
  const running = path.join(checkout.tools, 'running');
  const never = path.join(checkout.tools, 'never');
  await execute('mkfifo', [running, never]);
  await checkout.addTool(
    'python3',
    `if [ "$1" = -c ]; then echo "3.12 25.0"; exit; fi\necho part > "$TMPDIR/part"\necho $$ > '${running}'\nread _ < '${never}'`,
  );
  await mkdir(path.join(checkout.root, 'infra'), { recursive: true });
  await execute('cp', ['-r', path.dirname(main), path.join(checkout.root, 'infra/setup')]);
  const child = spawn(process.execPath, [path.join(checkout.root, 'infra/setup/main.mjs')], {
    env: checkout.env,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text) => {
    stderr += text;
  });
  const ended = new Promise<{ code: number | null; stderr: string }>((done) =>
    child.once('close', (code) => done({ code, stderr })),
  );
  t.after(() => child.kill('SIGKILL'));
  const pip = Number(await readFile(running, 'utf8'));
  return { child, ended, pip };
}

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

for (const name of ['SIGINT', 'SIGTERM'] as const)
  test(`${name} in the middle ends pip, leaves nothing behind and exits with 130`, { timeout: 20_000 }, async (t) => {
    const checkout = await Checkout.make(t);
    const { child, ended, pip } = await startAndReachDownload(t, checkout);
    assert.equal((await checkout.temporaries()).length, 1);
    child.kill(name);
    const { code, stderr } = await ended;
    assert.equal(code, 130, stderr);
    assert.match(stderr, /^fetching TensorFlow .*\nInterrupted; nothing half-done is left, run it again\.\n$/);
    assert.equal(isAlive(pip), false);
    assert.deepEqual(await checkout.temporaries(), []);
    await assert.rejects(lstat(path.join(checkout.cache, 'set-up.lock')), { code: 'ENOENT' });
  });

test('what a killed set-up leaves is removed by the next one', { timeout: 20_000 }, async (t) => {
  const checkout = await Checkout.make(t);
  const { child, ended, pip } = await startAndReachDownload(t, checkout);
  child.kill('SIGKILL');
  process.kill(pip, 'SIGKILL');
  await ended;
  assert.equal((await checkout.temporaries()).length, 1);
  await lstat(path.join(checkout.cache, 'set-up.lock'));

  const env = { ...checkout.env, PATH: '' };
  await rejects(setUp({ ...checkout.options, env }), 'no_python', /^Python is missing/);
  assert.deepEqual(await checkout.temporaries(), []);
  await assert.rejects(access(path.join(checkout.cache, 'set-up.lock')), { code: 'ENOENT' });
});

test('two set-ups at once take turns', { skip: noNative }, async (t) => {
  const checkout = await Checkout.make(t, { installScript: await workingStock() });
  await checkout.shareLibrary();
  const reports = await Promise.all([setUp(checkout.options), setUp(checkout.options)]);
  assert.deepEqual(
    reports.map(({ source }) => source),
    ['stock', 'stock'],
  );
  assert.equal(checkout.lines.filter((line) => /another set-up \(process \d+\) is at work/.test(line)).length, 1);
});

test('the doctor finds what is missing and says what to do', async (t) => {
  const checkout = await Checkout.make(t);
  const findings = await examine(checkout.options);
  // npm may lie beside Node, whatever is on the PATH.
  const missing = findings.filter(({ ok, name }) => !ok && name !== 'npm');
  const bad = Object.fromEntries(missing.map(({ name, remedy }) => [name, remedy]));
  const names = ['packages', 'Python', 'pip', 'C++ compiler', 'TensorFlow', 'binding'];
  assert.deepEqual(Object.keys(bad), names);
  assert.ok(Object.values(bad).every(Boolean), 'each has a remedy');
  assert.ok(findings.every(({ message, detail }) => message.startsWith(detail)));
});

test('the doctor finds this checkout in order', { skip: noNative }, async () => {
  const findings = await examine({ root: repository });
  const of = (name: string) => findings.find((finding) => finding.name === name);
  assert.match(of('TensorFlow')?.detail ?? '', /^2\.21\.0, from its wheel, /);
  assert.match(of('binding')?.detail ?? '', /^loads, TensorFlow 2\.21\.0$/);
  assert.match(of('processor')?.detail ?? '', /\d+ threads/);
});
