/** Contract: the ArtifactStore on files; and what is its own: damage, killed writers, a full disk. */
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileArtifactStore } from '../../services/core/adapters/file-artifact-store/index.ts';
import { artifactStoreContract, collect } from './artifact-store.contract.ts';

const folder = mkdtempSync(join(tmpdir(), 'anneal-artifacts-'));
after(() => rmSync(folder, { recursive: true, force: true }));
let stores = 0;
const newRoot = () => join(folder, String(++stores));

artifactStoreContract('files', () => fileArtifactStore(newRoot()));

test('damaged bytes end the stream with an error', async () => {
  const root = newRoot();
  const store = await fileArtifactStore(root);
  await store.putIfAbsent('a/b', Buffer.from('0123456789'), 'text/plain');
  writeFileSync(join(root, 'a/b'), '01234567x9');
  await assert.rejects(collect((await store.get('a/b')).body), { code: 'data_damaged' });
  appendFileSync(join(root, 'a/b'), '!');
  await assert.rejects(store.get('a/b'), { code: 'data_damaged', message: /has 11 bytes, it was stored with 10/ });
});

test('a writer killed in the middle leaves nothing that is seen, and its draft is cleaned up', async () => {
  const root = newRoot();
  const child = spawn(process.execPath, ['--import', 'tsx', join(import.meta.dirname, 'endless-put.ts'), root], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  child.kill('SIGKILL');
  await once(child, 'exit');
  assert.equal(readdirSync(join(root, '.temporary')).length, 1);
  const store = await fileArtifactStore(root);
  for await (const { key } of store.list('')) assert.fail(`${key} is listed`);
  assert.deepEqual(readdirSync(join(root, '.temporary')), []);
  await store.putIfAbsent('a', Buffer.from('x'), 'text/plain');
});

test('a full disk is said so, and leaves nothing', {
  skip: process.getuid?.() !== 0 && 'needs root to mount a small file system',
}, async (t) => {
  const root = newRoot();
  mkdirSync(root);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', root], { stdio: 'ignore' });
  } catch {
    return t.skip('this machine does not let a test mount a file system');
  }
  try {
    const store = await fileArtifactStore(root);
    await assert.rejects(store.putIfAbsent('a', Buffer.alloc(1 << 20), 'text/plain'), { code: 'disk_full' });
    assert.deepEqual(readdirSync(join(root, '.temporary')), []);
    await store.putIfAbsent('b', Buffer.from('small'), 'text/plain');
  } finally {
    execFileSync('umount', [root]);
  }
});
