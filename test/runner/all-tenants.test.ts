/** One scheduler over several tenants: the oldest job first, whoever's it is, and no more at once than may. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { Exit, JobStore, Launcher } from '@anneal/core';
import { sqliteJobStore } from '@anneal/core/adapters/sqlite-job-store/index.ts';
import { allTenants } from '@anneal/core/scheduler/all-tenants.ts';
import { startScheduler } from '@anneal/core/scheduler.ts';
import { anySpec } from '../contracts/spec.ts';

const folder = mkdtempSync(join(tmpdir(), 'anneal-all-'));
after(() => rmSync(folder, { recursive: true, force: true }));

/** Launches nothing; tells who was asked to. */
function launcher(name: string, launched: string[]) {
  const listeners: ((exit: Exit) => void)[] = [];
  const alive = new Map<string, number>();
  const port: Launcher = {
    async launch(id, launch) {
      launched.push(`${name} ${id}`);
      alive.set(id, launch);
      return { handle: id };
    },
    async stop() {},
    running: async () => [...alive.keys()],
    onExit(listener) {
      listeners.push(listener);
      return () => undefined;
    },
    async *log(id) {
      yield Buffer.from(`${name} ${id}`);
    },
  };
  const exit = (jobId: string) => {
    const launch = alive.get(jobId)!;
    alive.delete(jobId);
    for (const listener of listeners) listener({ jobId, launch, handle: jobId, how: 'exit code 0', tail: '' });
  };
  return { port, exit };
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setImmediate(resolve));
}

test('jobs of all tenants run in the order of submission, so many at once', async () => {
  let now = 1_800_000_000_000;
  const stores = ['a', 'b'].map((name) => sqliteJobStore(join(folder, `${name}.db`), { now: () => now++ }));
  const [a, b] = stores as [JobStore, JobStore];
  const launched: string[] = [];
  const runners = [launcher('a', launched), launcher('b', launched)] as const;
  const all = allTenants();
  all.add({ jobs: a, launcher: runners[0].port });
  const ids: string[] = [];
  for (const store of [a, b, b, a]) ids.push((await store.create({ spec: anySpec() })).job.id);
  const scheduler = startScheduler({ jobs: all.jobs, launcher: all.launcher, concurrency: 2 });
  all.add({ jobs: b, launcher: runners[1].port });
  scheduler.wake();
  await until(async () => launched.length === 2);
  const finish = async (store: JobStore, index: 0 | 1, id: string) => {
    const lease = await store.claim(id, 'runner', 60_000);
    await store.transition(id, ['running'], 'succeeded', { lease });
    runners[index].exit(id);
  };
  const first = launched.map((line) => line.split(' '));
  for (const [name, id] of first) await finish(name === 'a' ? a : b, name === 'a' ? 0 : 1, id!);
  await until(async () => launched.length === 4);
  assert.deepEqual([...launched].sort(), [`a ${ids[0]}`, `a ${ids[3]}`, `b ${ids[1]}`, `b ${ids[2]}`].sort());
  await scheduler.close();
  assert.equal(await all.jobs.active(), 2);
  assert.deepEqual(
    (await all.jobs.list({ state: 'succeeded' }, { limit: 1 })).items.map(({ id }) => id).sort(),
    first.map(([, id]) => id).sort(),
  );
  const log: Uint8Array[] = [];
  for await (const piece of all.launcher.log(ids[1]!)) log.push(piece);
  assert.equal(Buffer.concat(log).toString(), `b ${ids[1]}`);
  await assert.rejects(all.jobs.get('job_nothing'), { code: 'not_found' });
  for (const store of stores) await store.close();
});

test('the queue of all tenants is in the order of age', async () => {
  const all = allTenants();
  let now = 1_800_000_000_000;
  const stores = ['c', 'd'].map((name) => sqliteJobStore(join(folder, `${name}.db`), { now: () => now++ }));
  const ids: string[] = [];
  for (const store of stores) all.add({ jobs: store, launcher: launcher('x', []).port });
  for (const i of [1, 0, 0, 1]) ids.push((await stores[i]!.create({ spec: anySpec() })).job.id);
  assert.deepEqual(
    (await all.jobs.queued(3)).map(({ id }) => id),
    ids.slice(0, 3),
  );
  for (const store of stores) await store.close();
});
