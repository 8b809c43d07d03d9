/** How `anneal check` of several files ends early: what was found before is kept, and nothing more is begun. */
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { anneal, start, temporaryFolder } from './anneal.ts';
import { sound } from './bad-modules.ts';

const spec = `kind: train
data: { type: two-spirals, rows: 400 }
model: { layers: [{ type: dense, units: 32, activation: relu }, { type: dense, units: 2 }] }
loss: { type: softmax-cross-entropy }
update: { rule: adam }
schedule: { type: constant, rate: 0.01 }
budget: { epochs: 1 }
`;
const options = { timeout: 120_000 };

test('a file that cannot be checked leaves the reports of those before it', options, async (t) => {
  const folder = await temporaryFolder(t);
  await writeFile(join(folder, 'sound.ts'), sound);
  await writeFile(join(folder, 'throws.ts'), "throw new Error('broken');\n");
  const args = ['check', 'sound.ts', 'throws.ts', 'sound.ts', '--json', '--junit', 'junit.xml'];
  const { code, stdout, stderr } = await anneal(args, { folder });
  assert.equal(code, 2);
  assert.match(stderr, /Not checked: throws\.ts, sound\.ts\n[\s\S]*broken/);
  const { reports, notChecked } = JSON.parse(stdout) as { reports: { file: string }[]; notChecked: string[] };
  assert.deepEqual([reports.map(({ file }) => file), notChecked], [['sound.ts'], ['throws.ts', 'sound.ts']]);
  assert.match(await readFile(join(folder, 'junit.xml'), 'utf8'), /<testsuites tests="2" failures="0"/);
});

test('Ctrl-C cancels the check of one spec, and that of the next does not begin', options, async (t) => {
  const folder = await temporaryFolder(t);
  for (const name of ['a.yaml', 'b.yaml']) await writeFile(join(folder, name), spec);
  const running = start(['check', 'a.yaml', 'b.yaml', '--junit', 'junit.xml'], { folder });
  await running.until('is submitted');
  running.child.kill('SIGINT');
  const { code, stdout, stderr } = await running.ended;
  assert.equal(code, 1, stderr);
  assert.equal(stderr.match(/is submitted/g)?.length, 1, stderr);
  assert.match(stderr, /Cancelling job_[\s\S]*Not checked: b\.yaml/);
  assert.match(stdout, /^✗ a\.yaml: the job is cancelled/);
  assert.match(await readFile(join(folder, 'junit.xml'), 'utf8'), /<error message="the job is cancelled"/);
});

test('what a module says moves no cursor, begins no line, and is no pattern', options, async (t) => {
  const folder = await temporaryFolder(t);
  const finding = { rule: 'r', verdict: 'fail', message: 'a\n::error::b\u001b[2J', cause: null, patch: null };
  const made = JSON.stringify({ made: [{ ...finding, evidence: { function: '(' } }], printed: ['one\u001b[31m'] });
  const toJSON = `function () { return 'made' in this ? ${made} : this; }`;
  const tampers = `${sound}Object.defineProperty(Object.prototype, 'toJSON', { value: ${toJSON} });\n`;
  await writeFile(join(folder, 'tampers.ts'), tampers);
  const told = await anneal(['check', 'tampers.ts'], { folder });
  assert.equal(told.code, 1, told.stderr);
  assert.match(told.stderr, /tampers\.ts printed: one\ufffd\[31m\n/);
  assert.match(told.stderr, /a ::error::b\ufffd\[2J/);
  await writeFile(join(folder, 'prints.ts'), `console.log('two\\nlines');\n${sound}`);
  const printed = await anneal(['check', 'prints.ts'], { folder });
  assert.match(printed.stderr, /^prints\.ts printed: two\nprints\.ts printed: lines\n/);
});
