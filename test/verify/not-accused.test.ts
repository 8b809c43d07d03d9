/** Sound set-ups that are easily accused: labels that can't be met, few examples, few parameters, unlucky weights; and what is wrong with their likes. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LoadedData } from '@anneal/engine';
import type { Finding, TrainSpecInput } from '@anneal/schemas';
import type { Tensor } from '@tensorflow/tfjs';
import { tf } from '../../services/engine/tensorflow.ts';
import { tasks } from '../bench/diagnosis/tasks.ts';
import { train } from '../diagnose/train.ts';
import { blobs, dense } from '../engine/small-task.ts';
import { type Case, check, classes, fails, type Layers } from './check-one.ts';

const mlp: Layers = [dense(16, 'relu'), dense(4)];
const valuesOf = (of: (i: number) => number, width = 1): LoadedData => ({
  ...classes,
  labels: { kind: 'values', shape: [width], values: Float32Array.from({ length: 200 * width }, (_y, i) => of(i)) },
});
const regress = (loss: TrainSpecInput['loss'], width = 1): Omit<Case, 'data'> => ({
  layers: [dense(32, 'relu'), dense(width)],
  overrides: { loss },
});
const firstRows = (rows: number): LoadedData => ({
  ...classes,
  splits: { ...classes.splits, training: classes.splits.training.slice(0, rows) },
});

test('overfit: labels that cannot be met leave a loss, and it is not held against the net', () => {
  const smoothed: Partial<TrainSpecInput> = {
    loss: { type: 'softmax-cross-entropy', labelSmoothing: 0.1, classWeights: [1, 2, 1, 1] },
  };
  const cases: Case[] = [
    { layers: mlp, overrides: smoothed },
    { ...regress({ type: 'sigmoid-cross-entropy', positiveWeight: 2 }), data: valuesOf((i) => ((i * 7) % 50) / 49) },
    { ...regress({ type: 'poisson' }), data: valuesOf((i) => (i * 7) % 9) },
  ];
  for (const each of cases) {
    const finding = check('overfit', each);
    assert.equal(finding.verdict, 'pass', finding.message);
    assert.match(finding.message, /above the -?[\d.]+ that the labels leave/);
    assert.ok(Number(finding.evidence.lossAfter) > -1e-3, 'no loss falls below the least');
  }
  const zeros = { type: 'dense' as const, units: 16, activation: 'relu' as const, initializer: 'zeros' as const };
  fails(check('overfit', { layers: [zeros, dense(4)], overrides: smoothed }), 'cannot-overfit', /broken/);
});

test('overfit: labels in hundreds, which a small step gets to late', () => {
  const far: Case = {
    layers: [dense(64, 'tanh'), { ...dense(1), initialBias: 150 }],
    overrides: { loss: { type: 'mean-absolute-error' } },
    data: valuesOf((i) => 150 + 77 * Math.sin(i * i)),
  };
  const finding = check('overfit', far);
  assert.equal(finding.verdict, 'pass', finding.message);
});

test('overfit: dropout and noise are regularisation, so they are off', () => {
  const noisy: Layers = [
    dense(16, 'relu'),
    { type: 'dropout', rate: 0.9 },
    { type: 'gaussian-noise', deviation: 2 },
    dense(4),
  ];
  const finding = check('overfit', { layers: noisy });
  assert.equal(finding.verdict, 'pass', finding.message);
  assert.ok(Number(finding.evidence.steps) < 400, 'as fast as without them');
});

test('regularization: a share that the rounding of a large loss hides is not held against the step', () => {
  const weak: Case = {
    layers: [dense(24, 'relu'), dense(1)],
    overrides: { loss: { type: 'mean-squared-error' }, regularization: { l1: 0, l2: 1e-5 } },
    data: valuesOf((i) => 150 + 77 * Math.sin(i * i)),
  };
  const finding = check('regularization', weak);
  assert.equal(finding.verdict, 'pass', finding.message);
  assert.match(finding.message, /lost in the rounding/);
});

test('overfit: a net with fewer parameters than numbers to learn is warned of, not failed', () => {
  const linear: Case = { layers: [dense(4)], overrides: { loss: { type: 'mean-squared-error' } } };
  const wide = check('overfit', { ...linear, data: valuesOf((i) => Math.sin(i * i), 4) });
  assert.equal(wide.evidence.parameters, 84);
  const tiny = { ...blobs({ rows: 200, shape: [2], classes: 4 }), labels: valuesOf((i) => Math.sin(i * i)).labels };
  const finding = check('overfit', { ...linear, layers: [dense(1)], data: tiny });
  fails(finding, 'too-few-parameters', /3 parameters are too few to learn 20 numbers by heart/, 'warn');
});

test('zeroed-inputs: labels far from 0, labels with many numbers, and a loss that is no number', () => {
  const far = check('zeroed-inputs', {
    ...regress({ type: 'mean-squared-error' }),
    data: valuesOf((i) => 5 + Math.sin(i)),
  });
  assert.equal(far.verdict, 'pass', far.message);
  const wide = check('zeroed-inputs', {
    ...regress({ type: 'mean-squared-error' }, 24),
    data: valuesOf((i) => Math.sin(i * i), 24),
  });
  assert.equal(wide.verdict, 'pass', wide.message);
  const huge = check('zeroed-inputs', { layers: mlp, change: { at: 0, by: (x) => tf.mul(x, 1e38) } });
  assert.deepEqual([huge.verdict, huge.cause], ['skipped', null], huge.message);
});

test('one example to train on: nothing is said that takes more', () => {
  for (const name of ['neighbours', 'zeroed-inputs'] as const) {
    const finding = check(name, { layers: mlp, data: firstRows(1) });
    assert.equal(finding.verdict, 'skipped', finding.message);
    assert.match(finding.message, /there is one example/);
  }
  const off = { type: 'dense' as const, units: 16, activation: 'relu' as const, initialBias: -0.6 };
  fails(check('signal', { layers: [off, dense(4)] }), 'dead-units', /are dead/, 'warn');
  assert.equal(check('signal', { layers: [off, dense(4)], data: firstRows(2) }).verdict, 'pass');
  assert.equal(check('gradient', { layers: mlp, data: firstRows(1) }).evidence.examples, 1);
});

test('initial-loss: over twice that of chance warns, as sound weights reach it by an unlucky draw; over four times fails', () => {
  const scaled = (by: number): Finding =>
    check('initial-loss', { layers: [dense(4)], change: { at: 0, by: (x) => tf.mul(x, by) } });
  const [twice, often] = [scaled(6), scaled(30)];
  assert.ok(Number(twice.evidence.ratio) > 2 && Number(twice.evidence.ratio) < 4, twice.message);
  fails(twice, 'initialisation-too-large', /too large/, 'warn');
  fails(often, 'initialisation-too-large', /too large/);
});

test('final-activation: hinges need scores a margin apart, a cosine only a direction', () => {
  const hinge = (type: 'weston-watkins' | 'one-vs-all-hinge', activation: 'tanh' | 'sigmoid', margin = 1) =>
    check('final-activation', { layers: [dense(4, activation)], overrides: { loss: { type, margin } } });
  fails(hinge('one-vs-all-hinge', 'sigmoid'), 'wrong-final-activation', /one-vs-all-hinge cannot fall below 3\.00/);
  fails(hinge('weston-watkins', 'sigmoid', 2), 'wrong-final-activation', /weston-watkins cannot fall below 3\.00/);
  for (const type of ['weston-watkins', 'one-vs-all-hinge'] as const) {
    const finding = hinge(type, 'tanh');
    assert.match(finding.message, /where .* can reach 0/);
    assert.equal(finding.verdict, 'pass');
  }
  const cosine: Case = { layers: [dense(2, 'tanh')], overrides: { loss: { type: 'cosine-distance' } } };
  assert.equal(check('final-activation', { ...cosine, data: valuesOf((i) => 5 * Math.sin(i), 2) }).verdict, 'pass');
});

test('gradient: a loss that is infinite is called that', () => {
  const huge = { ...regress({ type: 'poisson' }), change: { at: 0, by: (x: Tensor) => tf.mul(x, 1e5) } };
  const data = valuesOf((i) => i % 3);
  fails(check('gradient', { ...huge, data }), 'non-finite-loss', /the loss is Infinity before the first step/);
  const flow = check('gradient-flow', { ...huge, data });
  assert.deepEqual([flow.verdict, flow.cause], ['skipped', null], flow.message);
});

test('gradient-flow: a net without kernels is not judged', () => {
  const four = blobs({ rows: 200, shape: [4], classes: 4 });
  const finding = check('gradient-flow', { layers: [{ type: 'batch-normalization' }], data: four });
  assert.equal(finding.verdict, 'skipped', finding.message);
});

test('overfit: absolute errors of labels in hundreds, whose hidden units saturate before the bias is there', async () => {
  const spec = tasks.find(({ name }) => name === 'progression')!.spec;
  const { checked } = await train({ ...spec, seed: 5, budget: { steps: 1 } }, { checks: true });
  const finding = checked.find(({ rule }) => rule === 'overfit')!;
  assert.equal(finding.verdict, 'pass', finding.message);
});
