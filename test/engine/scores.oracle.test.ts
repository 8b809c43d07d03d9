/** Oracle: scores are scikit-learn's; every plan gives the same outputs. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { aucOf } from '../../services/engine/evaluation/auc.ts';
import { classScores } from '../../services/engine/evaluation/class-scores.ts';
import { scoresOf } from '../../services/engine/evaluation/scores.ts';
import { valueScores } from '../../services/engine/evaluation/value-scores.ts';
import { eagerPlan } from '../../services/engine/plan/eager-plan.ts';
import { graphPlan } from '../../services/engine/plan/graph-plan.ts';
import { initialState } from '../../services/engine/plan/task.ts';
import { xlaPlan } from '../../services/engine/plan/xla-plan.ts';
import { blobs, dense, smallSpec, smallTask } from './small-task.ts';

interface Averages {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

interface Oracle {
  readonly outputs: number[][];
  readonly labels: number[];
  readonly accuracy: number;
  readonly topFive: number;
  readonly macro: Averages;
  readonly weighted: Averages;
  readonly precision: number[];
  readonly recall: number[];
  readonly f1: number[];
  readonly auc: number[];
  readonly confusion: number[][];
  readonly y: number[][];
  readonly z: number[][];
  readonly meanAbsoluteError: number;
  readonly meanSquaredError: number;
  readonly r2: number;
}

const oracle = JSON.parse(
  readFileSync(new URL('../oracles/scores/scikit-learn.json', import.meta.url), 'utf8'),
) as Oracle;

const near = (actual: number | null, expected: number, what: string, tolerance = 1e-12) =>
  assert.ok(actual !== null && Math.abs(actual - expected) <= tolerance, `${what}: ${actual} is not ${expected}`);

test('scores of a classifier are those of scikit-learn', () => {
  const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
  const scores = classScores(Float32Array.from(oracle.outputs.flat()), Int32Array.from(oracle.labels), names);
  near(scores.accuracy, oracle.accuracy, 'accuracy');
  for (const kind of ['macro', 'weighted'] as const)
    for (const name of ['precision', 'recall', 'f1'] as const)
      near(scores[kind][name], oracle[kind][name], `${kind} ${name}`);
  scores.classes.forEach((one, k) => {
    for (const name of ['precision', 'recall', 'f1', 'auc'] as const)
      near(one[name], oracle[name][k]!, `${name} of ${k}`, 1e-9);
  });
  assert.deepEqual(scores.confusion, oracle.confusion);
  // Ties: scikit-learn takes the last of equal outputs, this the first, so only rows without a tie at the border agree.
  near(scores.topFive, oracle.topFive, 'top five', 0.03);
});

test('an area needs examples of both kinds; ties count half', () => {
  assert.equal(
    aucOf(Float64Array.of(1, 2), () => true),
    null,
  );
  assert.equal(
    aucOf(Float64Array.of(1, 1), (row) => row === 0),
    0.5,
  );
  assert.equal(
    aucOf(Float64Array.of(1, 2, 3), (row) => row === 2),
    1,
  );
});

test('scores of a regression are those of scikit-learn', () => {
  const scores = valueScores(Float32Array.from(oracle.z.flat()), Float32Array.from(oracle.y.flat()), 2);
  near(scores.meanAbsoluteError, oracle.meanAbsoluteError, 'MAE', 1e-6);
  near(scores.meanSquaredError, oracle.meanSquaredError, 'MSE', 1e-6);
  near(scores.rootMeanSquaredError, Math.sqrt(oracle.meanSquaredError), 'RMSE', 1e-6);
  near(scores.r2, oracle.r2, 'R²', 1e-6);
  assert.equal(valueScores(Float32Array.of(1, 2), Float32Array.of(3, 3), 1).r2, null);
});

test('every plan predicts the same, and the accuracy is that of the evaluation', () => {
  const data = blobs({ rows: 330, shape: [6], classes: 4 });
  const found = [graphPlan, xlaPlan, eagerPlan].map((make) => {
    const { task } = smallTask(smallSpec({ model: { layers: [dense(4)] } }), data);
    const plan = make(task);
    plan.set(initialState(task));
    const rows = data.splits.training;
    const outputs = plan.predict(rows);
    const scores = scoresOf((some) => plan.predict(some), data, rows);
    const { score } = plan.evaluate(rows);
    plan.dispose();
    task.built.dispose();
    assert.ok(scores?.kind === 'class');
    near(scores.accuracy, score, 'accuracy', 1e-6);
    assert.equal(outputs.length, rows.length * 4);
    return outputs;
  });
  for (const outputs of found.slice(1))
    outputs.forEach((value, i) => void near(value, found[0]![i]!, `output ${i}`, 1e-5));
});
