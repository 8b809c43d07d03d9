/** Contract of the splits: disjoint, complete, seeded, and true to the publisher's test set. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type SplitRequest, splitRows } from '../../../services/engine/data/split.ts';

const published: SplitRequest = { rows: 700, publishedTest: 100, validation: 0.1, seed: 3 };
const own: SplitRequest = { rows: 1000, publishedTest: 0, validation: 0.1, test: 0.2, seed: 3 };

const sizes = (request: SplitRequest) => {
  const { training, validation, test } = splitRows(request);
  return [training.length, validation.length, test.length];
};
const union = (request: SplitRequest) => {
  const { training, validation, test } = splitRows(request);
  return [...training, ...validation, ...test].sort((a, b) => a - b);
};

describe('splitRows', () => {
  it('uses every row exactly once', () => {
    for (const request of [published, own, { ...own, test: 0, validation: 0 }]) {
      assert.deepEqual(union(request), [...Array(request.rows).keys()]);
    }
  });

  it("keeps the publisher's test set, and never trains on it", () => {
    const { training, validation, test } = splitRows(published);
    assert.deepEqual(sizes(published), [540, 60, 100]);
    assert.ok([...training, ...validation].every((row) => row < 600));
    assert.ok(test.every((row) => row >= 600));
  });

  it('draws a test split anew over all rows where a share is given', () => {
    assert.deepEqual(sizes(own), [720, 80, 200]);
    assert.deepEqual(sizes({ ...published, test: 0.5 }), [315, 35, 350]);
    const { test } = splitRows({ ...published, test: 0.5 });
    assert.ok(test.some((row) => row < 600));
  });

  it('has no test split where none is published or asked for', () => {
    assert.deepEqual(sizes({ ...own, test: undefined }), [900, 100, 0]);
    assert.deepEqual(sizes({ ...published, test: 0 }), [630, 70, 0]);
  });

  it('is a function of rows and seed', () => {
    assert.deepEqual(splitRows(own), splitRows({ ...own }));
    assert.notDeepEqual(splitRows(own).training, splitRows({ ...own, seed: 4 }).training);
  });

  it('cuts all splits in proportion to the limit, and moves no row to another split', () => {
    assert.deepEqual(sizes({ ...published, limit: 70 }), [54, 6, 10]);
    const full = splitRows(published);
    const cut = splitRows({ ...published, limit: 70 });
    assert.deepEqual(cut.training, full.training.slice(0, cut.training.length));
    for (const name of ['validation', 'test'] as const) {
      assert.ok(cut[name].every((row) => full[name].includes(row)));
      assert.deepEqual(cut[name], cut[name].slice().sort());
    }
    assert.deepEqual(sizes({ ...published, limit: 10_000 }), [540, 60, 100]);
  });

  it('validates on every training example once over the folds, and on none twice', () => {
    const folds = [0, 1, 2, 3, 4, 5, 6].map((index) => splitRows({ ...published, fold: { of: 7, index } }));
    const validated = folds.flatMap(({ validation }) => [...validation]).sort((a, b) => a - b);
    assert.deepEqual(validated, [...Array(600).keys()]);
    for (const { training, validation, test } of folds) {
      assert.equal(training.length + validation.length, 600);
      assert.ok(Math.abs(validation.length - 600 / 7) < 1);
      assert.deepEqual(test, folds[0]!.test);
      assert.equal(new Set([...training, ...validation]).size, 600);
    }
  });

  it('gives every share above 0 at least one row', () => {
    assert.deepEqual(sizes({ ...own, rows: 3 }), [1, 1, 1]);
    assert.deepEqual(sizes({ ...own, limit: 3 }), [1, 1, 1]);
  });

  it('refuses to leave nothing to train on', () => {
    for (const request of [
      { ...own, rows: 2 },
      { ...own, limit: 2 },
      { ...own, rows: 0 },
    ]) {
      assert.throws(() => splitRows(request), {
        code: 'invalid_spec',
        param: 'data.split',
        message: /none to train on/,
      });
    }
  });
});
