/** What every store of records does for calibrations: keeps the latest runs of a machine and kind, also where several note at once. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { calibrationsOf, KEPT, type Observation } from '@anneal/core/forecast/calibrations.ts';
import type { MadeRecords } from './record-store.contract.ts';

const seen = (secondsPerStep: number): Observation => ({
  ...{ flops: 1e6, bytes: 1e5, secondsPerStep, startSeconds: 1, endSeconds: 0.1, data: 'iris' },
});

const address = (tenant: string): string => `dynamodb:any?tenant=${tenant}`;

export function calibrationsContract(name: string, make: () => Promise<MadeRecords>): void {
  test(`${name}: calibrations: the latest runs of each machine and kind`, async (t) => {
    const { store } = await make();
    t.after(() => store.close());
    const calibrations = calibrationsOf(store, address('a'));
    assert.deepEqual(await calibrations.of('Some CPU, 2 cores', 'dense-auto'), []);
    for (let i = 1; i <= KEPT + 3; i++) await calibrations.note('Some CPU, 2 cores', 'dense-auto', seen(i));
    const kept = await calibrations.of('Some CPU, 2 cores', 'dense-auto');
    assert.deepEqual(
      kept.map(({ secondsPerStep }) => secondsPerStep),
      Array.from({ length: KEPT }, (_run, i) => i + 4),
    );
    assert.deepEqual(await calibrations.of('Some CPU, 2 cores', 'recurrent-auto'), []);
    assert.deepEqual(await calibrations.of('g4dn.xlarge', 'dense-auto'), []);
    // A name that only looks alike as an id.
    assert.deepEqual(await calibrations.of('Some CPU. 2 cores', 'dense-auto'), []);
    assert.deepEqual(await calibrationsOf(store, address('b')).of('Some CPU, 2 cores', 'dense-auto'), []);
  });

  test(`${name}: calibrations: none is lost where several note at once`, async (t) => {
    const { store } = await make();
    t.after(() => store.close());
    const calibrations = calibrationsOf(store, address('at-once'));
    await Promise.all([1, 2, 3, 4].map((i) => calibrations.note('m', 'dense-auto', seen(i))));
    const kept = await calibrations.of('m', 'dense-auto');
    assert.deepEqual(kept.map(({ secondsPerStep }) => secondsPerStep).sort(), [1, 2, 3, 4]);
  });

  test(`${name}: calibrations: a record of another shape counts for nothing and is written anew`, async (t) => {
    const { store } = await make();
    t.after(() => store.close());
    const collection = { tenant: 'old', name: 'calibrations' } as const;
    await store.put(collection, 'm.dense-auto', { machine: 'm', kind: 'dense-auto', observations: [{ old: 1 }] }, null);
    const calibrations = calibrationsOf(store, address('old'));
    assert.deepEqual(await calibrations.of('m', 'dense-auto'), []);
    await calibrations.note('m', 'dense-auto', seen(2));
    assert.deepEqual(await calibrations.of('m', 'dense-auto'), [seen(2)]);
  });
}
