/** Judging outputs: means over the rows against the formulas, in as many batches as it takes. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judge } from '@anneal/engine';
import { AnswerSum } from '../../services/ensemble/answer-sum.ts';

const near = (a: number, b: number, within = 1e-6) => assert.ok(Math.abs(a - b) <= within, `${a} is not ${b}`);

test('numbers: the mean loss, and its negative as score', () => {
  const labels = { kind: 'values' as const, shape: [2], values: Float32Array.of(9, 9, 1, 2, 3, 4) };
  const judged = judge(
    { loss: { type: 'mean-squared-error' } },
    { labels },
    Float32Array.of(1, 4, 3, 1),
    Int32Array.of(1, 2),
  );
  // ((0 + 4) / 2 + (0 + 9) / 2) / 2
  near(judged.loss, 3.25);
  near(judged.score, -3.25);
});

test('classes: cross-entropy and the share that is right, over more rows than are judged at once', () => {
  const rows = 5000;
  const labels = { kind: 'class' as const, classes: 2, values: Int32Array.from({ length: rows }, (_v, i) => i % 2) };
  const outputs = Float32Array.from({ length: 2 * rows }, (_v, i) => (i % 2 === 0 ? Math.log(3) : 0));
  const all = Int32Array.from({ length: rows }, (_v, i) => i);
  const judged = judge({ loss: { type: 'softmax-cross-entropy', labelSmoothing: 0 } }, { labels }, outputs, all);
  near(judged.loss, -(Math.log(0.75) + Math.log(0.25)) / 2);
  assert.equal(judged.score, 0.5);
});

test('sigmoids are averaged as probabilities and given back as logits', () => {
  const sum = new AnswerSum(1, { average: 'probabilities', probability: 'sigmoid', width: 1, classes: false });
  for (const output of [0, Math.log(3)]) sum.add(Float32Array.of(output));
  // (0.5 + 0.75) / 2
  near(sum.outputs[0]!, Math.log(0.625 / 0.375));
});
