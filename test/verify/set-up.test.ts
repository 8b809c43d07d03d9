/** Checks of the set-up: each passes a sound net and names what is wrong with one that is not. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LoadedData } from '@anneal/engine';
import type { Tensor } from '@tensorflow/tfjs';
import { tf } from '../../services/engine/tensorflow.ts';
import { blobs, dense } from '../engine/small-task.ts';
import { type Case, check, classes, fails, type Layers } from './check-one.ts';

const mlp: Layers = [dense(16, 'relu'), dense(4)];
const numbers = (most: number): LoadedData => ({
  ...classes,
  labels: { kind: 'values', shape: [1], values: Float32Array.from({ length: 200 }, (_y, i) => (most * (i % 50)) / 49) },
});
const regression = (activation: string, most: number): Case => ({
  layers: [dense(16, 'relu'), dense(1, activation as never)],
  overrides: { loss: { type: 'mean-squared-error' } },
  data: numbers(most),
});

test('final-activation: bounded logits have a floor, half-bounded ones none; labels have to be within reach', () => {
  const softmax = check('final-activation', { layers: [dense(4, 'softmax')] });
  fails(softmax, 'wrong-final-activation', /cannot fall below 0\.744; make it linear/);
  assert.deepEqual(softmax.patch, [{ op: 'replace', path: '/model/layers/0/activation', value: 'linear' }]);
  const layered = check('final-activation', { layers: [dense(4), { type: 'activation', function: 'tanh' }] });
  assert.deepEqual(layered.patch, [{ op: 'remove', path: '/model/layers/1' }]);
  const relu = check('final-activation', { layers: [dense(4, 'relu')] });
  fails(relu, 'wrong-final-activation', /takes logits of any sign/, 'warn');
  fails(check('final-activation', regression('sigmoid', 3)), 'wrong-final-activation', /labels go from 0\.00 to 3\.00/);
  assert.equal(check('final-activation', regression('sigmoid', 1)).verdict, 'pass');
  assert.equal(check('final-activation', regression('relu', 30)).verdict, 'pass');
});

test('gradient-flow: a net of zeros, a layer cut off, dead units', () => {
  const zero = { initializer: 'zeros' as const };
  const zeros = check('gradient-flow', {
    layers: [
      { ...dense(8, 'tanh'), ...zero },
      { ...dense(4), ...zero },
    ],
  });
  fails(zeros, 'no-gradient', /no kernel receives a gradient/);
  const detached = (x: Tensor): Tensor =>
    tf.customGrad((y) => ({ value: (y as Tensor).clone(), gradFunc: (dy) => tf.zerosLike(dy as Tensor) }))(x);
  const cut = check('gradient-flow', {
    layers: [dense(8, 'tanh'), dense(8, 'tanh'), dense(4)],
    change: { at: 1, by: detached },
  });
  fails(cut, 'no-gradient', /dense_0\/kernel, dense_1\/kernel receive no gradient/);
});

test('gradient-flow: a last layer of zeros is sound, and so is a bias that batch normalisation takes off again', () => {
  const last = check('gradient-flow', { layers: [dense(8, 'tanh'), { ...dense(4), initializer: 'zeros' }] });
  assert.equal(last.verdict, 'pass', last.message);
  const normalised = check('gradient-flow', { layers: [dense(8), { type: 'batch-normalization' }, dense(4)] });
  assert.equal(normalised.verdict, 'pass', normalised.message);
  assert.equal(normalised.evidence.withoutGradient, 'dense_0/bias');
});

const deep = (deviation: number, activation: 'tanh' | 'relu' | 'sigmoid', count = 8): Layers => [
  ...Array.from({ length: count }, () => ({
    ...dense(32, activation),
    initializer: { type: 'normal' as const, deviation },
  })),
  dense(4),
];

test('gradient-flow: gradients that vanish by depth', () => {
  fails(
    check('gradient-flow', { layers: deep(0.2, 'sigmoid') }),
    'vanishing-gradient',
    /they vanish on their way back/,
    'warn',
  );
});

test('signal: dies away, grows, saturates, dead units; he-normal keeps it', () => {
  fails(check('signal', { layers: deep(0.01, 'tanh') }), 'initialisation-too-small', /the signal dies away by depth/);
  fails(check('signal', { layers: deep(2, 'relu') }), 'initialisation-too-large', /the signal grows by depth/);
  fails(check('signal', { layers: deep(3, 'tanh') }), 'saturated-units', /lie at its bounds/, 'warn');
  const dead = check('signal', {
    layers: [dense(16, 'relu'), dense(4)],
    change: { at: 0, by: (x) => tf.mul(x, tf.cast(tf.greater(tf.range(0, 16), 14), 'float32')) },
  });
  fails(dead, 'dead-units', /(9\d|100) % of the units of 'dense_0' are 0 for all 100 examples/);
  const he = Array.from({ length: 12 }, () => ({ ...dense(64, 'relu'), initializer: 'he-normal' as const }));
  assert.equal(check('signal', { layers: [...he, dense(4)] }).verdict, 'pass');
  assert.equal(check('signal', { layers: [dense(4)] }).verdict, 'skipped');
});

test('signal: measuring leaves the moving averages of batch normalisation alone', () => {
  const layers: Layers = [dense(8), { type: 'batch-normalization' }, { type: 'dropout', rate: 0.5 }, dense(4)];
  const [once, again] = [check('signal', { layers }), check('signal', { layers })];
  assert.deepEqual(once, again);
});

test('tiled-batch: a loss that depends on how many examples there are', () => {
  const summed = check('tiled-batch', { layers: mlp, change: { at: 1, by: (x) => tf.mul(x, x.shape[0]!) } });
  fails(summed, 'batch-size-in-loss', /training step, in double precision.*depends on the size of the batch/);
});

test('neighbours: examples that are mixed, in training or while it is random', () => {
  const mixed = (x: Tensor): Tensor => tf.sub(x, tf.mean(x, 0, true));
  fails(check('neighbours', { layers: mlp, change: { at: 0, by: mixed } }), 'examples-mixed', /training step/);
  const random = check('neighbours', {
    layers: [dense(16, 'relu'), { type: 'dropout', rate: 0.5 }, dense(4)],
    change: { at: 0, by: mixed },
  });
  fails(random, 'examples-mixed', /evaluation, in single precision/);
  const normalised = check('neighbours', { layers: [dense(16), { type: 'batch-normalization' }, dense(4)] });
  assert.equal(normalised.verdict, 'pass', normalised.message);
});

test('zeroed-inputs: a net that does not look at them, and labels that ask for nothing', () => {
  const blind = check('zeroed-inputs', { layers: mlp, change: { at: 0, by: (x) => tf.mul(x, 0) } });
  fails(blind, 'inputs-unused', /does not depend on its inputs/);
  const one = { ...classes, labels: { ...classes.labels, values: new Int32Array(200) } } as LoadedData;
  assert.equal(check('zeroed-inputs', { layers: mlp, data: one }).verdict, 'skipped');
});

/** Inputs that are the labels, as logits. */
function told(count: number): LoadedData {
  const data = blobs({ rows: 200, shape: [count], classes: count });
  const values = new Float32Array(200 * count);
  data.labels.values.forEach((label, row) => {
    values[row * count + label] = 10;
  });
  return { ...data, inputs: { ...data.inputs, values } as LoadedData['inputs'] };
}

/** Before it has seen a batch, batch normalisation leaves them as they are. */
const asGiven: Layers = [{ type: 'batch-normalization' }];

test('a net that knows the labels before it has learned anything', () => {
  const finding = check('initial-loss', { layers: asGiven, data: told(4) });
  fails(finding, 'leakage', /the model knows the labels before it has learned anything$/);
});

test('of few classes that may be chance, and only warns', () => {
  const finding = check('initial-loss', { layers: asGiven, data: told(3) });
  fails(finding, 'leakage', /or by chance: there are few classes$/, 'warn');
});

test('a net that starts from given weights may know the labels', () => {
  const warmStart = { file: 'weights.safetensors' };
  const finding = check('initial-loss', { layers: asGiven, data: told(4), warmStart });
  assert.equal(finding.verdict, 'pass');
  assert.match(finding.message, /the weights it starts from know more$/);
});
