/** Statistics of batch normalisation are measured anew for weights that were made otherwise. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { choosePlan, withOwnStatistics } from '@anneal/engine';
import { initialState } from '../../services/engine/plan/task.ts';
import { blobs, dense, smallSpec, smallTask } from './small-task.ts';

test('they become those of the training examples; the weights stay', () => {
  const data = blobs({ rows: 300, shape: [6], classes: 4 });
  const spec = smallSpec({ model: { layers: [{ type: 'batch-normalization' }, dense(4)] }, batchSize: 240 });
  const { task, order } = smallTask(spec, data);
  const { plan } = choosePlan(task, 'graph');
  try {
    const before = initialState({ spec: { ...spec, update: { rule: 'sgd' } }, built: task.built });
    const after = withOwnStatistics(plan, task, order, before);
    for (const [name, values] of before) if (!/moving/.test(name)) assert.deepEqual(after.get(name), values, name);
    const { training } = data.splits;
    const column = Float64Array.from(training, (row) => data.inputs.values[6 * row]!);
    const mean = column.reduce((a, b) => a + b) / column.length;
    const variance = column.reduce((sum, x) => sum + (x - mean) ** 2, 0) / column.length;
    const held = (what: RegExp) => after.get([...after.keys()].find((name) => what.test(name))!)![0]!;
    // What is left of the start after 500 steps: 0.99^500 < 0.7 %.
    assert.ok(Math.abs(held(/moving_mean/) - mean) < 0.01 * Math.abs(mean), `${held(/moving_mean/)} is not ${mean}`);
    assert.ok(Math.abs(held(/moving_variance/) - variance) < 0.015, `${held(/moving_variance/)} is not ${variance}`);
  } finally {
    plan.dispose();
    task.built.dispose();
  }
});
