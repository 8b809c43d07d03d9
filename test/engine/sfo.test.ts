/** SFO in the loop: it trains a net by a spec, ends near the minimum, and resumes bit for bit, from float64 vectors in its checkpoints. */
import assert from 'node:assert/strict';
import { describe, it, test } from 'node:test';
import { checkpointLayout, decodeCheckpoint, initialState, minibatchRows } from '@anneal/engine';
import { parse, type SfoOptions, type TrainSpecInput, update } from '@anneal/schemas';
import { loadData } from '../../services/engine/data/load.ts';
import { readSafetensors, writeSafetensors } from '../../services/engine/formats/safetensors.ts';
import { choosePlan } from '../../services/engine/plan/choose.ts';
import { checkpoints, data, filesOf, run, stepRows } from './loop-run.ts';
import { dense, smallSpec, smallTask } from './small-task.ts';

const full = { schedule: { type: 'constant', rate: 1 }, regularization: { l2: 0.001 } } as const;
/** More parameters than directions, so that the subspace is cut down again and again. */
const net: Partial<TrainSpecInput> = {
  ...full,
  model: { layers: [dense(16, 'tanh'), dense(4)] },
  update: { rule: 'sfo', minibatches: 7 },
  budget: { epochs: 8 },
};

/** Of all training examples, by the weights that a run has ended with. */
function trainingLoss(overrides: Partial<TrainSpecInput>): number {
  const ended = run({ ...overrides, checkpoints: { everySeconds: 1e6 } });
  assert.ifError(ended.error);
  const last = checkpoints(ended.events).at(-1)!.name;
  const { task } = smallTask(smallSpec({ ...overrides, update: { rule: 'l-bfgs' } }), data);
  const { task: own } = smallTask(smallSpec(overrides), data);
  const { state } = decodeCheckpoint(last, filesOf(last, ended.files), checkpointLayout(own));
  const { plan } = choosePlan(task, 'graph');
  try {
    plan.set(new Map([...initialState(task), ...state]));
    const { training: rows } = data.splits;
    return plan.train({ rows, batch: rows.length, rates: new Float32Array(1), firstStep: 1 }).loss[0]!;
  } finally {
    plan.dispose();
    for (const { built } of [task, own]) built.dispose();
  }
}

test('a net learns digits in ten epochs, of which L-BFGS on all examples has learned little', async () => {
  const layers = [{ type: 'flatten' as const }, dense(32, 'tanh'), dense(10)];
  const spec = smallSpec({ data: { type: 'digits', split: { validation: 0.1, test: 0.1 } } });
  const digits = await loadData(spec.data, { seed: 1, dataFolder: '/', log: () => {} });
  const learned = (rule: 'sfo' | 'l-bfgs') =>
    run({ ...full, model: { layers }, regularization: {}, update: { rule }, budget: { epochs: 10 } }, { data: digits });
  const [sfo, lBfgs] = [learned('sfo'), learned('l-bfgs')];
  assert.equal(sfo.result!.steps, 250);
  assert.equal(sfo.result!.stoppedBy, 'epochs');
  assert.ok(sfo.result!.validation!.score > 0.95, `${sfo.result!.validation!.score}`);
  assert.ok(sfo.result!.validation!.loss < lBfgs.result!.validation!.loss / 2);
  const rows = await stepRows(sfo.files);
  assert.deepEqual([rows.length, rows.at(-1)!.step, rows[0]!.rate], [250, 250, 1]);
});

test('it goes to the minimum of all examples, where minibatches are of unequal size too', () => {
  const convex: Partial<TrainSpecInput> = { ...full, model: { layers: [dense(4)] } };
  const minimum = trainingLoss({ ...convex, update: { rule: 'l-bfgs' }, budget: { epochs: 400 } });
  // 240 examples: of 8 minibatches all have 30, of 70 some have four and some three.
  for (const [minibatches, epochs] of [
    [8, 30],
    [70, 10],
  ] as const) {
    const loss = trainingLoss({ ...convex, update: { rule: 'sfo', minibatches }, budget: { epochs } });
    assert.ok(Math.abs(loss - minimum) < 2e-6, `${loss}, not ${minimum}, with ${minibatches} minibatches`);
  }
});

