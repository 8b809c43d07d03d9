/** The build: what it puts into dist/, and what it leaves there. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { repository } from './checkout.ts';

test('what an earlier version left goes; the functions of Lambda stay where a program changes', async (t) => {
  const root = await mkdtemp(join(tmpdir(), 'anneal-build-'));
  t.after(() => rm(root, { recursive: true, force: true }));
  const write = async (name: string, text: string): Promise<void> => {
    await mkdir(dirname(join(root, name)), { recursive: true });
    await writeFile(join(root, name), text);
  };
  await cp(join(repository, 'infra/build'), join(root, 'infra/build'), { recursive: true });
  await symlink(join(repository, 'node_modules'), join(root, 'node_modules'));
  await write('package.json', '{"workspaces":[]}');
  await write('package-lock.json', '{}');
  await write('services/api/lambda.ts', 'export const handler = 1;');
  await write('services/runner/main.ts', 'console.log(1);');
  const build = (...args: string[]): void =>
    void execFileSync(process.execPath, [join(root, 'infra/build/main.mjs'), ...args], { stdio: 'pipe' });
  build();
  build('lambda');
  await write('dist/gone.js', 'an entry of an earlier version');
  await write('services/runner/main.ts', 'console.log(2);');
  build();
  assert.deepEqual(
    ['dist/runner.js', 'dist/lambda/api/index.mjs', 'dist/gone.js'].map((name) => existsSync(join(root, name))),
    [true, true, false],
  );
});
