/** The bundle of the reconciler for Lambda: alone in a folder it loads, and says what its environment lacks. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { buildReconciler } from '../../infra/build/reconciler.mjs';

test('the bundle is one small file that needs no packages, and no SQLite', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'anneal-lambda-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const bundle = join(await buildReconciler(), 'index.mjs');
  assert.ok(statSync(bundle).size < 2 * 2 ** 20, `${statSync(bundle).size} bytes`);
  copyFileSync(bundle, join(folder, 'index.mjs'));
  const program = `
    const { handler } = await import('./index.mjs');
    await handler({}).catch(({ message }) => console.log(message));
  `;
  const { ANNEAL_STORE, ...env } = process.env;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program], {
    cwd: folder,
    env,
  });
  assert.equal(stdout, "ANNEAL_STORE is ''; this function needs one that begins with dynamodb:\n");
});
