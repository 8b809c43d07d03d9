/** The loop: budgets, checkpoints, resuming bit for bit, retention, and the search for the first bad tensor. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkpointLayout, choosePlan, decodeCheckpoint, scoresOf } from '@anneal/engine';
import type { ClassScores } from '@anneal/schemas';
import { parquetReadObjects } from 'hyparquet';
import { checkpoints, data, filesOf, run, stepRows } from './loop-run.ts';
import { dense, smallSpec, smallTask } from './small-task.ts';

test('every step of every epoch is trained and recorded, the remainder too', async () => {
  const { result, files, events } = run({ budget: { epochs: 3 } });
  assert.equal(result!.steps, 3 * Math.ceil(240 / 32));
  assert.equal(result!.stoppedBy, 'epochs');
  const rows = await stepRows(files);
  assert.deepEqual(
    rows.map((row) => row.step),
    Array.from({ length: 24 }, (_v, i) => i + 1),
  );
  assert.ok(rows.at(-1)!.loss < rows[0]!.loss);
  assert.equal(events.findLast((event) => event.type === 'epoch')?.epoch, 3);
});

test('the budget in steps ends in the middle of an epoch, judged and saved', () => {
  const { result, events } = run({ budget: { epochs: 3, steps: 11 } });
  assert.equal(result!.steps, 11);
  assert.equal(result!.stoppedBy, 'steps');
  assert.match(checkpoints(events).at(-1)!.name, /^checkpoints\/epoch-002-step-000000011-val-[01]\.\d{4}$/);
});

test('a run whose money is spent ends judged and saved, after one step at least', () => {
  const { result, events } = run({ budget: { epochs: 100_000, dollars: 1 } }, { spentAfter: 50 });
  assert.equal(result!.stoppedBy, 'dollars');
  assert.ok(result!.steps > 1 && result!.validation);
  assert.ok(checkpoints(events).at(-1)!.name.includes('-val-'));
  const late = run({ budget: { epochs: 100_000, dollars: 1 } }, { spentAfter: -1 }).result!;
  assert.deepEqual([late.stoppedBy, late.steps], ['dollars', 1]);
  assert.equal(run({ budget: { epochs: 1, dollars: 1 } }, { spentAfter: -1 }).result!.stoppedBy, 'dollars');
  assert.equal(run({ budget: { epochs: 1, dollars: 1 } }, { spentAfter: 60_000 }).result!.stoppedBy, 'epochs');
});

test('the budget in seconds ends the run', () => {
  const { result } = run({ budget: { seconds: 0.05 } });
  assert.equal(result!.stoppedBy, 'seconds');
  assert.ok(result!.steps > 0);
});

test('checkpoints that are neither the best nor the last are replaced', () => {
  const { events, result } = run({ budget: { epochs: 6 } });
  const kept = new Set<string>();
  for (const { name, replaces } of checkpoints(events)) {
    kept.add(name);
    for (const old of replaces) assert.ok(kept.delete(old), `${old} is replaced twice`);
    assert.ok(kept.size <= 2);
  }
  assert.ok(kept.has(result!.best!.checkpoint));
  assert.equal(result!.best!.score, Math.max(...checkpoints(events).map((event) => event.score!)));
});

for (const plan of ['graph', 'xla', 'eager'] as const) {
  test(`${plan}: stopped and resumed, a run has the bits it would have had`, async () => {
    const overrides = {
      plan,
      model: {
        layers: [
          dense(16, 'relu'),
          { type: 'batch-normalization' as const },
          { type: 'dropout' as const, rate: 0.3 },
          dense(4),
        ],
      },
      update: { rule: 'adam' as const },
      budget: { epochs: 6 },
    };
    const whole = run(overrides);
    const first = run(overrides, { stop: { after: plan === 'xla' ? 4 : 20, why: 'leave' } });
    assert.equal(first.result!.stopped, 'leave');
    const last = checkpoints(first.events).at(-1)!;
    assert.ok(last.step > 0 && last.step < whole.result!.steps);
    const files = filesOf(last.name, first.files);
    const second = run(overrides, { resume: { name: last.name, files } });
    assert.deepEqual(second.result!.weights, whole.result!.weights);
    assert.deepEqual(second.result!.best, whole.result!.best);
    const rows = [...(await stepRows(first.files)), ...(await stepRows(second.files))];
    assert.deepEqual(rows, await stepRows(whole.files));
  });
}

test('a cancelled run saves nothing more', () => {
  const { result, events } = run({}, { stop: { after: 3, why: 'cancel' } });
  assert.equal(result!.stopped, 'cancel');
  assert.equal(checkpoints(events).length, 0);
});

test('a loss that is not finite stops the run and names step and tensor', () => {
  const { error, events } = run({ schedule: { type: 'constant', rate: 1e20 }, update: { rule: 'sgd' } });
  assert.equal(error!.code, 'non_finite_loss');
  assert.match(
    error!.message,
    /^the loss became (NaN|-?Infinity) at step \d+; first bad tensor: the .+ at step \d+; try a learning rate of 10000000000000000000$/,
  );
  const finding = events.find((event) => event.type === 'finding');
  assert.equal(finding?.finding.rule, 'non-finite-loss');
  assert.deepEqual(finding?.finding.patch, [{ op: 'replace', path: '/schedule/rate', value: 1e19 }]);
});

test('a damaged checkpoint is an error that names it', () => {
  const spec = smallSpec();
  const { task } = smallTask(spec, data);
  assert.throws(
    () => decodeCheckpoint('checkpoints/epoch-001', new Map([['run.json', new Uint8Array()]]), checkpointLayout(task)),
    /epoch-001: state\.safetensors is missing/,
  );
});

test('quick epochs are not all written: the best and the last one are, and the Parquet has every epoch', async () => {
  const { files, events, result } = run({ budget: { epochs: 12 }, checkpoints: { everySeconds: 60 } });
  const names = checkpoints(events).map((event) => event.name);
  assert.deepEqual(new Set(names), new Set([result!.best!.checkpoint, names.at(-1)]));
  assert.ok(files.has(`${result!.best!.checkpoint}/state.safetensors`));
  const [file] = [...files]
    .filter(([name]) => name.startsWith('metrics/epochs-'))
    .map(([, bytes]) => bytes.slice().buffer as ArrayBuffer);
  const rows = (await parquetReadObjects({ file: file! })) as { epoch: number; validationScore: number }[];
  assert.deepEqual(
    rows.map((row) => row.epoch),
    Array.from({ length: 12 }, (_v, i) => i + 1),
  );
  assert.equal(Math.max(...rows.map((row) => row.validationScore)), result!.best!.score);
});

test('early stopping ends the run after the last better epoch and the patience', () => {
  const { result, events, files } = run({
    budget: { epochs: 500 },
    schedule: { type: 'constant', rate: 0.5 },
    earlyStopping: { patience: 4 },
  });
  assert.equal(result!.stoppedBy, 'early-stopping');
  const perEpoch = Math.ceil(240 / 32);
  assert.equal(result!.steps, result!.best!.step + 4 * perEpoch);
  const last = checkpoints(events).at(-1)!;
  assert.equal(last.step, result!.steps);
  // Going on from the last checkpoint finds nothing left to do, and the same result.
  const again = run(
    { budget: { epochs: 500 }, earlyStopping: { patience: 4 } },
    { resume: { name: last.name, files: filesOf(last.name, files) } },
  );
  assert.equal(again.result!.steps, result!.steps);
  assert.equal(again.result!.stoppedBy, 'early-stopping');
  assert.deepEqual(again.result!.validation, result!.validation);
  assert.deepEqual(again.result!.weights, result!.weights);
});

test('as many checkpoints are kept as asked for, besides the best', () => {
  const { events } = run({ budget: { epochs: 8 }, checkpoints: { everySeconds: 60, everyEpochs: 2, keepLast: 3 } });
  const kept = new Set<string>();
  for (const { name, replaces } of checkpoints(events)) {
    kept.add(name);
    for (const old of replaces) assert.ok(kept.delete(old));
  }
  const epochs = [...kept].map((name) => Number(/epoch-(\d+)/.exec(name)![1]));
  assert.ok(
    [4, 6, 8].every((epoch) => epochs.includes(epoch)),
    `${epochs}`,
  );
  assert.ok(epochs.length <= 4, `${epochs}`);
});

test('the running average is judged beside the raw weights', () => {
  const { result, events } = run({ budget: { epochs: 3 }, averaging: { decay: 0.9 } });
  const last = events.findLast((event) => event.type === 'epoch');
  assert.equal(last?.averageLoss, result!.averageValidation!.loss);
  assert.notEqual(last?.averageLoss, last?.validationLoss);
  assert.equal(result!.average!.size, 4);
  assert.equal(run({ budget: { epochs: 1 } }).result!.average, null);
});

test('on plateau the rate falls, and a resumed run remembers', async () => {
  const overrides = {
    budget: { epochs: 12 },
    // Nothing is learned at this rate, so the score stands still.
    schedule: { type: 'plateau' as const, rate: 1e-12, patience: 1, factor: 0.5 },
  };
  const rates = async (files: Map<string, Uint8Array>) => {
    return (await stepRows(files)).map(({ rate }) => rate);
  };
  const whole = await rates(run(overrides).files);
  const perEpoch = Math.ceil(240 / 32);
  const halvings = whole.filter((_rate, i) => i % perEpoch === 0).map((rate) => Math.log2(1e-12 / rate));
  assert.deepEqual(halvings.map(Math.round), [0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5]);
  const first = run(overrides, { stop: { after: 5 * perEpoch, why: 'leave' } });
  const { name } = checkpoints(first.events).at(-1)!;
  const files = filesOf(name, first.files);
  const second = run(overrides, { resume: { name, files } });
  assert.deepEqual([...(await rates(first.files)), ...(await rates(second.files))], whole);
});

test('a range test ends when the loss diverges and suggests a rate that learns', () => {
  const spec = {
    budget: { epochs: 200 },
    update: { rule: 'sgd' as const },
    schedule: { type: 'range-test' as const, rate: 1e-4, end: 1e4, length: 400, unit: 'steps' as const },
  };
  const { result, events, error } = run(spec);
  assert.equal(error, null);
  assert.equal(result!.stoppedBy, 'range-test');
  const finding = events.flatMap((event) => (event.type === 'finding' ? [event.finding] : []))[0]!;
  assert.equal(finding.rule, 'learning-rate-range');
  const suggested = Number(finding.evidence.suggested);
  assert.ok(suggested > 1e-3 && suggested < 10, finding.message);
  const lossAt = (rate: number) =>
    run({ budget: { epochs: 20 }, update: { rule: 'sgd' }, schedule: { type: 'constant', rate } }).result!.validation!
      .loss;
  const loss = lossAt(suggested);
  assert.ok(loss < 0.7 * lossAt(suggested / 100), `${suggested}: ${loss}`);
});

for (const monitor of ['loss', 'macro-f1', 'auc'] as const)
  test(`the best checkpoint is the best by ${monitor}`, () => {
    const spec = { budget: { epochs: 8 }, monitor, checkpoints: { everyEpochs: 1, keepLast: 100 } };
    const { result, events, files } = run(spec);
    const { task } = smallTask(smallSpec(), data);
    const plan = choosePlan(task, 'graph').plan;
    const scores = checkpoints(events).map(({ name }) => {
      plan.set(decodeCheckpoint(name, filesOf(name, files), checkpointLayout(task)).state);
      if (monitor === 'loss') return -plan.evaluate(data.splits.validation).loss;
      const found = scoresOf((rows) => plan.predict(rows), data, data.splits.validation) as ClassScores;
      return monitor === 'auc' ? found.aucOneVsRest! : found.macro.f1;
    });
    plan.dispose();
    assert.equal(scores.length, 8);
    assert.ok(new Set(scores).size > 2);
    assert.deepEqual(
      checkpoints(events).map(({ score }) => score),
      scores,
    );
    assert.equal(result!.best!.score, Math.max(...scores));
  });
