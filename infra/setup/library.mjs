/** The TensorFlow library and its headers: out of the pinned wheel, or the one the user names in $ANNEAL_LIBTENSORFLOW. */
import { createHash } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { ignore, isIntact, publish, requireSpace, seal } from './cache.mjs';
import { run } from './children.mjs';
import { CUDA_KEY, CUDA_LIBRARIES, CUDA_UNPACKED, CUDA_WHEELS, UNPACK_CUDA, wantsCuda } from './cuda.mjs';
import { diskFull, SetUpError } from './errors.mjs';
import { step } from './progress.mjs';
import { mayHavePython, requirePython } from './python.mjs';
import { withTemporary } from './temporary.mjs';
import { UNPACKED, WHEELS } from './versions.mjs';
import { obtainWheel, wheelPlace } from './wheel.mjs';

/** @typedef {import('./context.mjs').Context} Context */
/** @typedef {import('./versions.mjs').WheelPin} WheelPin */

/**
 * @typedef {object} Library
 * @property {'wheel' | 'given'} source
 * @property {string} key       tells one library from another
 * @property {string} lib       folder of the shared libraries
 * @property {string} include   folder of the headers
 * @property {string[]} files   the libraries to link with
 */

/** Of TensorFlow's many headers, the folders that the binding includes. */
const HEADERS = ['tensorflow/c/', 'tensorflow/core/platform/', 'tsl/', 'xla/tsl/'];

/** argv: wheel, destination, header folders. */
const UNPACK = `
import os, shutil, sys, zipfile
wheel, destination, *headers = sys.argv[1:]
prefixes = tuple("tensorflow/include/" + folder for folder in headers)
with zipfile.ZipFile(wheel) as archive:
    for name in archive.namelist():
        parts = name.split("/")
        if len(parts) == 2 and parts[0] == "tensorflow" and parts[1].startswith("libtensorflow"):
            target = os.path.join(destination, "lib", parts[1])
        elif name.startswith(prefixes) and not name.endswith("/"):
            target = os.path.join(destination, "include", name[len("tensorflow/include/"):])
        else:
            continue
        os.makedirs(os.path.dirname(target), exist_ok=True)
        with archive.open(name) as source, open(target, "wb") as sink:
            shutil.copyfileobj(source, sink, 1 << 20)
`;

/**
 * @param {Context} context
 * @throws SetUpError `library_missing`, `unsupported_platform`, `no_python`, `no_pip`, `disk_full` and what `obtainWheel` throws
 * @returns {Promise<Library>}
 */
export async function obtainLibrary(context) {
  const given = context.env.ANNEAL_LIBTENSORFLOW;
  if (given) return givenLibrary(path.resolve(given));
  const cuda = wantsCuda(context.env);
  const pins = wheelsForThisMachine(cuda);
  if (!context.force || !mayHavePython(context.env))
    for (const pin of pins) {
      const entry = entryOf(context, pin);
      if (await isIntact(entry)) return describe(entry, pin);
    }
  const python = await requirePython(context);
  const pin = pins.find((candidate) => candidate.python === python.version) ?? pins[0];
  const needed = [pin, ...(cuda ? CUDA_LIBRARIES : [])];
  await requireSpace(context, (cuda ? CUDA_UNPACKED : UNPACKED) + (await bytesToFetch(context, needed)));
  /** @type {string[]} */
  const wheels = [];
  for (const one of needed) wheels.push(await obtainWheel(context, one, python));
  return unpackWheels(context, pin, wheels, python.program);
}

/** @param {Context} context @param {WheelPin[]} pins */
async function bytesToFetch(context, pins) {
  let bytes = 0;
  for (const pin of pins) if (!(await fs.stat(wheelPlace(context, pin)).catch(ignore('ENOENT')))) bytes += pin.bytes;
  return bytes;
}

/** Wheels of the Python versions there are, for this machine. @param {boolean} cuda @throws SetUpError `unsupported_platform` */
function wheelsForThisMachine(cuda) {
  const machine = `${process.platform}-${process.arch}`;
  const pins = cuda ? CUDA_WHEELS : WHEELS[machine];
  const musl = process.platform === 'linux' && glibc() === undefined;
  if (!pins || musl)
    throw new SetUpError(
      'unsupported_platform',
      `TensorFlow is not published for ${musl ? 'Linux without glibc' : machine}: use Linux with glibc or macOS on arm64, or name a folder with libtensorflow in ANNEAL_LIBTENSORFLOW.`,
    );
  return /** @type {[WheelPin, ...WheelPin[]]} */ (pins);
}

