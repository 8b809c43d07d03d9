/** Programs of the documents marked `run` run to their end against a real service. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { type Running, start } from '../cli/anneal.ts';
import { writeSmallData } from '../small-data.ts';
import { root } from './pages.ts';
import { runnable } from './programs.ts';

const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
let folder = '';
let service: Running;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'anneal-docs-'));
  await writeSmallData(join(folder, '.anneal', 'data'), 1);
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
  await writeFile(join(folder, 'package.json'), '{"type": "module"}');
  service = start(['serve', '--port', '0'], { folder });
  await service.until('Anneal serves');
});

after(async () => {
  service.child.kill('SIGTERM');
  await service.ended;
  await rm(folder, { recursive: true, force: true });
});

assert.ok(runnable.length > 0);
for (const [i, { place, text }] of runnable.entries()) {
  test(place, { timeout: 180_000 }, async () => {
    const file = join(folder, `program-${i}.ts`);
    await writeFile(file, text);
    const { ANNEAL_URL, ANNEAL_TOKEN, ANNEAL_HOME, ...env } = process.env;
    const { stdout } = await promisify(execFile)(process.execPath, ['--import', tsx, file], { cwd: folder, env });
    assert.notEqual(stdout, '');
  });
}
