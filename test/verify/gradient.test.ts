/** The gradient check: right gradients of all kinds of layers and losses agree, wrong ones of the kinds people write are found, each beside its right twin. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LoadedData } from '@anneal/engine';
import type { Finding, TrainSpecInput } from '@anneal/schemas';
import type { Tensor } from '@tensorflow/tfjs';
import { tf } from '../../services/engine/tensorflow.ts';
import { gradient } from '../../services/verify/checks/gradient.ts';
import { blobs, dense, smallSpec, smallTask } from '../engine/small-task.ts';

const classes = blobs({ rows: 60, shape: [8, 8, 1], classes: 4, bytes: true });
const flat = { type: 'flatten' as const };
const numbers: LoadedData = {
  ...classes,
  labels: { kind: 'values', shape: [4], values: Float32Array.from({ length: 240 }, (_y, i) => (Math.sin(i) + 1) / 2) },
};

type Change = (built: ReturnType<typeof smallTask>['task']['built']) => void;

function check(overrides: Partial<TrainSpecInput>, data = classes, change: Change = () => {}): Finding {
  const spec = smallSpec(overrides);
  const { task } = smallTask(spec, data);
  change(task.built);
  try {
    return gradient.run({ spec, built: task.built, data } as never)[0]!;
  } finally {
    task.built.dispose();
  }
}

const right = ({ verdict, message, evidence }: Finding, least = 10) => {
  assert.equal(verdict, 'pass', message);
  assert.ok((evidence.worstError as number) < 1e-6, message);
  assert.ok((evidence.parameters as number) >= least, message);
};

const nets: Record<string, TrainSpecInput['model']['layers']> = {
  'tanh net': [flat, dense(8, 'tanh'), dense(4)],
  'relu net': [flat, dense(8, 'relu'), dense(4)],
  'convolution, max pooling and dropout': [
    { type: 'conv2d', filters: 4, kernelSize: 3, activation: 'relu' },
    { type: 'max-pooling2d' },
    flat,
    { type: 'dropout', rate: 0.3 },
    dense(4),
  ],
  'batch and layer normalisation': [
    { type: 'conv2d', filters: 4, kernelSize: 3 },
    { type: 'batch-normalization' },
    { type: 'activation', function: 'tanh' },
    flat,
    { type: 'layer-normalization' },
    dense(4),
  ],
  'separable and transposed convolution': [
    { type: 'separable-conv2d', filters: 4, kernelSize: 3, activation: 'tanh' },
    { type: 'conv2d-transpose', filters: 2, kernelSize: 2, strides: 2 },
    { type: 'average-pooling2d' },
    flat,
    dense(4),
  ],
  lstm: [{ type: 'reshape', shape: [8, 8] }, { type: 'lstm', units: 5 }, dense(4)],
  gru: [{ type: 'reshape', shape: [8, 8] }, { type: 'gru', units: 5 }, dense(4)],
};

for (const [name, layers] of Object.entries(nets))
  test(`${name}: the gradient agrees`, () =>
    right(check({ model: { layers }, regularization: { l1: 0.001, l2: 0.01 } })));

for (const loss of [
  { type: 'softmax-cross-entropy', labelSmoothing: 0.1, classWeights: [1, 2, 1, 0.5] },
  { type: 'weston-watkins' },
  { type: 'one-vs-all-hinge', squared: true },
] as TrainSpecInput['loss'][])
  test(`${loss.type}: the gradient agrees`, () => right(check({ model: { layers: [flat, dense(4)] }, loss }), 4));

for (const type of [
  'mean-squared-error',
  'mean-absolute-error',
  'huber',
  'sigmoid-cross-entropy',
  'cosine-distance',
] as const)
  test(`${type}: the gradient agrees`, () =>
    right(check({ model: { layers: [flat, dense(6, 'tanh'), dense(4)] }, loss: { type } as never }, numbers)));

test('an ensemble and augmentation: the gradient agrees', () => {
  const augmentation = [{ type: 'noise' as const, deviation: 0.1 }];
  right(check({ model: { layers: [flat, dense(4)] }, ensemble: { members: 3 }, augmentation }));
});

/** What the first layer's output hands back in the place of dy. */
const wrong: Record<string, (dy: Tensor) => Tensor> = {
  'a factor of 1.001': (dy) => tf.mul(dy, 1.001),
  'the sign': (dy) => tf.neg(dy),
  'a detached branch': (dy) => tf.zerosLike(dy),
  'a sum for a mean': (dy) => tf.mul(dy, dy.shape[0]!),
  'a mean over the batch': (dy) => tf.add(tf.zerosLike(dy), tf.mean(dy, 0, true)),
  'the wrong order of examples': (dy) => tf.reverse(dy, 0),
  'the wrong order of units': (dy) => tf.reverse(dy, 1),
  'a unit left out': (dy) => tf.mul(dy, tf.tensor2d([[1, 1, 1, 0, 1, 1, 1, 1]])),
  'a square': (dy) => tf.mul(dy, tf.abs(dy)),
  'a missing factor of the activation': (dy) => tf.mul(dy, 2),
  'units shifted by one': (dy) => tf.concat([tf.slice(dy, [0, 1], [-1, 7]), tf.slice(dy, [0, 0], [-1, 1])], 1),
  'a constant': (dy) => tf.onesLike(dy),
};

/** The first dense layer's output, unchanged forward and with `back` as its gradient. */
const handingBack =
  (back: (dy: Tensor) => Tensor): Change =>
  ({ model }) => {
    const layer = model.layers.find(({ name }) => name === 'dense_1')!;
    const call = layer.call.bind(layer);
    const same = tf.customGrad((x) => ({ value: tf.clone(x as Tensor), gradFunc: (dy) => back(dy as Tensor) }));
    layer.call = (inputs, kwargs) => same([call(inputs, kwargs)].flat()[0]!);
  };

const layers = [flat, dense(8, 'tanh'), dense(4)];
for (const [name, back] of Object.entries(wrong))
  test(`a wrong gradient is found: ${name}`, () => {
    const { verdict, cause, message, evidence } = check({ model: { layers } }, classes, handingBack(back));
    assert.equal(cause, 'wrong-gradient', message);
    assert.equal(verdict, name === 'a factor of 1.001' ? 'warn' : 'fail', message);
    assert.match(String(evidence.worstAt), /^dense_1\/|^random direction/);
    assert.match(message, /that of the data loss alone is wrong too/);
  });

test('its right twin is not accused', () =>
  right(
    check(
      { model: { layers } },
      classes,
      handingBack((dy) => dy),
    ),
  ));

test('kinks are set apart, and what has no doubles is named', () => {
  const kinky = check({ model: { layers: [flat, dense(8, 'relu'), dense(4)] } });
  assert.equal(typeof kinky.evidence.kinked, 'number');
  const { verdict, message } = check({
    model: { layers: [{ type: 'reshape', shape: [4, 4, 4, 1] }, { type: 'max-pooling3d' }, flat, dense(4)] },
  });
  assert.equal(verdict, 'skipped');
  assert.match(message, /no double-precision kernel for MaxPool3D/);
});
