/** Oracle: tables and preprocessing are scikit-learn's. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { dataShape } from '@anneal/schemas';
import { applyStep as apply } from '../../../services/engine/data/apply-step.ts';
import { preprocess } from '../../../services/engine/data/preprocess.ts';
import { load, specOf } from './loading.ts';

interface Oracle {
  readonly x: number[][];
  readonly results: Record<string, number[][]>;
  readonly tables: Record<string, { rows: number; sum: number; labels: number; names: string[] | null }>;
}

const oracle = JSON.parse(
  await readFile(new URL('../../oracles/data/scikit-learn.json', import.meta.url), 'utf8'),
) as Oracle;

const sum = (values: ArrayLike<number>): number => Array.from(values).reduce((a, b) => a + b, 0);

describe('tables of scikit-learn', () => {
  for (const [name, { rows, sum: total, labels, names }] of Object.entries(oracle.tables))
    it(name, async () => {
      const loaded = await load({ type: name });
      assert.equal(loaded.inputs.shape[0], rows);
      assert.deepEqual(loaded.inputs.shape.slice(1), dataShape(specOf({ type: name })).input);
      assert.ok(Math.abs(sum(loaded.inputs.values) - total) <= 1e-6 * total);
      assert.ok(Math.abs(sum(loaded.labels.values) - labels) <= 1e-6 * labels);
      assert.deepEqual(loaded.classNames ?? null, names);
    });
});

describe('preprocessing', () => {
  const inputs = { dtype: 'float32' as const, shape: [40, 4], values: Float32Array.from(oracle.x.flat()) };
  const all = Int32Array.from({ length: 40 }, (_value, row) => row);
  const steps: Record<string, object> = {
    standardize: { type: 'standardize' },
    'min-max': { type: 'min-max' },
    'mean-image': { type: 'mean-image' },
    pca: { type: 'pca', components: 2 },
    'pca, whitened': { type: 'pca', components: 3, whiten: true, epsilon: 1e-12 },
    zca: { type: 'zca' },
  };
  for (const [name, expected] of Object.entries(oracle.results))
    it(`${name} is scikit-learn's`, () => {
      const { preprocessing } = specOf({ type: 'iris', preprocessing: [steps[name]] });
      const { inputs: made, fitted } = preprocess(inputs, all, preprocessing);
      assert.deepEqual(made.shape, [40, expected[0]!.length]);
      expected.flat().forEach((value, i) => {
        assert.ok(
          Math.abs(made.values[i]! - value) <= 2e-5 * Math.max(1, Math.abs(value)),
          `${i}: ${made.values[i]} ${value}`,
        );
      });
      // What is written for whoever feeds the model does the same to new rows.
      const again = fitted.reduce<Parameters<typeof apply>[1]>(
        (rows, step) => apply(JSON.parse(JSON.stringify(step)), rows),
        inputs,
      );
      assert.deepEqual(again.values, made.values);
    });

  it('is fitted on the training rows alone', () => {
    const { preprocessing } = specOf({ type: 'iris', preprocessing: [{ type: 'standardize' }] });
    const rows = all.subarray(0, 20);
    const { inputs: made } = preprocess(inputs, rows, preprocessing);
    assert.ok(Math.abs(sum(made.values.subarray(0, 80).filter((_x, i) => i % 4 === 0))) < 1e-4);
    assert.ok(Math.abs(sum(made.values.filter((_x, i) => i % 4 === 0))) > 1e-2);
  });

  it('refuses more components than features', () => {
    const { preprocessing } = specOf({ type: 'iris', preprocessing: [{ type: 'pca', components: 5 }] });
    assert.throws(
      () => preprocess(inputs, all, preprocessing),
      /preprocessing\[0\]\.components: got 5, the examples have 4/,
    );
  });
});
