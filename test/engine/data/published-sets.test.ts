/** Oracle: what the publishers say is in their sets. Fetched once a user, from whichever source is at hand. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Data, data } from '@anneal/schemas';
import { loadData } from '../../../services/engine/data/load.ts';

const load = (spec: object) =>
  loadData(data.parse(spec) as Data, { seed: 11, dataFolder: '/', log: (line) => process.stderr.write(`${line}\n`) });

/** Mean and deviation of the 60,000 training images scaled to 0 … 1, as published with countless examples. */
const sets = [
  { type: 'fashion-mnist', mean: 0.286, deviation: 0.353, third: 'Pullover', firstLabels: [9, 0, 0, 3, 0] },
  { type: 'mnist', mean: 0.1307, deviation: 0.3081, third: '2', firstLabels: [5, 0, 4, 1, 9] },
];

for (const { type, mean, deviation, third, firstLabels } of sets) {
  describe(type, () => {
    it('holds what its publisher says, split without overlap', async () => {
      const { inputs, labels, splits, classNames } = await load({ type });
      assert.deepEqual([inputs.dtype, inputs.shape, inputs.values.length], ['uint8', [70_000, 28, 28, 1], 54_880_000]);
      assert.ok(labels.kind === 'class' && labels.classes === 10);
      assert.deepEqual([...labels.values.subarray(0, 5)], firstLabels);
      assert.equal(classNames?.[2], third);
      const counts = new Array<number>(10).fill(0);
      for (const row of splits.test) counts[labels.values[row]!]! += 1;
      assert.ok(type === 'mnist' || counts.every((count) => count === 1000));
      assert.equal(
        counts.reduce((sum, count) => sum + count),
        10_000,
      );
      assert.deepEqual([splits.training.length, splits.validation.length], [54_000, 6_000]);
      assert.equal(new Set([...splits.training, ...splits.validation, ...splits.test]).size, 70_000);
    });

    it('has the published mean and deviation', async () => {
      const { scale, inputs, splits } = await load({ type, scale: 'standardize', split: { validation: 0 } });
      assert.equal(splits.training.length, 60_000);
      assert.ok(Math.abs(1 / scale.multiply / 255 - deviation) < 1e-4);
      assert.ok(Math.abs(-scale.add / scale.multiply / 255 - mean) < 1e-4);
      assert.ok(inputs.values instanceof Uint8Array);
    });
  });
}
