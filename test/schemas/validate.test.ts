/** Validation: every mistake gets a sentence that names the field, what was given, what is allowed and the nearest valid choice. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type SpecError, type SpecInput, type TrainSpec, validateSpec } from '@anneal/schemas';

const GIB = 2 ** 30;

const valid = (): Record<string, never> & SpecInput =>
  ({
    kind: 'train',
    data: { type: 'fashion-mnist' },
    model: {
      layers: [
        { type: 'conv2d', filters: 32, kernelSize: 3, padding: 'same', activation: 'relu' },
        { type: 'max-pooling2d' },
        { type: 'flatten' },
        { type: 'dense', units: 10 },
      ],
    },
    loss: { type: 'softmax-cross-entropy' },
    update: { rule: 'adam' },
    schedule: { type: 'constant', rate: 1e-3 },
    budget: { epochs: 3 },
  }) as never;

// biome-ignore lint/suspicious/noExplicitAny: the tests break specs on purpose
type Broken = any;

function refuse(break_: (spec: Broken) => void): SpecError {
  const spec = valid();
  break_(spec);
  try {
    validateSpec(spec, { memoryBytes: 16 * GIB });
  } catch (error) {
    return error as SpecError;
  }
  throw new assert.AssertionError({ message: 'the spec was taken' });
}

test('a valid spec gets shapes, sizes and defaults', () => {
  const { spec: checked, layers, parameters } = validateSpec(valid(), { memoryBytes: 16 * GIB });
  const spec = checked as TrainSpec;
  assert.deepEqual(
    layers.map((layer) => layer.output),
    [[28, 28, 32], [14, 14, 32], [6272], [10]],
  );
  assert.equal(parameters, 3 * 3 * 32 + 32 + 6272 * 10 + 10);
  assert.equal(spec.batchSize, 64);
  assert.deepEqual(spec.regularization, { l1: 0, l2: 0 });
  assert.deepEqual(spec.update, { rule: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8, biasCorrection: true });
});

const mistakes: [what: string, break_: (spec: Broken) => void, code: string, param: string | null, message: RegExp][] =
  [
    [
      'an unknown rule',
      (s) => (s.update.rule = 'adamm'),
      'invalid_spec',
      'update.rule',
      /'adamm' is not known; did you mean 'adam'\?/,
    ],
    [
      'an unknown field',
      (s) => (s.model.layers[0].filtrs = 3),
      'unknown_field',
      'model.layers[0].filtrs',
      /did you mean 'filters'\?/,
    ],
    ['a field of the top', (s) => (s.batchsize = 3), 'unknown_field', 'batchsize', /did you mean 'batchSize'\?/],
    [
      'a nested field',
      (s) => (s.data.split = { validaton: 0.1 }),
      'unknown_field',
      'data.split.validaton',
      /did you mean 'validation'\?/,
    ],
    [
      'an unknown layer',
      (s) => (s.model.layers[0].type = 'convv2d'),
      'invalid_spec',
      'model.layers[0].type',
      /did you mean 'conv2d'\?/,
    ],
    [
      'a layer without type',
      (s) => delete s.model.layers[0].type,
      'invalid_spec',
      'model.layers[0].type',
      /is missing; allowed: dense, maxout, hierarchical-softmax, conv1d/,
    ],
    [
      'a hierarchical softmax in the middle',
      (s) => s.model.layers.splice(-1, 0, { type: 'hierarchical-softmax', units: 10 }),
      'invalid_spec',
      'model.layers[3]',
      /makes log-probabilities of classes, so it has to be the last layer/,
    ],
    [
      'a loss that takes no log-probabilities',
      (s) => {
        s.model.layers = [{ type: 'flatten' }, { type: 'hierarchical-softmax', units: 10 }];
        s.loss = { type: 'weston-watkins' };
      },
      'invalid_spec',
      'loss.type',
      /ends in hierarchical-softmax.*which weston-watkins does not take; give softmax-cross-entropy/,
    ],
    [
      'an unknown activation',
      (s) => (s.model.layers[0].activation = 'rleu'),
      'invalid_spec',
      'model.layers[0].activation',
      /did you mean 'relu'\?/,
    ],
    ['a negative rate', (s) => (s.schedule.rate = -1), 'invalid_spec', 'schedule.rate', /-1 is not allowed.*>0/],
    [
      'a rate that is NaN',
      (s) => (s.schedule.rate = Number.NaN),
      'invalid_spec',
      'schedule.rate',
      /NaN is not allowed/,
    ],
    [
      'an infinite rate',
      (s) => (s.schedule.rate = Number.POSITIVE_INFINITY),
      'invalid_spec',
      'schedule.rate',
      /Infinity is not allowed/,
    ],
    ['a rate in words', (s) => (s.schedule.rate = 'x'), 'invalid_spec', 'schedule.rate', /'x' is not allowed/],
    ['no budget', (s) => (s.budget = {}), 'invalid_spec', 'budget', /at least one of epochs, steps, seconds/],
    ['no update', (s) => delete s.update, 'invalid_spec', 'update', /is missing/],
    ['no layers', (s) => (s.model.layers = []), 'invalid_spec', 'model.layers', /is not allowed/],
    [
      'momentum of 1',
      (s) => (s.update = { rule: 'momentum', momentum: 1 }),
      'invalid_spec',
      'update.momentum',
      /1 is not allowed/,
    ],
    [
      'dense on an image',
      (s) => s.model.layers.splice(2, 1),
      'shape_mismatch',
      'model.layers[2]',
      /got \[14, 14, 32\], needs \[features\]; put a flatten layer/,
    ],
    [
      'a kernel over the edge',
      (s) => (s.model.layers[0] = { type: 'conv2d', filters: 1, kernelSize: 29 }),
      'shape_mismatch',
      'model.layers[0]',
      /got \[28, 28, 1\], needs at least 29 x 29/,
    ],
    [
      'pooling on a row',
      (s) => s.model.layers.splice(3, 0, { type: 'max-pooling2d' }),
      'shape_mismatch',
      'model.layers[3]',
      /needs \[height, width, channels\]/,
    ],
    [
      '11 outputs for 10 classes',
      (s) => (s.model.layers[3].units = 11),
      'shape_mismatch',
      'model.layers[3]',
      /makes \[11\], the labels need \[10\]/,
    ],
    [
      'a name used twice',
      (s) => {
        s.model.layers[0].name = 'a';
        s.model.layers[1].name = 'a';
      },
      'invalid_spec',
      'model.layers[1].name',
      /'a' is used twice/,
    ],
    [
      'a regression loss on classes',
      (s) => (s.loss.type = 'mean-squared-error'),
      'invalid_spec',
      'loss.type',
      /needs labels that are numbers/,
    ],
    [
      'a billion parameters',
      (s) => s.model.layers.splice(3, 0, { type: 'dense', units: 200_000 }),
      'model_too_large',
      'model.layers[3]',
      /1,256,600,330 parameters need about 2\d\.\d GiB .* has 16\.0 GiB/,
    ],
    ['something else entirely', (s) => (s.kind = 'trian'), 'invalid_spec', 'kind', /did you mean 'train'\?/],
  ];

for (const [what, break_, code, param, message] of mistakes) {
  test(`${what} is refused by name`, () => {
    const error = refuse(break_);
    assert.equal(error.code, code);
    assert.equal(error.param, param);
    assert.match(error.message, message);
  });
}

test('all mistakes are listed', () => {
  const error = refuse((s) => {
    s.update.rule = 'adamm';
    s.schedule.rate = -1;
    s.batchsize = 2;
  });
  assert.deepEqual(error.errors.map((detail) => detail.param).sort(), ['batchsize', 'schedule.rate', 'update.rule']);
  assert.match(error.message, /\(and 2 more\)$/);
});

test('what is no object at all is refused', () => {
  for (const input of [null, 3, 'train', [], undefined])
    assert.throws(() => validateSpec(input, { memoryBytes: GIB }), { name: 'AnnealError' });
});

test('labels may be missing where something is to be predicted, and nowhere else', () => {
  const csv = { type: 'csv', file: 'a.csv', features: ['x'] };
  const error = refuse((spec) => Object.assign(spec, { data: csv }));
  assert.equal(error.param, 'data.label');
  assert.match(error.message, /only a predict job does without labels, not a train job/);
  const npy = { type: 'npy', inputs: 'a.npy', shape: [28, 28, 1] };
  assert.equal(refuse((spec) => Object.assign(spec, { data: npy })).param, 'data.labels');
  const model = { job: 'job_00000000000000000000000000' };
  validateSpec({ kind: 'predict', model, data: csv }, { memoryBytes: GIB });
  assert.throws(
    () => validateSpec({ kind: 'ensemble', members: [model], data: npy }, { memoryBytes: GIB }),
    /not an ensemble job/,
  );
});

test('a run is steered by a score that its labels have', () => {
  const error = refuse((spec) => Object.assign(spec, { monitor: 'r2' }));
  assert.equal(error.param, 'monitor');
  assert.match(error.message, /'r2' is a score of numbers.*allowed: score, loss, macro-f1, macro-recall, auc$/);
  const unheld = refuse((spec) => {
    spec.monitor = 'macro-f1';
    spec.data.split = { validation: 0 };
  });
  assert.match(unheld.message, /monitor macro-f1 watches the validation score, but data\.split\.validation is 0/);
});

test('a net that has nothing to train is refused', () => {
  const frozen = refuse((spec) => {
    spec.model = { layers: [{ type: 'flatten' }, { type: 'dense', units: 10, frozen: true }] };
  });
  assert.equal(frozen.param, 'model.layers');
  assert.match(frozen.message, /there is nothing to train: all layers that have weights are frozen \(dense_1\)/);
  const none = refuse((spec) => {
    spec.model = { layers: [{ type: 'flatten' }, { type: 'activation', function: 'relu' }] };
  });
  assert.match(none.message, /there is nothing to train: no layer has weights/);
});
