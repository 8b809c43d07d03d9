/** `anneal check` as a pipeline uses it: exit code 0 for a sound spec, 1 for one whose checks fail, and nothing is trained to its end. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { parse } from 'yaml';
import { readSettings } from '../../sdk/cli/check/settings.ts';
import { anneal, temporaryFolder } from './anneal.ts';

const spec = `kind: train
data: { type: two-spirals, rows: 400 }
model:
  layers:
    - { type: dense, units: 32, activation: relu, initializer: he-normal }
    - { type: dense, units: 32, activation: relu, initializer: he-normal }
    - { type: dense, units: 2 }
loss: { type: softmax-cross-entropy }
update: { rule: adam }
schedule: { type: constant, rate: 0.01 }
budget: { epochs: 5000 }
`;

const softmax = spec.replace('units: 2 }', 'units: 2, activation: softmax }');
const options = { timeout: 180_000 };

test('a sound spec passes its checks, and one that fails them has exit code 1', options, async (t) => {
  const folder = await temporaryFolder(t);
  await writeFile(join(folder, 'spec.yaml'), spec);
  const sound = await anneal(['check', 'spec.yaml'], { folder });
  assert.equal(sound.code, 0, sound.stderr);
  assert.match(sound.stdout, /^✓ spec\.yaml: 15 checks passed \(job_\w+\)\n$/);
  assert.match(sound.stderr, /✓ gradient: gradient and differences agree/);

  const zeros = ['--set', 'model.layers[0].initializer=zeros', '--set', 'model.layers[1].initializer=zeros'];
  const failing = await anneal(['check', 'spec.yaml', ...zeros], { folder });
  assert.equal(failing.code, 1, failing.stderr);
  assert.match(failing.stderr, /✗ overfit/);
  assert.match(failing.stderr, /✗ gradient-flow: no kernel receives a gradient/);
  assert.match(failing.stdout, /^✗ spec\.yaml:3: .*\(and \d more\)/);
});

test('reports for pipelines, a baseline, and settings from a file', options, async (t) => {
  const folder = await temporaryFolder(t);
  await writeFile(join(folder, 'good.yaml'), spec);
  await writeFile(join(folder, 'bad.yaml'), softmax);
  const settings = `export default { check: { files: ['good.yaml', 'bad.yaml'], only: ['final-activation'], summary: 'sum.md' } };`;
  await writeFile(join(folder, 'anneal.config.ts'), settings);
  const github = { GITHUB_ACTIONS: 'true' };
  const both = await anneal(['--json', 'check', '--junit', 'junit.xml'], { folder, env: github });
  assert.equal(both.code, 1, both.stderr);
  assert.match(
    both.stderr,
    /\n::error file=bad\.yaml,line=7,col=44,title=final-activation::the last layer answers by softmax/,
  );
  const xml = await readFile(join(folder, 'junit.xml'), 'utf8');
  assert.match(xml, /<testsuites tests="2" failures="1" errors="0"/);
  assert.match(
    xml,
    /<testcase classname="bad\.yaml" name="final-activation">\s*<failure message="the last layer answers by softmax/,
  );
  const markdown = await readFile(join(folder, 'sum.md'), 'utf8');
  assert.match(markdown, /^### ✅ good\.yaml\n[\s\S]*### ❌ bad\.yaml\n[\s\S]*\| ❌ \| `final-activation` \|/);
  const { reports, failed } = JSON.parse(both.stdout) as { reports: { file: string }[]; failed: string[] };
  assert.deepEqual([reports.map(({ file }) => file), failed], [['good.yaml', 'bad.yaml'], ['bad.yaml']]);

  await writeFile(join(folder, 'baseline.json'), both.stdout);
  const known = await anneal(['check', 'bad.yaml', '--baseline', 'baseline.json'], { folder });
  assert.equal(known.code, 0, known.stderr);
  assert.match(known.stdout, /✓ bad\.yaml: 0 checks passed, 1 failed as in the baseline/);
  await writeFile(join(folder, 'good.yaml'), softmax);
  const worse = await anneal(['check', 'good.yaml', '--baseline', 'baseline.json'], { folder });
  assert.equal(worse.code, 1);
});

test('the error of the gradient over h, as a picture', options, async (t) => {
  const folder = await temporaryFolder(t);
  await writeFile(join(folder, 'spec.yaml'), spec);
  const args = ['check', 'spec.yaml', '--only', 'gradient', '--step-scan', 'scan.svg'];
  const { code, stderr } = await anneal(args, { folder });
  assert.equal(code, 0, stderr);
  const picture = await readFile(join(folder, 'scan.svg'), 'utf8');
  assert.match(picture, /^<svg .*Gradient of spec\.yaml: error over h/s);
  assert.ok((picture.match(/<path /g)?.length ?? 0) >= 12);
});

test('the script that the templates of pipelines run', options, async (t) => {
  const folder = await temporaryFolder(t);
  await writeFile(join(folder, 'bad.yaml'), softmax);
  await writeFile(join(folder, 'anneal.config.json'), '{ "check": { "only": ["final-activation"] } }');
  const root = new URL('../../', import.meta.url);
  const run = promisify(execFile);
  const gate = (env: Record<string, string>) =>
    run(fileURLToPath(new URL('infra/ci/check.sh', root)), {
      cwd: folder,
      env: {
        ...process.env,
        ANNEAL: `${process.execPath} ${fileURLToPath(new URL('sdk/bin/anneal.mjs', root))}`,
        ...env,
      },
    });
  const set = { ANNEAL_FILES: 'bad.yaml', ANNEAL_JUNIT: 'junit.xml', ANNEAL_SUMMARY: 'sum.md', ANNEAL_FAIL_ON: 'fail' };
  await assert.rejects(gate(set), { code: 1 });
  assert.match(await readFile(join(folder, 'junit.xml'), 'utf8'), /failures="1"/);
  assert.match(await readFile(join(folder, 'sum.md'), 'utf8'), /❌ bad\.yaml/);
  for (const template of ['github/action.yml', 'gitlab.yml']) {
    const text = await readFile(new URL(`infra/ci/${template}`, root), 'utf8');
    assert.ok(text.includes('check.sh'), template);
    for (const [name] of text.matchAll(/ANNEAL_[A-Z_]+/g))
      assert.ok((await readFile(new URL('infra/ci/check.sh', root), 'utf8')).includes(name), `${template}: ${name}`);
    parse(text);
  }
});

for (const [name, args, says] of [
  ['a kind without checks', ['other.yaml'], /other\.yaml: kind is evaluate; checks are those of a train spec\n.*:1:/],
  ['no kind', ['list.yaml'], /list\.yaml: kind: is missing; checks are those of a train spec/],
  ['nothing', ['null.yaml'], /null\.yaml: kind: is missing/],
  ['a picture of a module', ['own.ts', '--step-scan', 'x.svg'], /--step-scan is for a spec/],
  ['checks of a module', ['own.ts', '--only', 'overfit'], /--only is for a spec/],
  ['two specs and one picture', ['spec.yaml', 'spec.yaml', '--step-scan', 'x.svg'], /--step-scan: name one spec/],
  ['a report of the audit', ['--tfjs-ops', '--junit', 'x.xml'], /--junit does nothing beside --tfjs-ops/],
  ['fields of the audit', ['--tfjs-ops', '--set', 'a=1'], /--set does nothing beside --tfjs-ops/],
  [
    'a mistake in the second spec, before the first is checked',
    ['spec.yaml', 'bad.yaml', '--only', 'gradient, overfit'],
    /^((?!is submitted)[\s\S])*update\.rule: 'adm' is not known/,
  ],
  [
    'a check that there is not',
    ['spec.yaml', '--only', 'gradent'],
    /--only gradent: is not known; did you mean 'gradient'/,
  ],
  [
    'a baseline that is not there',
    ['spec.yaml', '--baseline', 'no.json'],
    /--baseline no\.json can't be read: there is no such file/,
  ],
  ['a baseline of something else', ['spec.yaml', '--baseline', 'else.json'], /else\.json is no report of anneal check/],
  ['a baseline that is not JSON', ['spec.yaml', '--baseline', 'spec.yaml'], /--baseline spec\.yaml is not JSON/],
  ['a verdict that there is not', ['spec.yaml', '--fail-on', 'error'], /Allowed choices are warn, fail/],
  [
    'a mistake in the spec',
    ['spec.yaml', '--set', 'update.rule=adm'],
    /update\.rule: 'adm' is not known; did you mean 'adam'/,
  ],
  ['nothing to check', [], /name a spec or a module to check, or list some in anneal\.config/],
] as const) {
  test(`refused: ${name}`, async (t) => {
    const folder = await temporaryFolder(t);
    await writeFile(join(folder, 'spec.yaml'), spec);
    await writeFile(join(folder, 'else.json'), '{ "a": 1 }');
    await writeFile(join(folder, 'null.yaml'), '~\n');
    await writeFile(join(folder, 'list.yaml'), '- 1\n');
    await writeFile(join(folder, 'own.ts'), 'export const metric = () => 1;\n');
    await writeFile(join(folder, 'bad.yaml'), spec.replace('rule: adam', 'rule: adm'));
    await writeFile(join(folder, 'other.yaml'), 'kind: evaluate\nmodel: { job: job_00000000000000000000000000 }\n');
    const { code, stdout, stderr } = await anneal(['check', ...args], { folder });
    assert.equal(code, 2, stderr);
    assert.match(stderr, says);
    assert.equal(stdout, '');
  });
}

test('refused: settings that are wrong, by their field', async (t) => {
  const folder = await temporaryFolder(t);
  await writeFile(join(folder, 'anneal.config.ts'), "export default { check: { fails: 'warn' } };");
  const { code, stderr } = await anneal(['check'], { folder });
  assert.equal(code, 2);
  assert.match(stderr, /anneal\.config\.ts: check\.fails: is not a known field/);
  await writeFile(join(folder, 'anneal.config.ts'), 'export default {');
  assert.match((await anneal(['check'], { folder })).stderr, /anneal\.config\.ts can't be read/);
});

for (const [name, text] of [
  ['anneal.config.ts', "export default { check: { failOn: 'warn' as 'warn' | 'fail' } };"],
  ['anneal.config.mjs', "export default { check: { failOn: 'warn' } };"],
  ['anneal.config.js', "export default { check: { failOn: 'warn' } };"],
  ['anneal.config.js', "module.exports = { check: { failOn: 'warn' } };"],
  ['anneal.config.json', '{ "check": { "failOn": "warn" } }'],
] as const) {
  test(`settings are read from ${name}: ${text}`, async (t) => {
    const folder = await temporaryFolder(t);
    await writeFile(join(folder, name), text);
    assert.deepEqual(await readSettings(folder), { failOn: 'warn' });
  });
}
