/** Contract: the ArtifactStore on files; and what is its own: damage, killed writers, a full disk. */
import assert from 'node:assert/strict';
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
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

const put = (root: string, how: string) =>
  spawn(process.execPath, ['--import', 'tsx', join(import.meta.dirname, 'put.ts'), root, how], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });

/** All that a process prints, once it has ended. */
async function output({ stdout }: ChildProcess): Promise<string[]> {
  let text = '';
  for await (const part of stdout!) text += part;
  return text.split('\n').filter((line) => line !== '');
}

test('of twenty puts in five processes at once, one wins', async () => {
  const root = newRoot();
  const store = await fileArtifactStore(root);
  const children = Array.from({ length: 5 }, () => put(root, 'race'));
  await Promise.all(children.map((child) => once(child.stdout, 'readable')));
  for (const child of children) child.stdin.end('go\n');
  const said = (await Promise.all(children.map(output))).flat().filter((line) => line !== 'ready');
  const won = said.filter((line) => line !== 'artifact_exists');
  assert.equal(said.length, 20);
  assert.deepEqual(won, [(await store.head('folder/a')).sha256]);
  await collect((await store.get('folder/a')).body);
  assert.deepEqual(readdirSync(join(root, '.temporary')), []);
});

test('a writer killed at any moment leaves all of a blob or nothing, and loses none that it was told is stored', async () => {
  for (const puts of [1, 2, 5, 9, 14]) {
    const root = newRoot();
    const child = put(root, 'series');
    const exited = once(child, 'exit');
    const lines: string[] = [];
    for await (const part of child.stdout) {
      lines.push(...String(part).split('\n').filter(Boolean));
      if (lines.length >= puts && !child.killed) child.kill('SIGKILL');
    }
    // Its output ends a moment before it does, and drafts of the living are theirs.
    await exited;
    const store = await fileArtifactStore(root);
    const listed: string[] = [];
    for await (const { key } of store.list('')) {
      const i = Number(key.split('/')[1]);
      assert.equal(String(await collect((await store.get(key)).body)), 'x'.repeat(i) + i);
      listed.push(String(i));
    }
    const missing = lines.filter((i) => !listed.includes(i));
    assert.deepEqual(missing, []);
    assert.ok(listed.length <= lines.length + 1, 'at most the last one was stored and not yet told');
    assert.deepEqual(readdirSync(join(root, '.temporary')), []);
  }
});

test('a blob whose writer died before moving it to its key is read where it is, and moved at the next opening', async () => {
  const root = newRoot();
  const store = await fileArtifactStore(root);
  await store.putIfAbsent('a/b', Buffer.from('whole'), 'text/plain');
  const { pid } = spawn(process.execPath, ['--version'], { stdio: 'ignore' }).once('error', assert.fail);
  const draft = `${pid}-draft`;
  const facts = { ...JSON.parse(readFileSync(join(root, '.facts/a/b.json'), 'utf8')), draft };
  writeFileSync(join(root, '.facts/a/b.json'), JSON.stringify(facts));
  writeFileSync(join(root, '.temporary', `${draft}.facts`), JSON.stringify(facts));
  renameSync(join(root, 'a/b'), join(root, '.temporary', draft));
  assert.equal(String(await collect((await store.get('a/b')).body)), 'whole');
  await assert.rejects(store.putIfAbsent('a/b', Buffer.from('other'), 'text/plain'), { code: 'artifact_exists' });
  while (isAlive(pid!)) await new Promise(setImmediate);
  const again = await fileArtifactStore(root);
  assert.equal(readFileSync(join(root, 'a/b'), 'utf8'), 'whole');
  assert.equal(String(await collect((await again.get('a/b')).body)), 'whole');
  assert.deepEqual(readdirSync(join(root, '.temporary')), []);
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

test('a file without facts is not in the store, and makes way', async () => {
  const root = newRoot();
  const store = await fileArtifactStore(root);
  writeFileSync(join(root, 'a'), 'left by somebody');
  await assert.rejects(store.head('a'), { code: 'artifact_not_found' });
  await store.putIfAbsent('a', Buffer.from('stored'), 'text/plain');
  assert.equal(String(await collect((await store.get('a')).body)), 'stored');
});

test('removing the last blob of a folder removes the folder', async () => {
  const root = newRoot();
  const store = await fileArtifactStore(root);
  await store.putIfAbsent('jobs/a/checkpoints/1/weights', Buffer.from('x'), 'text/plain');
  await store.putIfAbsent('jobs/a/spec.json', Buffer.from('x'), 'text/plain');
  await store.remove('jobs/a/checkpoints/1/weights');
  assert.deepEqual(readdirSync(join(root, 'jobs/a')), ['spec.json']);
  assert.ok(
    existsSync(join(root, '.facts/jobs/a/spec.json.json')) && !existsSync(join(root, '.facts/jobs/a/checkpoints')),
  );
});

test('a key that is the folder of another is refused', async () => {
  const store = await fileArtifactStore(newRoot());
  await store.putIfAbsent('a/b', Buffer.from('x'), 'text/plain');
  for (const key of ['a', 'a/b/c']) {
    await assert.rejects(store.putIfAbsent(key, Buffer.from('x'), 'text/plain'), { code: 'invalid_request' });
    await assert.rejects(store.head(key), { code: 'artifact_not_found' });
  }
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
