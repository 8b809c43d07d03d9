/** Oracle: moments worked out by hand. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { inputScale as scaleOf } from '../../../services/engine/data/scale.ts';

const rows = Int32Array.of(0, 2);

const inputScale = (
  kind: 'unit' | 'standardize' | 'none',
  values: Uint8Array | Float32Array,
  width: number,
  of = rows,
) =>
  scaleOf(
    kind,
    { dtype: values instanceof Uint8Array ? 'uint8' : 'float32', shape: [values.length / width, width] },
    (visit) => {
      for (const row of of) visit(values, row * width);
    },
  );

describe('inputScale', () => {
  it('standardizes by the training rows alone', () => {
    // Rows 0 and 2: 1, 3, 5, 7 have mean 4 and variance 5. Row 1 belongs to another split.
    const values = [1, 3, 200, 200, 5, 7];
    for (const array of [Uint8Array.from(values), Float32Array.from(values)]) {
      const { multiply, add } = inputScale('standardize', array, 2, rows);
      assert.ok(Math.abs(multiply - 1 / Math.sqrt(5)) < 1e-12);
      assert.ok(Math.abs(add + 4 / Math.sqrt(5)) < 1e-12);
    }
  });

  it('keeps its digits far from zero', () => {
    const { multiply } = inputScale('standardize', Float32Array.of(10_000_001, 10_000_003), 1, Int32Array.of(0, 1));
    assert.ok(Math.abs(multiply - 1) < 1e-12);
  });

  it('divides bytes by 255, and leaves alone what shall stay as stored', () => {
    assert.deepEqual(inputScale('unit', new Uint8Array(4), 2, rows), { multiply: 1 / 255, add: 0 });
    assert.deepEqual(inputScale('none', new Float32Array(4), 2, rows), { multiply: 1, add: 0 });
  });

  it('refuses to divide floats by 255, and anything by zero', () => {
    const error = { code: 'invalid_spec', param: 'data.scale' };
    assert.throws(() => inputScale('unit', new Float32Array(6), 2, rows), { ...error, message: /inputs are floats/ });
    const equal = new Uint8Array(6).fill(9);
    assert.throws(() => inputScale('standardize', equal, 2, rows), { ...error, message: /every input .* is 9/ });
  });
});