describe('a run goes on from a checkpoint bit for bit', () => {
  const whole = run(net);
  const stopped = (after: number) => {
    const first = run(net, { stop: { after, why: 'leave' } });
    const last = checkpoints(first.events).at(-1)!;
    assert.equal(last.step, after);
    return { name: last.name, files: filesOf(last.name, first.files) };
  };

  for (const after of [1, 10, 37])
    it(`after ${after} steps`, () => {
      const second = run(net, { resume: stopped(after) });
      assert.ifError(second.error);
      assert.deepEqual(second.result!.weights, whole.result!.weights);
      assert.deepEqual(second.result!.validation, whole.result!.validation);
    });

  it('which keeps what the rule remembers, in float64; without it the run would end elsewhere', () => {
    const { name, files } = stopped(10);
    const { tensors } = readSafetensors(files.get('state.safetensors')!);
    const kept = tensors.filter((tensor) => tensor.name.startsWith('memory/'));
    assert.deepEqual([...new Set(kept.map(({ dtype }) => dtype))], ['F64']);
    const { values: weights } = kept.find((tensor) => tensor.name === 'memory/weights')!;
    assert.ok(weights.some((value) => value !== Math.fround(value)));
    const damaged = (change: (tensor: (typeof tensors)[number]) => typeof tensors) => {
      const state = writeSafetensors(tensors.flatMap(change));
      return { name, files: new Map([...files, ['state.safetensors', state]]) };
    };
    const blank = damaged((tensor) => [
      tensor.name === 'memory/changes' ? { ...tensor, values: new Float64Array(tensor.values.length) } : tensor,
    ]);
    assert.notDeepEqual(run(net, { resume: blank }).result!.weights, whole.result!.weights);
    const missing = damaged((tensor) => (tensor.name === 'memory/basis' ? [] : [tensor]));
    assert.throws(() => run(net, { resume: missing }), {
      code: 'data_damaged',
      message: /'memory\/basis' is missing, the update rule needs 4320 of F64/,
    });
  });
});

test('a step at rate 0 looks at as many rows as a minibatch has, and changes nothing', () => {
  const { task, order } = smallTask(smallSpec({ plan: 'graph', ...net }), data);
  const { plan } = choosePlan(task, 'graph');
  const stateOf = () => [plan.get([...initialState(task).keys()]), plan.memory!()];
  const steps = { ...order.take(0, 1), rates: new Float32Array([0]), firstStep: 1 };
  try {
    const before = stateOf();
    const [loss] = plan.train(steps).loss;
    assert.deepEqual(stateOf(), before);
    assert.ok(Math.abs(loss! - Math.log(4)) < 1, `${loss}`);
    plan.train({ ...steps, rates: new Float32Array([1]) });
    assert.notDeepEqual(stateOf(), before);
  } finally {
    plan.dispose();
    task.built.dispose();
  }
});

test('a loss that is not finite ends the run', () => {
  const { error } = run({ ...net, regularization: { l2: 1e38 } });
  assert.equal(error?.code, 'non_finite_loss');
});

describe('minibatches', () => {
  const rows = Int32Array.from({ length: 103 }, (_row, i) => 3 * i + 1);
  const of = (given: object, seed = 1, training = rows) =>
    minibatchRows(parse(update, { rule: 'sfo', ...given }) as SfoOptions, training, seed);

  it('are all rows, each once, in parts that differ by one row at most', () => {
    const parts = of({ minibatches: 8 });
    const sizes = parts.map(({ length }) => length);
    assert.deepEqual([Math.min(...sizes), Math.max(...sizes), parts.length], [12, 13, 8]);
    assert.deepEqual(Int32Array.from(parts.flatMap((part) => [...part])).sort(), rows);
  });

  it('are a pure function of the seed', () => {
    assert.deepEqual(of({}), of({}));
    assert.notDeepEqual(of({}, 2), of({}, 1));
  });

  it('are as many as the rule of thumb says', () => {
    assert.equal(of({}).length, 25);
    assert.equal(of({}, 1, rows.subarray(0, 9)).length, 9);
    assert.equal(of({}, 1, new Int32Array(90_000)).length, 30);
  });
});
