/** Data for a model that was trained before: scaled as it was, classes named as they were, labels or none. */
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { loadData, withPlaceholders } from '@anneal/engine';
import { data, parse } from '@anneal/schemas';
import { temporaryFolder } from './small-set.ts';

test('what was fitted in training is applied, in the place of what the spec says', async (t) => {
  const folder = await temporaryFolder(t);
  await writeFile(path.join(folder, 'a.csv'), 'x,y\n1,0\n3,1\n5,1\n7,0\n');
  const spec = parse(data, {
    type: 'csv',
    file: 'a.csv',
    features: ['x'],
    label: 'y',
    classes: 2,
    scale: 'standardize',
  });
  const trained = { preprocessing: [], scale: { multiply: 2, add: -1 }, classNames: ['no', 'yes'] };
  const options = { seed: 1, dataFolder: folder, log: () => undefined };
  const loaded = await loadData(spec, { ...options, trained });
  assert.deepEqual(loaded.scale, { multiply: 2, add: -1 });
  assert.deepEqual(loaded.classNames, ['no', 'yes']);
  assert.notDeepEqual((await loadData(spec, options)).scale, loaded.scale);
});

for (const [what, target, shape] of [
  ['classes', { kind: 'class', classes: 3 }, undefined],
  ['numbers', { kind: 'values', shape: [2, 2] }, [2, 2]],
] as const)
  test(`rows without labels get placeholders in the shape of ${what}`, async (t) => {
    const folder = await temporaryFolder(t);
    await writeFile(path.join(folder, 'a.jsonl'), '{"x":1}\n{"x":2}\n');
    const spec = parse(data, { type: 'jsonl', file: 'a.jsonl', features: ['x'], split: { validation: 0 } });
    const loaded = await loadData(spec, { seed: 1, dataFolder: folder, log: () => undefined });
    assert.equal(loaded.labels.values.length, 0);
    const { labels } = withPlaceholders(loaded, target);
    assert.equal(labels.values.length, 2 * (shape ? 4 : 1));
    assert.deepEqual({ ...labels, values: null }, { ...target, values: null });
  });
