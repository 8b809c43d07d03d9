/** End to end: what the user can get wrong, by the real binary: exit code 2, the line of the file, the nearest valid choice. */
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { anneal, temporaryFolder } from './anneal.ts';

const valid = `kind: train
data: { type: mnist }
model:
  layers:
    - { type: flatten }
    - type: dense
      units: 10
loss: { type: softmax-cross-entropy }
update:
  rule: adam
schedule: { type: constant, rate: 0.001 }
budget: { epochs: 1 }
`;

const cases: { name: string; text: string; args?: string[]; says: RegExp[] }[] = [
  {
    name: 'a misspelt choice',
    text: valid.replace('rule: adam', 'rule: adamm'),
    says: [/did you mean 'adam'/, /--> <stdin>:10:9/, /rule: adamm\n.*\^\^\^\^\^/],
  },
  {
    name: 'an unknown field',
    text: valid.replace('units: 10', 'units: 10\n      unit: 3'),
    says: [/model\.layers\[1\]\.unit: is not a known field; did you mean 'units'/, /<stdin>:8:7/],
  },
  { name: 'a negative rate', text: valid.replace('0.001', '-1'), says: [/schedule\.rate: -1/, /<stdin>:11:35/] },
  { name: 'NaN', text: valid.replace('0.001', '.nan'), says: [/schedule\.rate: NaN is not allowed/, /<stdin>:11:35/] },
  {
    name: 'a missing field',
    text: valid.replace('budget: { epochs: 1 }\n', ''),
    says: [/budget: is missing/],
  },
  {
    name: 'an impossible shape',
    text: valid.replace('    - { type: flatten }\n', '    - { type: max-pooling2d, poolSize: 99 }\n'),
    says: [/model\.layers\[0\].*got \[28, 28, 1\], needs/, /<stdin>:5:7/],
  },
  {
    name: 'a model that fits into no machine',
    text: valid.replace('    - type: dense\n', '    - { type: dense, units: 1000000000 }\n    - type: dense\n'),
    says: [/parameters need about .* GiB of memory/],
  },
  {
    name: 'two mistakes',
    text: valid.replace('0.001', '-1').replace('rule: adam', 'rule: sdg'),
    says: [/did you mean 'sgd'/, /schedule\.rate: -1/],
  },
  { name: 'a tab', text: 'kind: train\ndata:\n\ttype: mnist\n', says: [/a tab is used/, /<stdin>:3:1/] },
  { name: 'broken YAML', text: 'kind: "train\n', says: [/not valid YAML/, /<stdin>:\d+:\d+/] },
  {
    name: 'broken JSON',
    text: '{"kind": "train",\n "data": }',
    says: [/not valid JSON: expected a value/, /<stdin>:2:10/],
  },
  { name: 'an empty file', text: '\n', says: [/<stdin> is empty/] },
  { name: 'a list', text: '[1, 2]', says: [/the document/] },
  {
    name: 'a bad override',
    text: valid,
    args: ['--set', 'schedule.rate=-3'],
    says: [/schedule\.rate: -3/, /--> --set schedule\.rate=-3/],
  },
  { name: 'an override without a value', text: valid, args: ['--set', 'rate'], says: [/write it as path=value/] },
  { name: 'an override of no item', text: valid, args: ['--set', 'model.layers[7].units=3'], says: [/no item 7/] },
];

for (const { name, text, args = [], says } of cases) {
  test(`${name} is refused`, async (t) => {
    const folder = await temporaryFolder(t);
    const { code, stdout, stderr } = await anneal(['validate', '-', ...args], { folder, input: text });
    for (const pattern of says) assert.match(stderr, pattern);
    assert.deepEqual([code, stdout], [2, '']);
  });
}

test('a valid spec is described, from a file or JSON, with overrides', async (t) => {
  const folder = await temporaryFolder(t);
  await writeFile(join(folder, 'spec.yaml'), valid);
  const text = await anneal(['validate', 'spec.yaml'], { folder });
  assert.deepEqual([text.code, /7,850 parameters/.test(text.stdout)], [0, true]);
  const args = [
    'validate',
    'spec.yaml',
    '--json',
    '-s',
    'model.layers[1].units=10',
    '-s',
    'model.layers[2]={type: activation, function: linear}',
  ];
  const json = await anneal(args, { folder });
  const report = JSON.parse(json.stdout) as { parameters: number; layers: unknown[] };
  assert.deepEqual([json.code, report.parameters, report.layers.length], [0, 7850, 3]);
});

test('with --json an error is JSON on standard error', async (t) => {
  const folder = await temporaryFolder(t);
  const { code, stderr } = await anneal(['--json', 'validate', '-'], { folder, input: valid.replace('0.001', '-1') });
  const { error, exitCode } = JSON.parse(stderr.trim().split('\n').at(-1) ?? '') as {
    error: { param: string };
    exitCode: number;
  };
  assert.deepEqual([code, exitCode, error.param], [2, 2, 'schedule.rate']);
});

for (const [args, says] of [
  [['subbmit'], /Did you mean submit\?/],
  [['jobs', '--stat', 'failed'], /Did you mean --state\?/],
  [['jobs', '--state', 'broken'], /Allowed choices are queued/],
  [['serve', '--port', 'x'], /--port x: must be a whole number/],
  [['submit'], /missing required argument 'file'/],
  [['submit', 'nowhere.yaml'], /nowhere.yaml can't be read: there is no such file/],
] as const) {
  test(`anneal ${args.join(' ')} is refused`, async (t) => {
    const { code, stderr } = await anneal(args, { folder: await temporaryFolder(t) });
    assert.match(stderr, says);
    assert.equal(code, 2);
  });
}
