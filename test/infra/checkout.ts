/**
 * A checkout in small: a lock file without packages, tfjs-node's sources, and an install script of the test's choosing instead of
 * tfjs-node's own. It has a cache of its own, so that the user's is only read.
 */
import { chmod, mkdir, mkdtemp, readdir, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { part } from './part.ts';

const { addonPlace } = await part('place');

export const repository = fileURLToPath(new URL('../../', import.meta.url));
export const main = path.join(repository, 'infra/setup/main.mjs');

/** The compiled binding that this repository itself runs on: CACHE/addon/KEY/tfjs_binding.node. */
export const realAddon = (): Promise<string> => realpath(addonPlace(repository));

/** The library that goes with it. */
export const realLibrary = (): Promise<string> =>
  realpath(path.join(path.dirname(addonPlace(repository)), '../../deps/lib'));

export class Checkout {
  readonly root: string;
  readonly cache: string;
  readonly tools: string;
  readonly lines: string[] = [];

  private constructor(private readonly folder: string) {
    this.root = path.join(folder, 'root');
    this.cache = path.join(folder, 'cache');
    this.tools = path.join(folder, 'tools');
  }

  static async make(t: TestContext, { installScript = 'process.exit(1)' } = {}): Promise<Checkout> {
    const checkout = new Checkout(await realpath(await mkdtemp(path.join(os.tmpdir(), 'anneal-set-up-'))));
    t.after(() => rm(checkout.folder, { recursive: true, force: true }));
    const { root, cache, tools } = checkout;
    const modules = path.join(root, 'node_modules');
    const own = path.join(modules, '@tensorflow/tfjs-node');
    await Promise.all([cache, tools, path.join(own, 'scripts')].map((folder) => mkdir(folder, { recursive: true })));
    await writeFile(path.join(root, 'package-lock.json'), JSON.stringify({ lockfileVersion: 3, packages: {} }));
    await writeFile(path.join(modules, '.package-lock.json'), JSON.stringify({ packages: {} }));
    await writeFile(
      path.join(own, 'package.json'),
      JSON.stringify({ name: '@tensorflow/tfjs-node', version: '4.22.0' }),
    );
    await writeFile(path.join(own, 'scripts/install.js'), installScript);
    await symlink(path.join(repository, 'node_modules/@tensorflow/tfjs-node/binding'), path.join(own, 'binding'));
    await symlink(path.join(repository, 'node_modules/node-api-headers'), path.join(modules, 'node-api-headers'));
    return checkout;
  }

  /** Only the tools that a test has put there are on the PATH. */
  get env(): NodeJS.ProcessEnv {
    const { ANNEAL_LIBTENSORFLOW, CXX, npm_execpath, ...env } = process.env;
    return { ...env, PATH: this.tools, ANNEAL_CACHE: this.cache };
  }

  get options() {
    return { root: this.root, env: this.env, log: (line: string) => void this.lines.push(line) };
  }

  /** A program on the PATH, as a script of the shell. */
  async addTool(name: string, script: string): Promise<void> {
    const file = path.join(this.tools, name);
    await writeFile(file, `#!/bin/sh\n${script}\n`);
    await chmod(file, 0o755);
  }

  /** The user's unpacked TensorFlow, without the user's compiled binding. */
  async shareLibrary(): Promise<void> {
    await symlink(path.resolve(await realAddon(), '../../../tensorflow'), path.join(this.cache, 'tensorflow'));
  }

  temporaries(): Promise<string[]> {
    return readdir(path.join(this.cache, 'temporary')).catch(() => []);
  }
}
