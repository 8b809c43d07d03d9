/** What cannot be recorded is refused with its reason and the line of its author's file, in the confined process and by who reads its answer. */
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import {
  checkAnswer,
  checkRecorded,
  MOST_CODE,
  type OwnModule,
  type RecordAsk,
  type RecordedFunction,
} from '@anneal/schemas';
import { ModuleFault, moduleText, placed, recordFunctions } from '@anneal/usercode';

const rows: RecordAsk = {
  of: 'loss',
  labels: { shape: [4, 3], dtype: 'float32' },
  predictions: { shape: [4, 3], dtype: 'float32' },
};
const mine = (code: string, name = 'mine.ts'): OwnModule => ({ code, name });
/** A loss whose body stands on the second line. */
const lossOf = (body: string, more = ''): OwnModule =>
  mine(`export const loss = (tf, labels, predictions) => {\n  ${body}\n};\n${more}`);

async function refusal(module: OwnModule, ask: RecordAsk = rows, seconds = 60): Promise<ModuleFault> {
  try {
    await recordFunctions(module, [ask], { seconds, mebibytes: 768 });
  } catch (error) {
    if (error instanceof ModuleFault) return error;
    throw error;
  }
  return assert.fail('it was recorded');
}

/** What it says, where it stands, and of which kind it is. */
const refused: Readonly<Record<string, [module: OwnModule, says: RegExp, line: number | null]>> = {
  'one that throws': [lossOf(`throw new Error('not today');`), /^Error: not today$/, 2],
  'a syntax error': [lossOf('return tf.mean(;'), /Unexpected ";"/, 2],
  'an import of node:net': [
    mine(`import net from 'node:net';\nexport const loss = () => net;`),
    /'node:net' can't be imported: a module has no access to Node/,
    1,
  ],
  'an import of a file': [
    mine(`import { half } from './half.ts';\nexport const loss = half;`),
    /'.\/half.ts' can't be imported: a spec carries one module/,
    1,
  ],
  'a loss for each example': [
    lossOf('return tf.sum(tf.mul(labels, predictions), -1);'),
    /loss returned a tensor of shape \[4\]; it must return a scalar/,
    null,
  ],
  'a number': [lossOf('return 3;'), /loss returned 3; it must return a tensor/, null],
  'whole numbers': [
    lossOf(`return tf.cast(tf.mean(predictions), 'int32');`),
    /loss returned a tensor of int32; it must be float32/,
    null,
  ],
  'a loss without the predictions': [
    lossOf('return tf.mean(labels);'),
    /loss does not depend on the predictions/,
    null,
  ],
  'a gradient of the wrong shape': [
    lossOf('return tf.mean(predictions);', 'export const gradient = (tf) => tf.ones([4]);'),
    /gradient has shape \[4\]; it must be \[4, 3\]/,
    null,
  ],
  'an op that a step has not': [
    lossOf('const z = tf.complex(predictions, labels);\n  return tf.mean(tf.real(z));'),
    /TF\.js's kernel Complex can't be compiled into a step/,
    2,
  ],
  'a value read back': [
    lossOf('if (tf.max(predictions).dataSync()[0] > 3) return tf.mean(labels);\n  return tf.mean(predictions);'),
    /it reads a computed value back, which a compiled step would do once/,
    2,
  ],
  'random numbers': [
    lossOf('return tf.mean(tf.mul(predictions, tf.randomNormal([4, 3])));'),
    /it draws random numbers/,
    2,
  ],
  'a variable': [
    mine(
      `let mean;\nexport const loss = (tf, labels, predictions) => {\n  mean ??= tf.variable(tf.scalar(0));\n  mean.assign(tf.mean(predictions));\n  return mean;\n};`,
    ),
    /it assigns a variable/,
    4,
  ],
  'a state of its own': [
    mine(`let calls = 0;\nexport const loss = (tf, labels, predictions) => tf.mul(tf.mean(predictions), ++calls);`),
    /loss computes something else when it is called again/,
    null,
  ],
  'another export': [mine('export const los = () => 1;'), /it exports los; the spec needs its function loss/, null],
  'nothing exported': [mine('const loss = 1;'), /it exports nothing; the spec needs its function loss/, null],
};

for (const [name, [module, says, line]] of Object.entries(refused))
  test(`refused: ${name}`, async () => {
    const fault = await refusal(module);
    assert.match(fault.message, says);
    assert.equal(fault.place?.line ?? null, line);
    if (line !== null) {
      assert.equal(fault.place!.file, 'mine.ts');
      assert.ok(placed(fault).startsWith(`mine.ts:${line}:`), placed(fault));
    }
  });

test('one that loops for ever is ended', async () => {
  const fault = await refusal(lossOf('for (;;);'), rows, 4);
  assert.equal(fault.kind, 'out_of_time');
});

test('one that eats memory is ended', async () => {
  const fault = await refusal(lossOf('const kept = [];\n  for (;;) kept.push(tf.ones([1000, 1000]));'));
  assert.equal(fault.kind, 'out_of_memory');
});

const updateAsk: RecordAsk = { of: 'update', shape: [2, 3], slots: ['v'], options: {} };
const ruleOf = (body: string): OwnModule =>
  mine(
    `export const updateRule = { slots: ['v'], options: { mu: [0.9] }, apply: (tf, { w, g, slots, rate, step }, o) => {\n  ${body}\n} };`,
  );

