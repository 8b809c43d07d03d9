/** The first checks pass on sound set-ups, and each fails on the mistake it is made for. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LoadedData } from '@anneal/engine';
import { checkNames, type Finding, type TrainSpecInput } from '@anneal/schemas';
import { runChecks } from '@anneal/verify';
import { graphPlan } from '../../services/engine/plan/graph-plan.ts';
import { getState, initialState, setState, stateVariables } from '../../services/engine/plan/task.ts';
import { blobs, dense, smallSpec, smallTask } from '../engine/small-task.ts';

const sound = blobs({ rows: 300, shape: [20], classes: 4 });

function check(overrides: Partial<TrainSpecInput> = {}, data: LoadedData = sound): Map<string, Finding> {
  const spec = smallSpec(overrides);
  const { task } = smallTask(spec, data);
  const plan = graphPlan(task);
  setState(plan, initialState(task));
  const heard: Finding[] = [];
  const target =
    data.labels.kind === 'class' ? { kind: 'class' as const, classes: 4 } : { kind: 'values' as const, shape: [1] };
  const findings = runChecks({ spec, built: task.built, data, target, task, plan }, (finding) => heard.push(finding));
  assert.deepEqual(heard, findings);
  const after = getState(
    plan,
    stateVariables(task).map(({ name }) => name),
  );
  assert.deepEqual(after, initialState(task), 'the checks leave the plan in its initial state');
  plan.dispose();
  task.built.dispose();
  return new Map(findings.map((finding) => [finding.rule, finding]));
}

const verdicts = (findings: Map<string, Finding>) =>
  Object.fromEntries([...findings].map(([rule, { verdict }]) => [rule, verdict]));
const allPass = Object.fromEntries(checkNames.map((name) => [name, 'pass']));

test('a sound classifier passes', () => {
  const findings = check();
  assert.deepEqual(verdicts(findings), allPass);
  assert.ok(Math.abs(Number(findings.get('initial-loss')!.evidence.lossAtChance) - Math.log(4)) < 1e-12);
});

test('a sound hinge classifier passes, with C − 1 at chance', () => {
  const findings = check({ loss: { type: 'weston-watkins' } });
  assert.deepEqual(verdicts(findings), allPass);
  assert.equal(findings.get('initial-loss')!.evidence.lossAtChance, 3);
});

test('dropout and batch normalisation do not keep a sound net from learning twenty examples by heart', () => {
  const layers = [
    dense(32, 'relu'),
    { type: 'batch-normalization' as const },
    { type: 'dropout' as const, rate: 0.5 },
    dense(4),
  ];
  assert.deepEqual(verdicts(check({ model: { layers } })), allPass);
});

test('the strength of the spec is what the compiled step adds', () => {
  const { evidence, verdict } = check({ regularization: { l1: 1e-3, l2: 1e-2 } }).get('regularization')!;
  assert.equal(verdict, 'pass');
  assert.ok(Math.abs(Number(evidence.lossAddedByStep) / Number(evidence.lossAdded) - 1) < 1e-4);
  assert.ok(Math.abs(Number(evidence.lossAddedTenfold) / Number(evidence.lossAdded) - 10) < 1e-3);
});

test('inputs of the wrong scale raise the initial loss', () => {
  const bytes = blobs({ rows: 300, shape: [20], classes: 4, bytes: true });
  const finding = check({}, { ...bytes, scale: { multiply: 1, add: 0 } }).get('initial-loss')!;
  assert.equal(finding.verdict, 'fail');
  assert.equal(finding.cause, 'input-scale');
  assert.deepEqual(finding.patch, [{ op: 'replace', path: '/data/scale', value: 'unit' }]);
});

test('a net that cannot learn twenty examples by heart fails', () => {
  const zeros = { type: 'dense' as const, units: 16, activation: 'relu' as const, initializer: 'zeros' as const };
  const finding = check({ model: { layers: [zeros, { ...zeros, units: 4, activation: 'linear' }] } }).get('overfit')!;
  assert.equal(finding.verdict, 'fail');
  assert.equal(finding.cause, 'cannot-overfit');
});

test('two different labels for the same rows cannot be learned', () => {
  const same = new Float32Array(sound.inputs.values.length).fill(0.5);
  const finding = check({}, { ...sound, inputs: { dtype: 'float32', shape: sound.inputs.shape, values: same } }).get(
    'overfit',
  )!;
  assert.equal(finding.verdict, 'fail');
});

test('a regression has no loss at chance, and that is said', () => {
  const { classes: _classes, ...labels } = { ...sound.labels, classes: 4 };
  const values = Float32Array.from(labels.values, (value) => value / 4);
  const data: LoadedData = { ...sound, labels: { kind: 'values', shape: [1], values } };
  const findings = check(
    { loss: { type: 'mean-squared-error' }, model: { layers: [dense(32, 'relu'), dense(1)] } },
    data,
  );
  assert.deepEqual(verdicts(findings), { ...allPass, 'initial-loss': 'skipped' });
});

test('a tiny sound net is not accused: it needs a larger rate to learn by heart', () => {
  const two = blobs({ rows: 200, shape: [2], classes: 2 });
  const finding = check(
    { model: { layers: [dense(8, 'tanh'), dense(4)] } },
    { ...two, labels: { ...two.labels, classes: 4 } as never },
  ).get('overfit')!;
  assert.equal(finding.verdict, 'pass', finding.message);
});

test('a net without weights to regularise is not judged on it', () => {
  const layers = [{ type: 'batch-normalization' as const }];
  const data = blobs({ rows: 200, shape: [4], classes: 4 });
  assert.equal(check({ model: { layers } }, data).get('regularization')!.verdict, 'skipped');
});
