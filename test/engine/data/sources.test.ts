/** Contract of the sources: they give the published files, or a reason that a user can act on. */
import assert from 'node:assert/strict';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { gzipSync } from 'node:zlib';
import { debianPackage } from '../../../services/engine/data/sources/debian-package.ts';
import { folderSource } from '../../../services/engine/data/sources/folder.ts';
import { npmPackage } from '../../../services/engine/data/sources/npm-package.ts';
import { publisher } from '../../../services/engine/data/sources/publisher.ts';
import type { Source } from '../../../services/engine/data/sources/source.ts';
import { publish, smallSet, temporaryFolder } from './small-set.ts';

const files = Object.values(smallSet().files);

async function obtain(t: TestContext, source: Source): Promise<string> {
  const folder = await temporaryFolder(t);
  await source.obtain(folder, { files, log: () => {} });
  return folder;
}

async function assertPublished(t: TestContext, folder: string): Promise<void> {
  const expected = await temporaryFolder(t);
  await publish(expected);
  for (const { name } of files) {
    assert.deepEqual(await readFile(path.join(folder, name)), await readFile(path.join(expected, name)));
  }
}

/** Packs every file of a folder as `name.gz` instead. */
async function packed(t: TestContext): Promise<Map<string, Buffer>> {
  const folder = await temporaryFolder(t);
  await publish(folder);
  const entries = files.map(
    async ({ name }) => [`${name}.gz`, gzipSync(await readFile(path.join(folder, name)))] as const,
  );
  return new Map(await Promise.all(entries));
}

it('a folder: files packed or not', async (t) => {
  const folder = await temporaryFolder(t);
  for (const [name, bytes] of await packed(t)) await writeFile(path.join(folder, name), bytes);
  await assertPublished(t, await obtain(t, folderSource('a folder', folder)));
  await publish(folder);
  await assertPublished(t, await obtain(t, folderSource('a folder', folder)));
  await assert.rejects(obtain(t, folderSource('a folder', '/nowhere')), /^Error: \/nowhere has no train-images$/);
});

it('an npm package: absent unless somebody installed it', async (t) => {
  await assert.rejects(obtain(t, npmPackage('no-such-package-of-anneal', 'data')), /^Error: it is not installed$/);
});

describe('a publisher', () => {
  async function serve(t: TestContext, listener: RequestListener): Promise<string> {
    const server = createServer(listener).listen(0, '127.0.0.1');
    await new Promise((done) => server.once('listening', done));
    t.after(() => server.close());
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/set/`;
  }

  it('serves packed files', async (t) => {
    const contents = await packed(t);
    const base = await serve(t, ({ url }, answer) => answer.end(contents.get(path.basename(url ?? ''))));
    await assertPublished(t, await obtain(t, publisher(base)));
  });

  it('is refused when it sends too much, or unpacks to too much', async (t) => {
    const huge = await serve(t, (_, answer) => answer.end(Buffer.alloc(100_000)));
    await assert.rejects(obtain(t, publisher(huge)), /train-images is larger than it can be/);
    const bomb = await serve(t, (_, answer) => answer.end(gzipSync(Buffer.alloc(500_000))));
    await assert.rejects(obtain(t, publisher(bomb)), /larger than 64 bytes/);
  });

  it('names its status, or why it cannot be reached', async (t) => {
    const base = await serve(t, (_, answer) => answer.writeHead(404).end());
    await assert.rejects(obtain(t, publisher(base)), /^Error: HTTP 404 for train-images$/);
    await assert.rejects(obtain(t, publisher('http://127.0.0.1:1/')), /^Error: (ECONNREFUSED|bad port)$/);
  });
});

describe('a Debian package', () => {
  /** Puts programs in front of the PATH that log their arguments. */
  async function pretend(t: TestContext, programs: Record<string, string>): Promise<string> {
    const folder = await temporaryFolder(t);
    await mkdir(path.join(folder, 'bin'));
    await publish(path.join(folder, 'content'));
    for (const [name, script] of Object.entries(programs)) {
      const lines = ['#!/bin/sh', `FOLDER=${folder}`, `echo "${name} $*" >> ${folder}/log`, script];
      await writeFile(path.join(folder, 'bin', name), lines.join('\n'));
      await chmod(path.join(folder, 'bin', name), 0o755);
    }
    const before = process.env.PATH;
    t.after(() => {
      process.env.PATH = before;
    });
    process.env.PATH = `${path.join(folder, 'bin')}:${before}`;
    return folder;
  }
  const unpack = '[ -f "$2" ] && mkdir -p "$3/usr/share" && cp -r $FOLDER/content "$3/usr/share/set"';

  it('is downloaded and unpacked, not installed', async (t) => {
    const folder = await pretend(t, { 'apt-get': 'touch set_1_all.deb', 'dpkg-deb': unpack });
    await assertPublished(t, await obtain(t, debianPackage('set', 'usr/share/set')));
    assert.match(
      await readFile(path.join(folder, 'log'), 'utf8'),
      /^apt-get .* download set\ndpkg-deb -x .*set_1_all\.deb .*\n$/,
    );
  });

  it('is found through lists of our own where the system has none, as an ordinary user', async (t) => {
    const apt = [
      'case "$*" in *update*) touch $FOLDER/updated; exit 0;; esac',
      '[ -f $FOLDER/updated ] || { echo "E: Unable to locate package set" >&2; exit 100; }',
      'case "$*" in *Dir::State::Lists=$PWD/lists*) touch set_1_all.deb;; *) exit 1;; esac',
    ];
    await pretend(t, { 'apt-get': apt.join('\n'), 'dpkg-deb': unpack });
    await assertPublished(t, await obtain(t, debianPackage('set', 'usr/share/set')));
  });

  it("fails with the program's own words, or says that it is not there", async (t) => {
    await pretend(t, { 'apt-get': 'echo "W: so so" >&2; echo "E: Unable to locate package set" >&2; exit 100' });
    await assert.rejects(obtain(t, debianPackage('set', 'x')), /^Error: apt-get: Unable to locate package set$/);
    process.env.PATH = await temporaryFolder(t);
    await assert.rejects(obtain(t, debianPackage('set', 'x')), /^Error: apt-get is not on this machine$/);
  });
});
