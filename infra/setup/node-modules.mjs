/** npm's packages: node_modules as package-lock.json says. */
import { createHash } from 'node:crypto';
import { realpathSync } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import { run, which } from './children.mjs';
import { diskFull, SetUpError } from './errors.mjs';
import { step } from './progress.mjs';

/** @typedef {import('./context.mjs').Context} Context */
/** @typedef {{ version?: string, integrity?: string, resolved?: string, link?: boolean, optional?: boolean, dev?: boolean, devOptional?: boolean, os?: string[], cpu?: string[], libc?: string[] }} LockEntry */

/** @param {string} root */
const stampFile = (root) => path.join(root, 'node_modules/.anneal-packages.json');

/** What the packages depend on. @param {string} root */
async function fingerprint(root) {
  const lock = await fs.readFile(path.join(root, 'package-lock.json'));
  const sha256 = createHash('sha256').update(lock).digest('hex');
  return JSON.stringify({ lock: sha256, node: Number(process.versions.node.split('.')[0]) });
}

/** Whether the packages were found in order before, for this lock file and this Node. @param {string} root */
export async function packagesAreStamped(root) {
  const stamp = await fs.readFile(stampFile(root), 'utf8').catch(() => undefined);
  return stamp !== undefined && stamp === (await fingerprint(root));
}

/**
 * Installs the packages unless those there are the right ones, whoever installed them.
 * @param {Context} context
 * @returns {Promise<boolean>} whether they were installed
 * @throws SetUpError `no_npm`, `no_network`, `disk_full`, `npm_failed`
 */
export async function installPackages(context) {
  const { root } = context;
  if (await packagesAreStamped(root)) return false;
  const stamp = await fingerprint(root);
  const matching = await packagesMatch(root, context.env);
  if (!matching) await step(context.log, 'installing npm packages', () => npmCi(context));
  await fs.writeFile(stampFile(root), stamp);
  return !matching;
}

/**
 * Compares package-lock.json with npm's record of what it installed, which npm writes last.
 * @param {string} root @param {NodeJS.ProcessEnv} env
 */
async function packagesMatch(root, env) {
  const read = async (/** @type {string} */ file) =>
    /** @type {{ packages: Record<string, LockEntry> }} */ (
      JSON.parse(await fs.readFile(path.join(root, file), 'utf8'))
    );
  const wanted = await read('package-lock.json');
  const installed = await read('node_modules/.package-lock.json').catch(() => undefined);
  if (!installed) return false;
  for (const [place, entry] of Object.entries(wanted.packages)) {
    const found = installed.packages[place];
    if (place === '' || (!found && mayBeAbsent(entry, env))) continue;
    if (found?.version !== entry.version || found?.integrity !== entry.integrity || found?.link !== entry.link)
      return false;
    if (place.startsWith('node_modules/') && !(await fs.stat(path.join(root, place)).catch(() => undefined)))
      return false;
  }
  return true;
}

/** Packages for other machines, and those for development where they are left out. @param {LockEntry} entry @param {NodeJS.ProcessEnv} env */
function mayBeAbsent({ optional, devOptional, dev, os, cpu, libc }, env) {
  if (dev && (env.NODE_ENV === 'production' || env.npm_config_omit?.includes('dev'))) return true;
  if (!optional && !devOptional) return false;
  const fits = (os ?? []).includes(process.platform) && (cpu ?? []).includes(process.arch) && !libc;
  return !fits;
}

/** @param {Context} context */
async function npmCi({ root, env, signal }) {
  const [program, ...first] = npm(env);
  await fs.rm(path.join(root, 'node_modules/.package-lock.json'), { force: true });
  const args = [...first, 'ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const { code, output } = await run(program, args, { cwd: root, env, signal });
  if (code === 0) return;
  if (/ENOSPC|EDQUOT/.test(output)) throw diskFull(root);
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ECONNRESET|ENETUNREACH/.test(output))
    throw new SetUpError(
      'no_network',
      'npm cannot reach its registry: connect to the network, or point npm to a mirror that this machine can reach.',
    );
  const said = output.split('\n').filter((line) => /^npm (?:error|ERR!)/.test(line));
  const line = said.find((text) => !/ code /.test(text)) ?? output.trim().split('\n').at(-1) ?? '';
  throw new SetUpError('npm_failed', `npm ci failed: ${line.replace(/^npm (?:error|ERR!) */, '').replace(/\.$/, '')}.`);
}

/**
 * The npm that started us, else the one on the PATH or beside Node; run by this Node, for none may be on the PATH.
 * @param {NodeJS.ProcessEnv} env
 * @returns {[string, ...string[]]}
 * @throws SetUpError `no_npm`
 */
export function npm(env) {
  const program = which('npm', env) ?? which(path.join(path.dirname(process.execPath), 'npm'), env);
  const script = [env.npm_execpath, program && realpathSync(program)].find(
    (file) => file && /npm-cli\.[cm]?js$/.test(file),
  );
  if (script) return [process.execPath, script];
  if (program) return [program];
  throw new SetUpError(
    'no_npm',
    'npm is missing, which installs the packages: install it (it comes with Node; Debian: apt install npm).',
  );
}