const refusedRules: Readonly<Record<string, [module: OwnModule, ask: RecordAsk, says: RegExp]>> = {
  'other slots': [
    ruleOf('return { w, slots };'),
    { ...updateAsk, slots: ['m'] } as RecordAsk,
    /updateRule\.slots are \[v\], update\.slots of the spec are \[m\]/,
  ],
  'an option that it has not': [
    ruleOf('return { w, slots };'),
    { ...updateAsk, options: { beta: 1 } } as RecordAsk,
    /it has no option 'beta'; it has mu/,
  ],
  'a slot that is missing': [
    ruleOf('return { w: tf.sub(w, g), slots: {} };'),
    updateAsk,
    /updateRule\.apply: slots\.v returned undefined/,
  ],
  'a weight of another shape': [
    ruleOf('return { w: tf.sum(w), slots };'),
    updateAsk,
    /updateRule\.apply: w has shape \[\]; it must be \[2, 3\]/,
  ],
  'no rule': [mine('export const loss = 1;'), updateAsk, /it exports loss; the spec needs its function updateRule/],
};

for (const [name, [module, ask, says]] of Object.entries(refusedRules))
  test(`a rule refused: ${name}`, async () => {
    assert.match((await refusal(module, ask)).message, says);
  });

test('an answer that was tampered with is not believed', async () => {
  const forged = (made: string) => lossOf('return tf.mean(predictions);', `Array.prototype.toJSON = () => (${made});`);
  for (const made of ['null', '{ kernel: "Save" }', '7']) {
    const fault = await refusal(forged(made));
    assert.match(fault.message, /its process gave an answer that makes no sense/);
  }
});

const tensor = { shape: [2], dtype: 'float32' as const };
const exp = { kernel: 'Exp' as const, inputs: { x: 0 }, attrs: {}, outputs: [tensor] };
const whole: RecordedFunction = {
  inputs: [tensor, tensor],
  steps: [exp, { ...exp, inputs: { x: 1 } }],
  outputs: [2],
  backward: { from: 1, gradients: [3] },
};

test('a recording that refers to nothing, or is too large, is found', () => {
  assert.equal(checkRecorded(whole), null);
  const wrong: readonly [Partial<RecordedFunction>, RegExp][] = [
    [{ steps: [{ ...exp, inputs: { x: 2 } }] }, /step 0 takes what is not there yet/],
    [{ steps: [{ ...exp, inputs: { x: 1 } }, exp] }, /step 0 takes the gradient too early/],
    [{ outputs: [3] }, /it answers what is not there/],
    [{ backward: { from: 1, gradients: [4] } }, /it answers what is not there/],
    [{ steps: [exp, exp], backward: { from: 3, gradients: [3] } }, /its gradient starts after its end/],
    [
      { steps: [exp, { constant: { shape: [3], dtype: 'float32' }, values: [1, 2] }] },
      /step 1 has too few or too many values/,
    ],
    [
      { steps: [exp, { ...exp, outputs: [{ shape: [2 ** 20, 2 ** 10], dtype: 'float32' }] }] },
      /step 1 makes a tensor of more than/,
    ],
  ];
  for (const [change, says] of wrong) assert.match(String(checkRecorded({ ...whole, ...change })), says);
});

test('a recording that is not of what was asked for is found', async () => {
  const [fn] = await recordFunctions(lossOf('return tf.mean(tf.mul(labels, predictions));'), [rows]);
  assert.equal(checkAnswer(fn!, rows), null);
  const four = { shape: [4], dtype: 'float32' as const };
  const wrong: readonly [RecordedFunction, RecordAsk, RegExp][] = [
    [fn!, { ...rows, labels: four } as RecordAsk, /it takes other tensors/],
    [{ ...fn!, outputs: [0] }, rows, /it makes other tensors/],
    [{ ...fn!, backward: null }, rows, /it has a gradient where it should have none, or none/],
    [{ ...fn!, backward: { ...fn!.backward!, gradients: [2] } }, rows, /its gradients have other shapes/],
  ];
  for (const [made, ask, says] of wrong) assert.match(String(checkAnswer(made, ask)), says);
});

async function folder(t: TestContext): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'anneal-module-'));
  t.after(() => rm(made, { recursive: true, force: true }));
  return made;
}

test('a file alone is its own text; one that imports is bundled, and errors name the lines of both', async (t) => {
  const at = await folder(t);
  const alone = `import * as tf from '@tensorflow/tfjs';\nexport const loss = (_tf: typeof tf, l: tf.Tensor, p: tf.Tensor) => tf.mean(tf.sub(p, l));\n`;
  await writeFile(join(at, 'alone.ts'), alone);
  assert.deepEqual(await moduleText(join(at, 'alone.ts')), { code: alone, name: 'alone.ts' });
  await writeFile(
    join(at, 'half.ts'),
    `// half\nexport function half(x: number): number {\n  throw new Error('no half of ' + x);\n}\n`,
  );
  await writeFile(join(at, 'whole.ts'), `import { half } from './half.ts';\n\nexport const loss = () => half(3);\n`);
  const bundled = await moduleText(join(at, 'whole.ts'));
  assert.equal(bundled.name, 'whole.js');
  const fault = await refusal(bundled);
  assert.equal(placed(fault), "half.ts:3:9: Error: no half of 3, at `throw new Error('no half of ' + x);`");
});

test('a file that is too large is refused before it is sent', async (t) => {
  const at = await folder(t);
  const file = join(at, 'large.ts');
  await writeFile(file, `export const loss = ${JSON.stringify('x'.repeat(MOST_CODE))};`);
  await assert.rejects(
    moduleText(file),
    /large\.ts has 100023 characters with what it imports; a spec takes at most 100000/,
  );
});
