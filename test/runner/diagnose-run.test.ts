/** The record that a diagnosis keeps of a run. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
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
