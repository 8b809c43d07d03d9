/** End to end: wheels are fetched by the real pip, from a folder instead of an index, and checked, kept, replaced and unpacked. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import test, { type TestContext } from 'node:test';
import { promisify } from 'node:util';
import { setUp } from '../../infra/setup/index.mjs';
import { Checkout } from './checkout.ts';
import { part } from './part.ts';

const { contextOf } = await part('context');
const { CUDA_WHEELS, wantsCuda } = await part('cuda');
const { unpackWheels } = await part('library');
const { findPython } = await part('python');
const { wheelFile } = await part('versions');
const { obtainWheel, sha256, wheelPlace } = await part('wheel');
const execute = promisify(execFile);
const signal = new AbortController().signal;
const found = await findPython({ env: process.env, signal });
const skip = found?.pip ? false : 'no Python with pip is on the PATH';

const MAKE_WHEEL = `
import sys, zipfile
with zipfile.ZipFile(sys.argv[1], "w") as wheel:
    info = "probe-1.0.dist-info/"
    wheel.writestr(info + "METADATA", "Metadata-Version: 2.1\\nName: probe\\nVersion: 1.0\\n")
    wheel.writestr(info + "WHEEL", "Wheel-Version: 1.0\\nRoot-Is-Purelib: false\\nTag: cp312-cp312-manylinux_2_27_x86_64\\n")
    wheel.writestr(info + "RECORD", "")
    for name in ["libtensorflow_cc.so.2", "libtensorflow_framework.so.2", "include/tensorflow/c/c_api.h", "include/Eigen/Core", "python/x.py"]:
        wheel.writestr("tensorflow/" + name, name)
`;

/** A wheel of a few hundred bytes in a folder that pip is pointed to, and its pin. */
async function probe(t: TestContext) {
  const checkout = await Checkout.make(t);
  const pin = { name: 'probe', version: '1.0', python: '3.12', tag: 'manylinux_2_27_x86_64', sha256: '', bytes: 1000 };
  const index = path.join(checkout.tools, 'index');
  await mkdir(index);
  const published = path.join(index, wheelFile(pin));
  await execute(found.program, ['-c', MAKE_WHEEL, published]);
  pin.sha256 = await sha256(published);
  const env = { ...checkout.env, PATH: process.env.PATH, PIP_NO_INDEX: '1', PIP_FIND_LINKS: index };
  return { checkout, pin, published, context: contextOf({ ...checkout.options, env }) };
}

test('a damaged wheel in the cache is fetched again, a sound one is not', { skip }, async (t) => {
  const { checkout, pin, published, context } = await probe(t);
  const place = wheelPlace(context, pin);
  await mkdir(path.dirname(place));
  await writeFile(place, (await readFile(published)).subarray(0, 100));
  assert.equal(await obtainWheel(context, pin, found), place);
  assert.equal(await sha256(place), pin.sha256);
  assert.match(checkout.lines.join('\n'), /^the wheel in the cache is damaged and is fetched again: .*\nfetching/);

  const said = checkout.lines.length;
  await obtainWheel(context, pin, { ...found, program: '/nowhere' });
  assert.equal(checkout.lines.length, said);
  assert.deepEqual(await checkout.temporaries(), []);
});

test('a wheel other than the published one is refused and not kept', { skip }, async (t) => {
  const { checkout, pin, context } = await probe(t);
  const other = { ...pin, sha256: '0'.repeat(64) };
  await assert.rejects(obtainWheel(context, other, found), {
    code: 'hash_mismatch',
    message:
      /^The wheel probe-1\.0\S+ that pip fetched is not the published one \(SHA-256 .*, not 000000000000…\): try again/,
  });
  await assert.rejects(stat(wheelPlace(context, pin)), { code: 'ENOENT' });
  assert.deepEqual(await checkout.temporaries(), []);
});

test('a wheel that no index has is a sentence', { skip }, async (t) => {
  const { pin, context } = await probe(t);
  await assert.rejects(obtainWheel(context, { ...pin, version: '2.0' }, found), {
    code: 'download_failed',
    message:
      /^pip could not fetch TensorFlow 2\.0 \(probe-2\.0\S+\): No matching distribution found for probe==2\.0\.$/,
  });
});

