/** What a spec may say of a module, before any of it runs. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MOST_CODE, monitored, ownMetric, parse, SpecError, type TrainSpecInput, validateSpec } from '@anneal/schemas';

const base: TrainSpecInput = {
  kind: 'train',
  data: { type: 'iris', split: { validation: 0.1 } },
  model: { layers: [{ type: 'dense', units: 3 }] },
  loss: { type: 'module', code: 'export const loss = 1' },
  update: { rule: 'module', code: 'export const updateRule = 1', slots: ['m'] },
  schedule: { type: 'constant', rate: 0.1 },
  budget: { epochs: 1 },
};
const metric = { type: 'module', code: 'export const metric = 1' };
const limits = { memoryBytes: 2 ** 40 };
const layer = (more: object) => ({
  model: {
    layers: [
      { type: 'module', code: 'x', ...more },
      { type: 'dense', units: 3 },
    ],
  },
});

test('a layer of one’s own counts its weights and makes the shape that it says', () => {
  const weights = { kernel: { shape: [4, 5] }, bias: { shape: [5], initializer: 'zeros' } };
  const { layers, parameters } = validateSpec({ ...base, ...layer({ output: [5], weights }) }, limits);
  assert.deepEqual([layers[0]!.output, parameters], [[5], 25 + 18]);
  const plain = validateSpec({ ...base, ...layer({}) }, limits);
  assert.deepEqual([plain.layers[0]!.output, plain.parameters], [[4], 15]);
});

test('a loss of one’s own takes classes and numbers', () => {
  validateSpec(base, limits);
  validateSpec({ ...base, data: { type: 'diabetes' }, model: { layers: [{ type: 'dense', units: 1 }] } }, limits);
});

const refused: readonly [object, RegExp][] = [
  [{ loss: { type: 'module', code: 'x'.repeat(MOST_CODE + 1) } }, /^loss\.code: 'x+… is not allowed: too big/],
  [{ loss: { type: 'module' } }, /^loss\.code: is missing/],
  [
    { loss: { type: 'module', code: 'x', fileName: '../x.ts' } },
    /^loss\.fileName: '\.\.\/x\.ts' is not allowed: must be the name of a file/,
  ],
  [{ update: { rule: 'module', code: 'x', slots: ['a/b'] } }, /^update\.slots\[0\]: 'a\/b' is not allowed/],
  [
    { momentumSchedule: { type: 'constant', rate: 0.5 } },
    /^momentumSchedule: the rule module has no momentum to anneal/,
  ],
  [{ metrics: { 'a b': metric } }, /^metrics\.a b: .*must be a name of letters, digits, - and _/],
  [{ metrics: { a: { ...metric, better: 'more' } } }, /^metrics\.a\.better: 'more' is not allowed.*higher, lower/],
  [
    { metrics: Object.fromEntries(Array.from({ length: 21 }, (_metric, i) => [`m${i}`, metric])) },
    /^metrics: .*must be 20 metrics at most/,
  ],
  [
    { metrics: { brier: metric }, data: { ...base.data, split: { validation: 0, test: 0 } } },
    /^metrics: .*hold out a share/,
  ],
  [
    { metrics: { brier: metric }, monitor: 'metrics/brie' },
    /^monitor: metrics has no 'brie'; there are brier \(nearest: metrics\/brier\)/,
  ],
  [{ monitor: 'metrics/brier' }, /^monitor: metrics has no 'brier'; metrics names none/],
  [{ monitor: 'metric/brier' }, /^monitor: 'metric\/brier' is not allowed/],
  [{ metrics: { brier: metric }, monitor: 'r2' }, /^monitor: .*allowed: .*metrics\/brier/],
  [
    { model: { layers: base.model.layers, code: 'x' } },
    /^model\.code: is not offered: a module of one's own is a layer, a loss, a metric or an update rule/,
  ],
  [layer({ output: [2, 2] }), /^model\.layers\[1\]: dense 'dense_1' got \[2, 2\]/],
];

for (const [change, says] of refused)
  test(`refused: ${says.source}`, () => {
    assert.throws(
      () => validateSpec({ ...base, ...change }, limits),
      (error) => error instanceof SpecError && says.test(error.message),
    );
  });

test('a metric steers as it is, or negative where lower is better; one that is not finite is the worst', () => {
  const judged = { loss: 0.5, score: 0.9 };
  const scores = () => assert.fail('nothing else is asked for');
  const by = (better: 'higher' | 'lower', value: number | null) => {
    const metrics = { a: { ...parse(ownMetric, metric), better } };
    return monitored('metrics/a', { judged, metrics, values: { a: value }, scores });
  };
  assert.deepEqual([by('higher', 0.25), by('lower', 0.25)], [0.25, -0.25]);
  assert.ok(by('higher', null) < -1e300 && by('lower', null) < -1e300);
});
