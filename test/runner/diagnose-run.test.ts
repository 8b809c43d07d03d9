/** The record that a diagnosis keeps of a run. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Finding } from '@anneal/schemas';
import { RunDiagnosis } from '../../services/runner/diagnose-run.ts';
import { blobs, smallSpec, smallTask } from '../engine/small-task.ts';

test('the losses of an ensemble are means over its members already', () => {
  const spec = smallSpec({ ensemble: { members: 4 } });
  const data = blobs({ rows: 300, shape: [6], classes: 4 });
  const { task, order } = smallTask(spec, data);
  const { stepsPerEpoch } = order;
  const tell = () => assert.fail('nothing is to be told');
  const diagnosis = new RunDiagnosis({
    spec,
    task,
    stepsPerEpoch,
    findings: [],
    tell,
    resumed: undefined,
  });
  const losses = { loss: Float32Array.of(1.5), dataLoss: Float32Array.of(1.25), observations: [] };
  diagnosis.steps(1, losses, Float32Array.of(0.1));
  const { first, layers, data: summary } = diagnosis.record(null);
  assert.deepEqual(first, { loss: 1.5, dataLoss: 1.25 });
  assert.equal(layers.length, spec.model.layers.length);
  assert.equal(summary.training, 240);
  task.built.dispose();
});

for (const [steps, halts] of [
  [100, false],
  [200, true],
] as const) {
  test(`a cause told of at step 100 of ${steps} ${halts ? 'stops' : 'does not stop'} the run`, () => {
    const spec = smallSpec({ budget: { steps }, onDiagnosis: 'stop', schedule: { type: 'constant', rate: 30 } });
    const data = blobs({ rows: 300, shape: [6], classes: 4 });
    const { task, order } = smallTask(spec, data);
    const told: Finding[] = [];
    const { stepsPerEpoch } = order;
    const diagnosis = new RunDiagnosis({
      ...{ spec, task, stepsPerEpoch, findings: [], tell: (finding) => told.push(finding), resumed: undefined },
    });
    for (let step = 1; step <= 100; step++) {
      const loss = Float32Array.of(step === 1 ? 1.4 : step < 50 ? 500 + step : 1.5);
      diagnosis.steps(step, { loss, dataLoss: loss, observations: [] }, Float32Array.of(30));
      if (step >= 80 && step % 10 === 0)
        diagnosis.epoch({ step, trainingLoss: 1.5, validationLoss: 1.5, validationScore: 0.25 });
      if (step < 100) assert.equal(diagnosis.halting, null);
    }
    assert.equal(told.length, 1);
    assert.equal(diagnosis.halting, halts ? told[0] : null);
    task.built.dispose();
  });
}