test('an index that cannot be reached is told from one that lacks the wheel', { skip }, async (t) => {
  const { pin, context } = await probe(t);
  const env = {
    ...context.env,
    PIP_NO_INDEX: '0',
    PIP_FIND_LINKS: '',
    PIP_INDEX_URL: 'http://127.0.0.1:9/',
    no_proxy: '*',
  };
  await assert.rejects(obtainWheel({ ...context, env }, pin, found), {
    code: 'no_network',
    message: /^pip cannot reach its package index .*: connect to the network, or point pip to a mirror/,
  });
});

test('libraries and the headers in need are unpacked, nothing else', { skip }, async (t) => {
  const { checkout, pin, published, context } = await probe(t);
  const library = await unpackWheels(context, pin, [published], found.program);
  assert.deepEqual(
    library.files.map((file: string) => path.basename(file)),
    ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'],
  );
  assert.deepEqual(await readdir(library.include), ['tensorflow']);
  assert.equal(
    await readFile(path.join(library.include, 'tensorflow/c/c_api.h'), 'utf8'),
    'include/tensorflow/c/c_api.h',
  );
  assert.deepEqual(await checkout.temporaries(), []);
});

const MAKE_CUDA = `
import sys, zipfile
names = ["nvidia/cudnn/lib/libcudnn.so.9", "nvidia/cudnn/lib/libcudnn_static.a", "nvidia/cudnn/include/cudnn.h", "nvidia/cuda_nvcc/bin/ptxas",
    "nvidia/cuda_nvcc/bin/nvcc", "nvidia/cuda_nvcc/nvvm/libdevice/libdevice.10.bc", "probe.dist-info/License.txt"]
with zipfile.ZipFile(sys.argv[1], "w") as wheel:
    for name in names:
        wheel.writestr(name, name)
`;

test('of wheels of CUDA, what TensorFlow loads is laid beside it, with the licences', { skip }, async (t) => {
  const { checkout, pin, published, context } = await probe(t);
  const cuda = path.join(checkout.tools, 'nvidia_probe.whl');
  await execute(found.program, ['-c', MAKE_CUDA, cuda]);
  const { lib } = await unpackWheels(context, pin, [published, cuda], found.program);
  const nvidia = path.join(lib, '../nvidia');
  const names = await readdir(nvidia, { recursive: true, withFileTypes: true });
  const files = names
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(nvidia, path.join(entry.parentPath, entry.name)));
  assert.deepEqual(files.sort(), [
    'cuda_nvcc/bin/ptxas',
    'cuda_nvcc/nvvm/libdevice/libdevice.10.bc',
    'cudnn/lib/libcudnn.so.9',
    'licences/nvidia_probe.txt',
  ]);
  assert.equal((await stat(path.join(nvidia, 'cuda_nvcc/bin/ptxas'))).mode & 0o111, 0o111);
});

test('ANNEAL_TENSORFLOW says which TensorFlow, and nothing falls back from it', async (t) => {
  assert.equal(wantsCuda({}), false);
  assert.equal(wantsCuda({ ANNEAL_TENSORFLOW: 'cpu' }), false);
  assert.throws(() => wantsCuda({ ANNEAL_TENSORFLOW: 'tpu' }), {
    code: 'unsupported_platform',
    message: 'ANNEAL_TENSORFLOW is tpu, which is not known: set it to cpu or cuda.',
  });
  const checkout = await Checkout.make(t, { installScript: 'process.exit(0)' });
  // Without a Python, where the stock TensorFlow would be taken.
  await assert.rejects(setUp({ ...checkout.options, env: { ...checkout.env, ANNEAL_TENSORFLOW: 'cuda' } }), {
    code: process.platform === 'linux' && process.arch === 'x64' ? 'no_python' : 'unsupported_platform',
  });
  assert.equal(new Set(CUDA_WHEELS.map(({ sha256 }: { sha256: string }) => sha256)).size, 4);
});
