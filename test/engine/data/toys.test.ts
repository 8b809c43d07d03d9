/** The spirals. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { load } from './loading.ts';

for (const [type, arms] of [
  ['two-spirals', 2],
  ['three-arm-spiral', 3],
] as const)
  it(`${type} is balanced, seeded and of radius 1`, async () => {
    const { inputs, labels } = await load({ type, rows: 300, noise: 0 });
    for (let k = 0; k < arms; k++) assert.equal(labels.values.filter((label) => label === k).length, 300 / arms);
    const radii = Array.from({ length: 300 }, (_value, row) =>
      Math.hypot(inputs.values[2 * row]!, inputs.values[2 * row + 1]!),
    );
    assert.ok(Math.abs(Math.max(...radii) - 1) < 1e-6);
    const noisy = [1, 1].map(() => load({ type, rows: 30 }));
    const [first, second] = await Promise.all(noisy);
    assert.deepEqual(first!.inputs.values, second!.inputs.values);
  });
