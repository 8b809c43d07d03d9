/** What every JobStore promises to many who use it at once, and of long lists of jobs and events. */
import assert from 'node:assert/strict';

import type { JobStore } from '@anneal/core';
import type { AnnealError } from '@anneal/schemas';
import { type checkOf, notice, start, states, submit, TTL } from './job-store-made.ts';

import { anySpec } from './spec.ts';

export function jobStoreAtOnce(check: ReturnType<typeof checkOf>): void {
  check('of two who reap at once, one finds each job', async ({ store, again, clock }) => {
    const other = await again();
    const { id } = await submit(store);
    await start(store, id);
    clock.now += TTL + 1;
    const options = { startMilliseconds: 5 * TTL, maxAttempts: 3 };
    const found = await Promise.all([store.reapLost(options), other.reapLost(options)]);
    assert.equal(found.flat().length, 1);
    await other.close();
  });

  check('of twenty who submit with one key at once, one makes the job', async ({ store, again }) => {
    const other = await again();
    const submissions = Array.from({ length: 20 }, (_v, i) =>
      (i % 2 ? store : other).create({ spec: anySpec({ n: 'x' }), idempotency: { key: 'k', bodyHash: 'a' } }),
    );
    const answers = await Promise.all(submissions);
    assert.equal(answers.filter(({ created }) => created).length, 1);
    assert.equal(new Set(answers.map(({ job }) => job.id)).size, 1);
    assert.equal((await store.list({ tags: { n: 'x' } }, { limit: 10 })).items.length, 1);
    await other.close();
  });

  check('of twenty who claim at once, one gets the job', async ({ store, again }) => {
    const other = await again();
    const { id } = await submit(store);
    await store.transition(id, ['queued'], 'starting');
    const claims = Array.from({ length: 20 }, (_v, i) =>
      (i % 2 ? store : other).claim(id, `runner-${i}`, TTL).then(
        () => 'claimed',
        (error: AnnealError) => error.code,
      ),
    );
    assert.deepEqual((await Promise.all(claims)).sort(), ['claimed', ...Array.from({ length: 19 }, () => 'conflict')]);
    assert.equal((await store.get(id)).attempt, 1);
    await other.close();
  });

  check('of ten who move a job at once, one does', async ({ store, again }) => {
    const other = await again();
    const { id } = await submit(store);
    const moves = Array.from({ length: 10 }, (_v, i) =>
      (i % 2 ? store : other).transition(id, ['queued'], i < 5 ? 'starting' : 'cancelled').then(
        (job) => job.state,
        (error: AnnealError) => error.code,
      ),
    );
    const moved = (await Promise.all(moves)).filter((answer) => answer !== 'conflict');
    assert.deepEqual(await states(store, id), ['queued', ...moved]);
    assert.ok(moved.length === 1 || (moved.length === 2 && moved[1] === 'cancelled'), String(moved));
    await other.close();
  });

  check('events appended by many at once are numbered without gaps, each batch together', async ({ store, again }) => {
    const other = await again();
    const { id } = await submit(store);
    const appends = Array.from({ length: 16 }, (_v, i) =>
      (i % 2 ? store : other).appendEvents(id, [notice(`${i} a`), notice(`${i} b`)]),
    );
    await Promise.all(appends);
    const events = (await store.readEvents(id, 0, 100)).slice(1);
    assert.deepEqual(
      events.map(({ seq }) => seq),
      Array.from({ length: 32 }, (_v, i) => i + 2),
    );
    const said = events.map(({ body }) => (body.type === 'notice' ? body.message.split(' ') : []));
    for (let i = 0; i < said.length; i += 2)
      assert.deepEqual([said[i]![0], said[i]![1], said[i + 1]![1]], [said[i + 1]![0], 'a', 'b']);
    assert.equal(new Set(said.map(([who]) => who)).size, 16);
    await other.close();
  });

  check('events appended while the job moves are all kept', async ({ store, again }) => {
    const other = await again();
    const { id } = await submit(store);
    async function moveAround(): Promise<void> {
      for (let round = 0; round < 8; round++) {
        await store.transition(id, ['queued'], 'starting');
        await store.transition(id, ['starting'], 'queued');
      }
    }
    async function tell(): Promise<void> {
      for (let i = 0; i < 16; i++) await other.appendEvents(id, [notice(String(i))]);
    }
    await Promise.all([moveAround(), tell()]);
    const events = await store.readEvents(id, 0, 100);
    const told = events.flatMap(({ body }) => (body.type === 'notice' ? [body.message] : []));
    assert.deepEqual(
      told,
      Array.from({ length: 16 }, (_v, i) => String(i)),
    );
    assert.deepEqual([events.length, events.at(-1)?.seq], [33, 33]);
    await other.close();
  });

  check('thousands of events come back in order, from any of them on', async ({ store }) => {
    const { id } = await submit(store);
    const lease = await start(store, id);
    const all = Array.from({ length: 2500 }, (_v, i) => notice(`event ${i}`));
    assert.equal(await store.appendEvents(id, all, lease), 2503);
    for (const [after, limit] of [
      [0, 5000],
      [1022, 3],
      [1023, 1],
      [1024, 1500],
      [2047, 10],
      [2502, 10],
      [2503, 10],
    ] as const) {
      const read = await store.readEvents(id, after, limit);
      const expected = Array.from({ length: Math.min(limit, 2503 - after) }, (_v, i) => after + 1 + i);
      assert.deepEqual(
        read.map(({ seq }) => seq),
        expected,
      );
      for (const { seq, body } of read) if (seq > 3) assert.deepEqual(body, all[seq - 4]);
    }
  });

  check('a filtered list comes in pages too, and follows jobs from state to state', async ({ store }) => {
    const wanted: string[] = [];
    for (let i = 0; i < 12; i++) {
      const { id } = await submit(store, { team: i % 3 === 0 ? 'a' : 'b', size: i % 2 === 0 ? 'small' : 'large' });
      if (i % 4 === 0) await store.transition(id, ['queued'], 'cancelled');
      if (i % 3 === 0 && i % 2 === 0) wanted.push(id);
    }
    const pages = async (filter: Parameters<JobStore['list']>[0]) => {
      const found: string[] = [];
      for (let cursor: string | null | undefined; cursor !== null; ) {
        const page = await store.list(filter, { limit: 1, ...(cursor !== undefined && { cursor }) });
        assert.ok(page.items.length <= 1);
        found.push(...page.items.map(({ id }) => id));
        cursor = page.next;
      }
      return found;
    };
    const tags = { team: 'a', size: 'small' };
    assert.deepEqual(await pages({ tags, kind: 'train' }), [...wanted].reverse());
    assert.deepEqual(await pages({ tags, state: 'cancelled' }), [wanted[0]]);
    assert.deepEqual(await pages({ tags, state: 'queued', kind: 'train' }), [wanted[1]]);
    assert.deepEqual(await pages({ tags, kind: 'evaluate' }), []);
    assert.deepEqual(await pages({ tags: { team: 'small' } }), []);
  });
}
