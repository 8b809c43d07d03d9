/** A spec that names a module's file: the command line sends its text, bundled where it imports, and errors stand at the lines of both files. */
import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { crossEntropy, momentum } from '../engine/own-code/modules.ts';
import { anneal, temporaryFolder } from './anneal.ts';

const spec = (loss: string, update = '{ rule: sgd }') => `kind: train
data: { type: two-spirals, rows: 200, split: { validation: 0.1, test: 0.1 } }
model: { layers: [{ type: dense, units: 8, activation: tanh }, { type: dense, units: 2 }] }
loss: ${loss}
update: ${update}
schedule: { type: constant, rate: 0.01 }
checks: off
budget: { epochs: 1 }
`;
interface Sent {
  readonly code: string;
  readonly fileName: string;
}

const options = { timeout: 180_000 };

async function project(t: TestContext, files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await temporaryFolder(t);
  await mkdir(join(folder, 'specs'));
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, 'specs', name), text);
  return folder;
}

test('files are named relative to the spec; what is sent is whole', options, async (t) => {
  const folder = await project(t, {
    'run.yaml': spec('{ type: module, file: ./mine.ts }', '{ rule: module, file: rule.ts, slots: [velocity] }'),
    'mine.ts': `import { half } from './half.ts';\n${crossEntropy.replace('return tf.neg', 'return tf.mul(half, tf.neg').replace('-1)));', '-1))));')}`,
    'half.ts': 'export const half: number = 0.5;\n',
    'rule.ts': momentum,
  });
  const { code, stdout, stderr } = await anneal(['submit', 'specs/run.yaml', '--wait', '--json'], { folder });
  assert.equal(code, 0, stderr);
  const { state, spec: sent } = JSON.parse(stdout) as { state: string; spec: { loss: Sent; update: Sent } };
  assert.equal(state, 'succeeded');
  assert.deepEqual([sent.update.code, sent.update.fileName], [momentum, 'rule.ts']);
  assert.equal(sent.loss.fileName, 'mine.js');
  assert.match(sent.loss.code, /half = 0\.5/);
});

test('what is wrong in a file is told before anything is sent', options, async (t) => {
  const folder = await project(t, {
    'missing.yaml': spec('{ type: module, file: nothing.ts }'),
    'net.yaml': spec('{ type: module, file: net.ts }'),
    'net.ts': `export const loss = () => 1;\nexport { connect } from 'node:net';\n`,
    'both.yaml': spec('{ type: module, file: net.ts, code: "export const loss = 1" }'),
    'neither.yaml': spec('{ type: module }'),
    'large.yaml': spec('{ type: module, file: large.ts }'),
    'large.ts': `export const loss = () => ${JSON.stringify('x'.repeat(100_000))};\n`,
  });
  const told = async (name: string) => {
    const { code, stderr } = await anneal(['validate', `specs/${name}.yaml`], { folder });
    assert.equal(code, 2, stderr);
    return stderr;
  };
  assert.match(await told('missing'), /nothing\.ts can't be read: there is no such file/);
  assert.match(await told('net'), /'node:net' can't be imported[\s\S]*--> \S*net\.ts:2:25/);
  assert.match(await told('both'), /file: net\.ts and code are both given; give one of them/);
  assert.match(await told('neither'), /loss\.code: is missing[\s\S]*neither\.yaml:4/);
  assert.match(
    await told('large'),
    /large\.ts has 1000\d\d characters with what it imports; a spec takes at most 100000/,
  );
});

test('a module that throws ends the job with its line', options, async (t) => {
  const folder = await project(t, {
    'run.yaml': spec('{ type: module, file: throws.ts }'),
    'throws.ts': `import { fail } from './fail.ts';\n\nexport const loss = () => fail();\n`,
    'fail.ts': `\n\nexport function fail(): never {\n  throw new RangeError('no such class');\n}\n`,
  });
  const { code, stderr } = await anneal(['submit', 'specs/run.yaml', '--wait'], { folder });
  assert.equal(code, 1, stderr);
  assert.match(stderr, /loss: fail\.ts:4:9: RangeError: no such class, at `throw new RangeError\('no such class'\);`/);
});
