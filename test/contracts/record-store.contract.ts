/** What every RecordStore promises. `make` opens a fresh, empty store; `again` opens the same a second time. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Collection, RecordStore } from '@anneal/core';

export interface MadeRecords {
  readonly store: RecordStore;
  readonly again: () => Promise<RecordStore>;
}

const mine: Collection = { tenant: 'team-a', name: 'webhooks' };

export function recordStoreContract(name: string, make: () => Promise<MadeRecords>): void {
  const check = (what: string, code: (made: MadeRecords) => Promise<void>) =>
    test(`${name}: ${what}`, async () => {
      const made = await make();
      try {
        await code(made);
      } finally {
        await made.store.close();
      }
    });

  check('a record is there once it is put, for others too', async ({ store, again }) => {
    const value = { url: 'https://example.com', list: [1, 'ü', null], deep: { x: 0.1 } };
    assert.equal(await store.put(mine, 'a', value, null), true);
    const other = await again();
    assert.deepEqual(await other.get(mine, 'a'), { id: 'a', version: 1, value });
    await other.close();
    assert.equal(await store.get(mine, 'b'), undefined);
  });

  check('a record changes only from the version that was read', async ({ store }) => {
    assert.equal(await store.put(mine, 'a', 1, 1), false, 'there is none');
    assert.equal(await store.put(mine, 'a', 1, null), true);
    assert.equal(await store.put(mine, 'a', 2, null), false, 'there is one');
    assert.equal(await store.put(mine, 'a', 2, 2), false, 'another version');
    assert.equal(await store.put(mine, 'a', 2, 1), true);
    assert.deepEqual(await store.get(mine, 'a'), { id: 'a', version: 2, value: 2 });
  });

  check('of many who change a record at once, one does', async ({ store, again }) => {
    const other = await again();
    const wins = async (version: number | null) => {
      const all = Array.from({ length: 20 }, (_, i) => (i % 2 ? store : other).put(mine, 'a', i, version));
      return (await Promise.all(all)).filter(Boolean).length;
    };
    assert.deepEqual([await wins(null), await wins(1), await wins(2)], [1, 1, 1]);
    await other.close();
  });

  check('what is removed is gone, and may come again', async ({ store }) => {
    await store.put(mine, 'a', 1, null);
    await store.remove(mine, 'a');
    await store.remove(mine, 'a');
    assert.equal(await store.get(mine, 'a'), undefined);
    assert.equal(await store.put(mine, 'a', 3, null), true);
    assert.equal((await store.get(mine, 'a'))?.version, 1);
  });

  check('a list is in the order of ids, in pages', async ({ store }) => {
    for (const id of ['b', 'Z', 'a', 'a.1', 'a-1', '0']) await store.put(mine, id, id, null);
    const first = await store.list(mine, { limit: 4 });
    const rest = await store.list(mine, { limit: 4, after: first.at(-1)!.id });
    assert.deepEqual(
      [...first, ...rest].map(({ id }) => id),
      ['0', 'Z', 'a', 'a-1', 'a.1', 'b'],
    );
    assert.deepEqual(await store.list(mine, { limit: 4, after: 'b' }), []);
  });

  check('tenants and collections see nothing of each other', async ({ store }) => {
    const others: Collection[] = [
      { tenant: 'team-b', name: 'webhooks' },
      { tenant: null, name: 'webhooks' },
      { tenant: 'team-a', name: 'datasets' },
    ];
    await store.put(mine, 'a', 1, null);
    for (const other of others) {
      assert.equal(await store.get(other, 'a'), undefined);
      assert.deepEqual(await store.list(other, { limit: 10 }), []);
      assert.equal(await store.put(other, 'a', 2, null), true);
      await store.remove(other, 'a');
    }
    assert.deepEqual(await store.list(mine, { limit: 10 }), [{ id: 'a', version: 1, value: 1 }]);
  });

  check('what is too large, or no id, is refused by name', async ({ store }) => {
    await assert.rejects(store.put(mine, 'a', 'x'.repeat(100_000), null), { code: 'payload_too_large' });
    assert.equal(await store.put(mine, 'a', 'x'.repeat(99_998), null), true);
    for (const id of ['', 'a/b', 'a b', 'x'.repeat(201)]) {
      await assert.rejects(store.put(mine, id, 1, null), { code: 'invalid_request' }, id);
    }
  });
}
