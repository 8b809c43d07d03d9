/** What every ArtifactStore promises. `make` opens a fresh, empty store. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import type { ArtifactStore } from '@anneal/core';
import type { AnnealError, ErrorCode } from '@anneal/schemas';

const code = (expected: ErrorCode) => (error: AnnealError) => error.code === expected;
const text = (value: string) => Buffer.from(value);
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

export async function collect(body: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of body) parts.push(part);
  return Buffer.concat(parts);
}

export function artifactStoreContract(name: string, make: () => Promise<ArtifactStore>): void {
  const check = (what: string, body: (store: ArtifactStore) => Promise<void>) =>
    test(`${name}: ${what}`, async () => body(await make()));
  const keys = async (store: ArtifactStore, prefix: string) => {
    const found: string[] = [];
    for await (const { key } of store.list(prefix)) found.push(key);
    return found;
  };

  check('what is put is got, with size, hash and type', async (store) => {
    const bytes = text('forty-two');
    const expected = { key: 'jobs/a/1/spec.json', size: 9, sha256: sha256(bytes), contentType: 'application/json' };
    assert.deepEqual(await store.putIfAbsent('jobs/a/1/spec.json', bytes, 'application/json'), expected);
    const { info, body } = await store.get('jobs/a/1/spec.json');
    assert.deepEqual([info, await collect(body)], [expected, bytes]);
    assert.deepEqual(await store.head('jobs/a/1/spec.json'), expected);
  });

  check('a stream larger than any buffer comes back whole', async (store) => {
    const part = Buffer.alloc(700_001, 'x');
    async function* parts() {
      for (let i = 0; i < 5; i++) yield part;
    }
    await store.putIfAbsent('big', parts(), 'text/plain');
    assert.equal(
      sha256(await collect((await store.get('big')).body)),
      sha256(Buffer.concat([part, part, part, part, part])),
    );
  });

  check('an empty blob is a blob', async (store) => {
    await store.putIfAbsent('empty', new Uint8Array(), 'text/plain');
    assert.equal((await collect((await store.get('empty')).body)).length, 0);
  });

  check('a key that is taken stays as it is', async (store) => {
    await store.putIfAbsent('a', text('one'), 'text/plain');
    await assert.rejects(store.putIfAbsent('a', text('two'), 'text/plain'), code('artifact_exists'));
    await assert.rejects(store.putIfAbsent('a', text('one'), 'text/plain'), code('artifact_exists'));
    assert.equal(String(await collect((await store.get('a')).body)), 'one');
  });

  check('of twenty who put at once, one wins, whole', async (store) => {
    const puts = Array.from({ length: 20 }, (_v, i) =>
      store.putIfAbsent('a', text(String(i).repeat(1000)), 'text/plain').then(
        () => i,
        () => -1,
      ),
    );
    const winners = (await Promise.all(puts)).filter((i) => i >= 0);
    assert.equal(winners.length, 1);
    assert.equal(String(await collect((await store.get('a')).body)), String(winners[0]).repeat(1000));
  });

  check('a stream that breaks leaves nothing, and the key is free', async (store) => {
    async function* broken() {
      yield text('half');
      throw new Error('the source broke');
    }
    await assert.rejects(store.putIfAbsent('a', broken(), 'text/plain'), /the source broke/);
    await assert.rejects(store.head('a'), code('artifact_not_found'));
    assert.deepEqual(await keys(store, ''), []);
    await store.putIfAbsent('a', text('whole'), 'text/plain');
  });

  check('ranges are inclusive, end where the blob ends, and start within it', async (store) => {
    await store.putIfAbsent('a', text('0123456789'), 'text/plain');
    const range = async (start: number, end?: number) =>
      String(await collect((await store.get('a', { start, ...(end !== undefined && { end }) })).body));
    assert.deepEqual(
      [await range(2, 4), await range(7), await range(8, 99), await range(0, 0)],
      ['234', '789', '89', '0'],
    );
    await assert.rejects(store.get('a', { start: 10 }), code('range_not_satisfiable'));
    await assert.rejects(store.get('a', { start: 2, end: 1 }), code('range_not_satisfiable'));
  });

  check('what is not there is not found', async (store) => {
    await assert.rejects(store.get('a/b'), code('artifact_not_found'));
    await assert.rejects(store.head('a'), code('artifact_not_found'));
  });

  check('lists are in order, under a prefix, and hold nothing else', async (store) => {
    for (const key of ['jobs/b/1/z', 'jobs/a/2/x', 'jobs/a/1/y/w', 'jobs/a/1/x', 'jobs/ab/1/x'])
      await store.putIfAbsent(key, text(key), 'text/plain');
    assert.deepEqual(await keys(store, 'jobs/a/'), ['jobs/a/1/x', 'jobs/a/1/y/w', 'jobs/a/2/x']);
    assert.deepEqual(await keys(store, 'jobs/a'), ['jobs/a/1/x', 'jobs/a/1/y/w', 'jobs/a/2/x', 'jobs/ab/1/x']);
    assert.equal((await keys(store, '')).length, 5);
    assert.deepEqual(await keys(store, 'nothing/'), []);
    await store.putIfAbsent('jobs/a-b', text('x'), 'text/plain');
    await store.putIfAbsent('jobs/a.json', text('x'), 'text/plain');
    const all = await keys(store, 'jobs/');
    assert.deepEqual(all, [...all].sort());
    assert.equal(all.length, 7);
    for (const prefix of ['../', '/', 'jobs/../']) await assert.rejects(keys(store, prefix), code('invalid_request'));
  });

  check('what is removed is gone, and may be removed again', async (store) => {
    await store.putIfAbsent('a', text('one'), 'text/plain');
    await store.remove('a');
    await store.remove('a');
    await assert.rejects(store.get('a'), code('artifact_not_found'));
    await store.putIfAbsent('a', text('two'), 'text/plain');
  });

  for (const key of ['../a', '/a', 'a/../b', '', 'a//b', 'a b', '.']) {
    check(`'${key}' is no key`, async (store) => {
      await assert.rejects(store.putIfAbsent(key, text('x'), 'text/plain'), code('invalid_request'));
    });
  }
}
