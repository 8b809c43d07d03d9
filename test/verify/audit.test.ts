/** The audit of TF.js's gradients: every op of the registry is named, known faults are found, a spoiled gradient is found, right ones are not accused. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Realm } from './in-process.ts';

interface OpAudit {
  readonly op: string;
  readonly verdict: 'right' | 'inexact' | 'wrong' | 'refused';
  readonly cases: number;
  readonly note: string;
}

function audited(spoil = ''): { names: string[]; ops: Map<string, OpAudit> } {
  const realm = new Realm();
  const names = JSON.parse(String(realm.run('JSON.stringify([..._tfGlobals.get("gradRegistry").keys()])'))) as string[];
  realm.run(spoil);
  const { made, error } = realm.answer('anneal.audit()');
  assert.equal(error, undefined);
  return { names, ops: new Map((made as { ops: OpAudit[] }).ops.map((one) => [one.op, one])) };
}

const ordinary = audited();

/** In TF.js 4.22.0. */
const wrong = ['AvgPool', 'AvgPool3D', 'Cumsum', 'FloorDiv', 'MirrorPad', 'ResizeBilinear', 'ResizeNearestNeighbor'];
const neverRun = ['BroadcastTo', 'LogSoftmax', 'OneHot'];

test('every op of the registry is judged, and what is wrong in TF.js 4.22 is found', () => {
  const { names, ops } = ordinary;
  assert.ok(names.length >= 95, String(names.length));
  for (const name of names) assert.ok(ops.has(name), `${name} is not in the audit`);
  const of = (verdict: OpAudit['verdict']) =>
    [...ops.values()].filter((one) => one.verdict === verdict).map(({ op }) => op);
  assert.deepEqual(of('wrong').sort(), wrong);
  assert.deepEqual(of('inexact'), ['Erf']);
  assert.match(ops.get('MirrorPad')!.note, /off in 4 of 4 cases/);
  assert.doesNotMatch(ops.get('MirrorPad')!.note, /CPU backend/);
  assert.match(ops.get('AvgPool')!.note, /by AvgPoolGrad of the CPU backend/);
  const refused = names.filter((name) => ops.get(name)!.verdict === 'refused');
  assert.deepEqual(refused.sort(), [...neverRun, 'ComplexAbs'].sort());
  for (const name of neverRun) assert.match(ops.get(name)!.note, /never run/);
});

test('a spoiled gradient is found, and nothing else', () => {
  const before = ordinary.ops;
  const { ops } = audited(`{
    const config = anneal.tf.getGradient('Tanh');
    anneal.tf.unregisterGradient('Tanh');
    anneal.tf.registerGradient({ ...config, gradFunc: (dy, saved, attrs) => config.gradFunc(anneal.tf.mul(dy, 1.001), saved, attrs) });
  }`);
  assert.equal(before.get('Tanh')!.verdict, 'right');
  assert.equal(ops.get('Tanh')!.verdict, 'wrong');
  for (const [op, { verdict }] of ops) if (op !== 'Tanh') assert.equal(verdict, before.get(op)!.verdict, op);
});
