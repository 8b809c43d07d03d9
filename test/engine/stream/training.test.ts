/** A run on streamed examples takes the very steps of a run on the same examples in memory in the same order, and resumes bit for bit. */
import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { placeOfCheckpoint } from '@anneal/engine';
import type { TrainSpecInput } from '@anneal/schemas';
import { batchOrder } from '../../../services/engine/loop/order.ts';
import { binding, tf } from '../../../services/engine/tensorflow.ts';
import { checkpoints, filesOf, type Run, run, stepRows } from '../loop-run.ts';
import { dense, smallSpec } from '../small-task.ts';
import { mebibytesOf, place } from './table.ts';

const model = { layers: [dense(8, 'tanh'), { type: 'dropout' as const, rate: 0.2 }, dense(3)] };
const common: Partial<TrainSpecInput> = {
  model,
  budget: { epochs: 3 },
  batchSize: 24,
  augmentation: [{ type: 'noise', deviation: 0.1 }],
  averaging: { decay: 0.9 },
};
const preprocessing = [{ type: 'standardize' }];

/** Both ways of a table: 700 rows to train on in windows of 192, blocks of 1. */
async function bothWays(t: TestContext, spec: object = {}) {
  const { open, streamed } = await place(t);
  const own = { preprocessing, ...spec };
  const resident = await open({ streaming: 'never', ...own });
  return { resident, streamed: await streamed({ windowMebibytes: mebibytesOf(200), ...own }) };
}

async function assertSameRun(a: Run, b: Run): Promise<void> {
  assert.ifError(a.error);
  assert.ifError(b.error);
  assert.deepEqual(await stepRows(b.files), await stepRows(a.files));
  assert.deepEqual(b.result!.validation, a.result!.validation);
  assert.deepEqual(b.result!.averageValidation, a.result!.averageValidation);
  for (const [name, values] of a.result!.weights) assert.deepEqual(b.result!.weights.get(name), values, name);
}

const ways: [string, Partial<TrainSpecInput>][] = [
  ['the graph plan', { plan: 'graph' }],
  ['the xla plan', { plan: 'xla' }],
  ['the eager plan', { plan: 'eager', budget: { epochs: 1 } }],
  ['accumulated gradients', { plan: 'graph', accumulate: 3 }],
  [
    'L-BFGS on all examples',
    {
      plan: 'graph',
      update: { rule: 'l-bfgs' },
      model: { layers: [dense(3)] },
      augmentation: [],
      averaging: undefined,
    },
  ],
  [
    'L-BFGS on minibatches',
    {
      plan: 'graph',
      update: { rule: 'l-bfgs', minibatch: true },
      model: { layers: [dense(3)] },
      augmentation: [],
      averaging: undefined,
    },
  ],
  [
    'SFO',
    {
      plan: 'graph',
      update: { rule: 'sfo', minibatches: 5 },
      model: { layers: [dense(3)] },
      augmentation: [],
      averaging: undefined,
    },
  ],
];
describe('streamed as in memory, bit for bit', () => {
  for (const [what, given] of ways)
    it(what, async (t) => {
      const { resident, streamed } = await bothWays(t);
      const overrides = { ...common, ...given };
      const { order } = batchOrder(smallSpec({ ...overrides }), streamed);
      const before = [tf.memory().numTensors, binding.getNumOfTensors(), binding.getNumOfSavedModels()];
      await assertSameRun(run(overrides, { data: resident, order }), run(overrides, { data: streamed }));
      assert.deepEqual([tf.memory().numTensors, binding.getNumOfTensors(), binding.getNumOfSavedModels()], before);
    });

  it('with one window, in the order that examples in memory have anyway', async (t) => {
    const { open, streamed } = await place(t);
    const resident = await open({ streaming: 'never' });
    const one = await streamed();
    await assertSameRun(run(common, { data: resident }), run(common, { data: one }));
  });
});

for (const plan of ['graph', 'xla'] as const)
  it(`a streamed run is gone on with bit for bit, from any place in a window (${plan})`, async (t) => {
    const { streamed } = await bothWays(t);
    const whole = run({ ...common, plan }, { data: streamed });
    for (const after of [1, 4, 13, 40]) {
      const first = run({ ...common, plan }, { data: streamed, stop: { after, why: 'leave' } });
      const last = checkpoints(first.events).at(-1)!;
      const files = filesOf(last.name, first.files);
      assert.deepEqual(placeOfCheckpoint(last.name, files), { place: 'file', window: streamed.window });
      const second = run({ ...common, plan }, { data: streamed, resume: { name: last.name, files } });
      assert.ifError(second.error);
      assert.deepEqual(second.result!.validation, whole.result!.validation);
      for (const [name, values] of whole.result!.weights)
        assert.deepEqual(second.result!.weights.get(name), values, `${name} after ${last.step} steps`);
    }
  });
