/** Metrics of users' modules: those that are built in are their oracle, a split is taken whole, and they steer a run. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { METRIC_ROWS, type OwnMetric, ownMetric, parse } from '@anneal/schemas';
import { random } from '../../../services/engine/data/permutation.ts';
import { scoresOf } from '../../../services/engine/evaluation/scores.ts';
import { ownMetrics } from '../../../services/engine/own-code/own-metric.ts';
import { tf } from '../../../services/engine/tensorflow.ts';
import { epochRows, run } from '../loop-run.ts';
import { confinedRecorder } from './recorder.ts';

await confinedRecorder();

const metric = (code: string, more: object = {}): OwnMetric =>
  parse(ownMetric, { type: 'module', code, fileName: 'mine.js', ...more });

const accuracy = metric(
  `export const metric = (tf, labels, z) => tf.mean(tf.cast(tf.equal(tf.argMax(z, -1), labels), 'float32'));`,
  { labels: 'index' },
);

/** The mean over the classes of 2TP / (2TP + FP + FN): no mean over examples. */
const macroF1 = metric(`
export function metric(tf, labels, predictions) {
  const taken = tf.cast(tf.oneHot(tf.argMax(predictions, -1), predictions.shape[1]), 'float32');
  const right = tf.sum(tf.mul(taken, labels), 0);
  return tf.mean(tf.div(tf.mul(2, right), tf.add(tf.sum(taken, 0), tf.sum(labels, 0))));
}`);

const meanAbsolute = metric('export const metric = (tf, labels, z) => tf.mean(tf.abs(tf.sub(labels, z)));');

function uniform(seed: number, length: number): Float32Array {
  const next = random(seed);
  return Float32Array.from({ length }, () => next() / 2 ** 32 - 0.5);
}

function classesOf(rows: number, classes: number) {
  const outputs = uniform(5, rows * classes);
  const values = Int32Array.from(uniform(9, rows), (x) => Math.floor((x + 0.5) * classes));
  const data = { labels: { kind: 'class' as const, classes, values } };
  return { outputs, data, rows: Int32Array.from({ length: rows }, (_row, i) => i) };
}

test('accuracy and macro F1 of modules are those of scores.json', () => {
  const { outputs, data, rows } = classesOf(3000, 4);
  const scores = scoresOf(() => outputs, data, rows, { accuracy, macroF1 });
  assert.ok(scores?.kind === 'class' && scores.metrics);
  assert.ok(Math.abs(scores.metrics.accuracy! - scores.accuracy) < 1e-6);
  assert.ok(Math.abs(scores.metrics.macroF1! - scores.macro.f1) < 1e-6);
});

test('the mean absolute error of a module is that of scores.json, of more examples than are taken at once too', () => {
  const rows = 2 * METRIC_ROWS + 700;
  const labels = { kind: 'values' as const, shape: [2], values: uniform(3, 2 * rows) };
  const order = Int32Array.from({ length: rows }, (_row, i) => rows - 1 - i);
  const scores = scoresOf(() => uniform(4, 2 * rows), { labels }, order, { meanAbsolute });
  assert.ok(scores?.kind === 'values' && scores.metrics);
  assert.ok(Math.abs(scores.metrics.meanAbsolute! - scores.meanAbsoluteError) < 1e-6);
});

test('a value that is not finite is null, and no tensor is left behind', () => {
  const { outputs, data, rows } = classesOf(40, 4);
  const before = tf.memory().numTensors;
  const nothing = metric('export const metric = (tf, labels, z) => tf.div(tf.sum(z), 0);');
  assert.deepEqual(ownMetrics({ nothing }, data, outputs, rows), { nothing: null });
  assert.equal(tf.memory().numTensors, before);
});

/** Worst where the net is surest: it picks another epoch than accuracy. */
const sureness = 'export const metric = (tf, labels, z) => tf.mean(tf.max(tf.softmax(z), -1));';

test('a run is steered by the metric it names, higher or lower, and writes its series', async () => {
  const by = async (better: 'higher' | 'lower') => {
    const metrics = { sure: { type: 'module' as const, code: sureness, fileName: 'sure.js', better } };
    const { result, error, files } = run({ metrics, monitor: 'metrics/sure', budget: { epochs: 4 } });
    assert.equal(error, null);
    const values = (await epochRows(files)).map((row) => row['metrics/sure'] as number);
    return { best: result!.best!.score, values };
  };
  const [higher, lower] = [await by('higher'), await by('lower')];
  assert.deepEqual(higher.values, lower.values);
  assert.equal(higher.values.length, 4);
  assert.equal(higher.best, Math.max(...higher.values));
  assert.equal(lower.best, -Math.min(...lower.values));
  assert.notEqual(Math.max(...higher.values), Math.min(...higher.values));
});
