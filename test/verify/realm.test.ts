/** The double-precision realm: models, kinks, branches, tiny gradients, determinism, metrics and update rules of users' modules. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Finding } from '@anneal/schemas';
import { Realm } from './in-process.ts';

const folder = mkdtempSync(join(tmpdir(), 'anneal-realm-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const realm = new Realm();

async function check(text: string): Promise<Finding[]> {
  const file = join(folder, 'module.js');
  writeFileSync(file, text);
  return await realm.check(file);
}

const only = async (text: string): Promise<Finding> => {
  const findings = await check(text);
  assert.equal(findings.length, 1, JSON.stringify(findings));
  return findings[0]!;
};

const layersModel = (change = '') => `export function model(tf, { inputShape }) {
  const net = tf.sequential();
  net.add(tf.layers.conv2d({ filters: 3, kernelSize: 3, activation: 'relu', inputShape }));
  net.add(tf.layers.maxPooling2d({}));
  net.add(tf.layers.batchNormalization());
  net.add(tf.layers.flatten());
  net.add(tf.layers.dropout({ rate: 0.4 }));
  net.add(tf.layers.dense({ units: 4, activation: 'tanh', name: 'hidden' }));
  net.add(tf.layers.dense({ units: 3 }));
  ${change}
  return net;
}
export const inputs = { x: [4, 8, 8, 1], labels: { oneHot: [4, 3] } };
`;
const loss = 'export const loss = (tf, labels, output) => tf.losses.softmaxCrossEntropy(labels, output);\n';

test('a net of layers, with dropout and batch normalisation in training, passes; its loss need not be given', async () => {
  for (const text of [layersModel(), layersModel() + loss]) {
    const finding = (await check(text)).at(-1)!;
    assert.equal(finding.verdict, 'pass', finding.message);
    assert.deepEqual([finding.evidence.function, finding.evidence.tensors], ['model', 8]);
    assert.ok((finding.evidence.worstError as number) < 1e-6);
  }
});

test('a wrong custom gradient inside of a net is found before it', async () => {
  const change = `const call = net.getLayer('hidden').call.bind(net.getLayer('hidden'));
  const double = tf.customGrad((x) => ({ value: tf.clone(x), gradFunc: (dy) => tf.mul(dy, 2) }));
  net.getLayer('hidden').call = (x, options) => double(call(x, options));`;
  const { verdict, message, evidence } = await only(layersModel(change));
  assert.equal(verdict, 'fail', message);
  assert.match(message, /in 'hidden\/bias' and 5 tensors before it it is 2 times the right one everywhere/);
  assert.doesNotMatch(String(evidence.worstAt), /^dense_Dense/);
});

test('a model of plain functions is checked by its weights', async () => {
  const { verdict, evidence, message } = await only(`export const model = (tf, { inputShape: [width] }) => ({
    weights: { w: tf.randomNormal([width, 4]), v: tf.randomNormal([4, 2]) },
    predict: ({ w, v }, x) => tf.matMul(tf.tanh(tf.matMul(x, w)), v),
  });`);
  assert.deepEqual([verdict, evidence.tensors], ['pass', 2], message);
});

test('a staircase has a kink everywhere, by its floor and by a branch in JavaScript', async () => {
  const floor = await only(`export const inputs = { x: [6] };
    export const layer = (tf, { x }) => tf.floor(tf.mul(x, 3e5));`);
  assert.deepEqual([floor.verdict, floor.evidence.parameters], ['skipped', 0], floor.message);
  const branch = await only(`export const inputs = { x: [1] };
    export const layer = (tf, { x }) =>
      Math.floor(x.dataSync()[0] * 5e4) % 2 === 0 ? tf.square(x) : tf.sin(x);`);
  assert.notEqual(branch.verdict, 'fail', branch.message);
  assert.ok((branch.evidence.kinked as number) >= 1);
});

test('a parameter exactly on a kink is no error', async () => {
  const { verdict, message } = await only(`export const inputs = { x: { values: [0, 0, 0, 1, -1] } };
    export const layer = (tf, { x }) => tf.add(tf.relu(x), tf.maximum(x, tf.neg(x)));`);
  assert.equal(verdict, 'pass', message);
});

test('a tiny gradient is scaled up, and judged as any other', async () => {
  const tiny = (factor: number) => `export const inputs = { predictions: [4, 3], labels: [4, 3] };
    export const loss = (tf, labels, p) => tf.mul(tf.mean(tf.square(tf.sub(p, labels))), 1e-13);
    export const gradient = (tf, labels, p) => tf.mul(tf.sub(p, labels), ${factor} * 1e-13 / 12);`;
  const right = (await check(tiny(2))).at(-1)!;
  assert.equal(right.verdict, 'pass', right.message);
  assert.ok((right.evidence.scaledBy as number) > 1e11);
  const wrong = (await check(tiny(1))).at(-1)!;
  assert.equal(wrong.verdict, 'fail', wrong.message);
});

test('a value that differs from call to call is named, not blamed on the gradient', async () => {
  const findings = await check(
    'let calls = 0;\nexport const loss = (tf, labels, p) => tf.add(tf.mean(tf.square(tf.sub(p, labels))), calls++);',
  );
  assert.deepEqual(
    findings.map(({ cause }) => cause),
    ['non-deterministic-loss', 'non-deterministic-loss'],
  );
});

test('a loss that is not a number, one of nothing, and one that depends on the order of the examples', async () => {
  const causes = async (text: string) => (await check(text)).map(({ cause }) => cause);
  assert.deepEqual(await causes('export const loss = (tf, labels, p) => tf.mean(tf.log(tf.sub(labels, 5)));'), [
    'non-finite-value',
    'non-finite-value',
  ]);
  assert.deepEqual(await causes('export const loss = (tf, labels) => tf.mean(tf.add(labels, 1));'), [
    null,
    'no-influence',
  ]);
  const first = 'export const metric = (tf, labels, p) => tf.mean(tf.slice(p, 0, 1));';
  assert.deepEqual(await causes(first), ['order-dependent']);
});

const rule = (apply: string, slots = '[]') => `export const updateRule = { slots: ${slots}, ${apply} };`;

for (const [name, text, expected] of [
  [
    'momentum passes',
    rule(
      'apply(tf, { w, g, slots, rate }) { const v = tf.add(tf.mul(slots.v, 0.9), g); return { w: tf.sub(w, tf.mul(rate, v)), slots: { v } }; }',
      '["v"]',
    ),
    ['pass', null],
  ],
  ['uphill', rule('apply: (tf, { w, g, rate }) => ({ w: tf.add(w, tf.mul(rate, g)) })'), ['fail', 'uphill-update']],
  ['rate ignored', rule('apply: (tf, { w, g }) => ({ w: tf.sub(w, tf.mul(0.01, g)) })'), ['warn', 'rate-ignored']],
  [
    'a state of its own',
    `let n = 1; ${rule('apply: (tf, { w, g, rate }) => ({ w: tf.sub(w, tf.mul(tf.div(rate, n++), g)) })')}`,
    ['fail', 'non-deterministic-update'],
  ],
] as const)
  test(`update rule: ${name}`, async () => {
    const { verdict, cause, message } = await only(text);
    assert.deepEqual([verdict, cause], expected, message);
  });

for (const [name, text, says] of [
  ['a slot left out', rule('apply: (tf, { w }) => ({ w: tf.clone(w) })', '["v"]'), /slots\.v returned undefined/],
  [
    'the shape changed',
    rule('apply: (tf, { w }) => ({ w: tf.sum(w) })'),
    /w has shape \[\], that of the weight is \[2, 3\]/,
  ],
  [
    'changed in place',
    rule('apply(tf, { w, g }) { w.dataSync()[0] = 0; return { w: tf.sub(w, g) }; }'),
    /changes 'w' in place/,
  ],
  ['no object', 'export const updateRule = 3;', /updateRule is 3; it must be \{ slots, apply/],
] as const)
  test(`update rule refused: ${name}`, () => assert.rejects(check(text), says));

test("a rule as `anneal optimizers` takes it, by default export and with options, is one file's check too", async () => {
  const findings = await realm.check(fileURLToPath(new URL('../../examples/signum.mjs', import.meta.url)));
  assert.deepEqual(
    findings.map(({ rule: name, verdict }) => [name, verdict]),
    [['updateRule', 'pass']],
  );
  await assert.rejects(
    check('export default { options: { decay: 0.9 }, apply: () => ({}) };'),
    /updateRule\.options\.decay: must be a list of the values to try/,
  );
});

test('the same module gives the same findings, to the bit', async () => {
  const file = join(folder, 'again.js');
  writeFileSync(file, layersModel() + loss);
  const findings = () => new Realm().check(file);
  assert.deepEqual(await findings(), await findings());
});