/** Version of the C library, undefined where it is another one. @returns {string | undefined} */
export function glibc() {
  const report = /** @type {{ header: { glibcVersionRuntime?: string } }} */ (process.report.getReport());
  return report.header.glibcVersionRuntime;
}

/** @param {Pick<Context, 'cache'>} context @param {WheelPin} pin */
function entryOf({ cache }, pin) {
  const cuda = CUDA_WHEELS.some(({ sha256 }) => sha256 === pin.sha256) ? `-cuda-${CUDA_KEY}` : '';
  return path.join(cache, 'tensorflow', `${pin.version}-${pin.sha256.slice(0, 12)}${cuda}`);
}

/** @param {string} entry @param {WheelPin} pin @returns {Promise<Library>} */
async function describe(entry, pin) {
  const lib = path.join(entry, 'lib');
  const files = await librariesIn(lib);
  return { source: 'wheel', key: pin.sha256, lib, include: path.join(entry, 'include'), files };
}

/**
 * Unpacks what is needed of TensorFlow's wheel, and of those of CUDA's libraries, into the cache.
 * @param {Context} context @param {WheelPin} pin @param {string[]} wheels TensorFlow's first @param {string} python
 */
export async function unpackWheels(context, pin, [wheel, ...libraries], python) {
  const { cache, env, log, signal } = context;
  const entry = entryOf(context, pin);
  const unpack = async (/** @type {string[]} */ args) => {
    const { code, output } = await run(python, ['-c', ...args], { env, signal });
    if (code !== 0 && /Errno 28|Errno 122/.test(output)) throw diskFull(cache);
    if (code !== 0) throw new SetUpError('download_failed', `The wheel cannot be unpacked: ${lastLine(output)}.`);
  };
  await step(log, 'unpacking TensorFlow', () =>
    withTemporary(cache, async (folder) => {
      const made = path.join(folder, 'entry');
      await unpack([UNPACK, String(wheel), made, ...HEADERS]);
      if (libraries.length > 0) await unpack([UNPACK_CUDA, made, ...libraries]);
      await seal(made);
      await publish(made, entry);
    }),
  );
  return describe(entry, pin);
}

/** @param {string} text */
const lastLine = (text) => text.trim().split('\n').at(-1)?.replace(/\.$/, '') ?? '';

/**
 * A folder with lib/ and include/, or an unpacked wheel.
 * @param {string} folder
 * @returns {Promise<Library>}
 * @throws SetUpError `library_missing`
 */
async function givenLibrary(folder) {
  const layouts = [
    { lib: path.join(folder, 'lib'), include: path.join(folder, 'include') },
    { lib: folder, include: path.join(folder, 'include') },
    { lib: path.join(folder, 'tensorflow'), include: path.join(folder, 'tensorflow', 'include') },
  ];
  for (const { lib, include } of layouts) {
    const files = await librariesIn(lib).catch(ignore('ENOENT', 'ENOTDIR'));
    const header = await fs.stat(path.join(include, 'tensorflow/c/c_api.h')).catch(() => undefined);
    if (!files?.length || !header) continue;
    const hash = createHash('sha256');
    for (const file of files) {
      const { size, mtimeMs } = await fs.stat(file);
      hash.update(`${await fs.realpath(file)} ${size} ${mtimeMs}\n`);
    }
    return { source: 'given', key: hash.digest('hex'), lib, include, files };
  }
  throw new SetUpError(
    'library_missing',
    `ANNEAL_LIBTENSORFLOW is ${folder}, where no lib/libtensorflow and include/tensorflow/c are: name the folder of an unpacked libtensorflow, or unset it.`,
  );
}

/** One file for each library: `libtensorflow.so.2` and `libtensorflow.so` are one. @param {string} folder */
async function librariesIn(folder) {
  /** @type {Map<string, string>} */
  const found = new Map();
  for (const name of (await fs.readdir(folder)).sort()) {
    const [, library] = /^(libtensorflow(?:_cc|_framework)?)\.(?:so(?:\.\d+)*|(?:\d+\.)*dylib)$/.exec(name) ?? [];
    if (library) found.set(library, path.join(folder, name));
  }
  if (found.has('libtensorflow')) found.delete('libtensorflow_cc');
  return [...found.values()];
}
