/** `anneal check` of a module by the real binary: what its author can get wrong gives a clear error, an exit code, and leaves nothing behind. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { anneal, start, temporaryFolder } from './anneal.ts';
import { badModules, sound } from './bad-modules.ts';

for (const { name, text, says, code = 2, args = [], files = {} } of badModules)
  test(`refused: ${name}`, { timeout: 60_000 }, async (t) => {
    const folder = join(await temporaryFolder(t), 'project');
    for (const [file, content] of Object.entries({ 'module.ts': text, '../secret.json': '{}', ...files })) {
      await mkdir(dirname(join(folder, file)), { recursive: true });
      await writeFile(join(folder, file), content);
    }
    await symlink('../secret.json', join(folder, 'link.json'));
    const before = await readdir(folder, { recursive: true });
    const ended = await anneal(['check', 'module.ts', ...args], { folder });
    for (const pattern of says) assert.match(ended.stderr, pattern);
    assert.deepEqual([ended.code, ended.stdout], [code, ''], ended.stderr);
    assert.deepEqual(await readdir(folder, { recursive: true }), before);
  });

test('a file that is not there, and options that belong elsewhere', async (t) => {
  const folder = await temporaryFolder(t);
  const missing = await anneal(['check', 'none.ts'], { folder });
  assert.deepEqual([missing.code, missing.stderr], [2, "error: none.ts can't be read: there is no such file\n"]);
  assert.match((await anneal(['check'], { folder })).stderr, /name a spec or a module to check/);
  assert.match((await anneal(['check', 'a.yaml', '--memory', '512'], { folder })).stderr, /--memory is for a module/);
  assert.match((await anneal(['check', 'a.ts', '--tfjs-ops'], { folder })).stderr, /--tfjs-ops .* takes no file/);
});

interface Report {
  readonly file: string;
  readonly findings: readonly {
    readonly rule: string;
    readonly verdict: string;
    readonly place: { readonly line: number };
  }[];
  readonly printed: readonly string[];
  readonly confinement: readonly string[];
}

const wrong = `${sound}export const gradient = (tf, labels, predictions) => tf.sub(tf.softmax(predictions), labels);\n`;

test('a sound module passes, a wrong one has exit code 1, and JSON has it all', async (t) => {
  const folder = await temporaryFolder(t);
  await writeFile(join(folder, 'sound.ts'), `console.log('hello');\n${sound}`);
  await writeFile(join(folder, 'wrong.mjs'), wrong);
  const passed = await anneal(['check', 'sound.ts'], { folder });
  assert.deepEqual([passed.code, passed.stdout], [0, '✓ sound.ts: 2 checks passed\n'], passed.stderr);
  assert.match(passed.stderr, /^sound\.ts printed: hello\n✓ loss\/value: .*\n✓ loss\/gradient: .*\n$/);

  const failed = await anneal(['check', 'sound.ts', 'wrong.mjs', '--json'], { folder });
  assert.equal(failed.code, 1, failed.stderr);
  assert.match(failed.stderr, /✗ gradient: the gradient is wrong: .* it is 4 times the right one everywhere/);
  const { reports, failed: bad } = JSON.parse(failed.stdout) as { reports: Report[]; failed: string[] };
  assert.deepEqual(bad, ['wrong.mjs']);
  assert.deepEqual(
    reports.map(({ findings }) => findings.map(({ rule, verdict, place }) => [rule, verdict, place.line])),
    [
      [
        ['loss/value', 'pass', 2],
        ['loss/gradient', 'pass', 2],
      ],
      [
        ['loss/value', 'pass', 1],
        ['loss/gradient', 'pass', 1],
        ['gradient', 'fail', 3],
      ],
    ],
  );
  assert.deepEqual(reports[0]!.printed, ['hello']);
  assert.match(reports[0]!.confinement[0]!, /^node --(?:experimental-)?permission$/);
});

test('a module is gated on as a spec is: baseline, JUnit, summary, annotations', async (t) => {
  const folder = await temporaryFolder(t);
  await writeFile(join(folder, 'wrong.mjs'), wrong);
  const args = ['check', 'wrong.mjs', '--junit', 'junit.xml', '--summary', 'summary.md'];
  const first = await anneal([...args, '--json'], { folder, env: { GITHUB_ACTIONS: 'true' } });
  assert.equal(first.code, 1);
  assert.match(first.stderr, /::error file=wrong\.mjs,line=3,col=14,title=gradient::the gradient is wrong/);
  assert.match(await readFile(join(folder, 'junit.xml'), 'utf8'), /<testsuites tests="3" failures="1"/);
  assert.match(await readFile(join(folder, 'summary.md'), 'utf8'), /\| ❌ \| `gradient` \|/);
  await writeFile(join(folder, 'baseline.json'), first.stdout);
  const known = await anneal(['check', 'wrong.mjs', '--baseline', 'baseline.json'], { folder });
  assert.deepEqual(
    [known.code, known.stdout],
    [0, '✓ wrong.mjs: 2 checks passed, 1 failed as in the baseline\n'],
    known.stderr,
  );
});

test('a module may import from a wider folder, and TF.js by its name', async (t) => {
  const folder = await temporaryFolder(t);
  await mkdir(join(folder, 'losses'));
  await writeFile(join(folder, 'scale.json'), '{ "scale": 2 }');
  const text = `import * as tf from '@tensorflow/tfjs';
import { scale } from '../scale.json';
export const loss = (_tf: unknown, labels: tf.Tensor, predictions: tf.Tensor) =>
  tf.mul(tf.losses.meanSquaredError(labels, predictions), scale);
`;
  await writeFile(join(folder, 'losses/mine.ts'), text);
  const { code, stderr } = await anneal(['check', 'losses/mine.ts', '--folder', '.'], { folder });
  assert.equal(code, 0, stderr);
});

/** Processes of a memory limit that no other test has. */
async function confinedProcesses(mebibytes: number): Promise<string[]> {
  const { stdout } = await promisify(execFile)('ps', ['-eo', 'args']);
  return stdout.split('\n').filter((line) => line.includes(`--max-old-space-size=${Math.floor(0.6 * mebibytes)} `));
}

async function until(done: () => Promise<boolean>): Promise<void> {
  while (!(await done())) await new Promise((next) => setImmediate(next));
}

// Left alone it would go on for the processor time that it has, 51 s.
test('a command that is killed takes its confined process along', { timeout: 30_000 }, async (t) => {
  if (process.platform !== 'linux') return t.skip('elsewhere the limit of processor time ends it');
  const folder = await temporaryFolder(t);
  await writeFile(join(folder, 'loop.ts'), 'export function loss() {\n  for (;;) {}\n}\n');
  const running = start(['check', 'loop.ts', '--memory', '777', '--timeout', '50'], { folder });
  await until(async () => (await confinedProcesses(777)).length > 0);
  running.child.kill('SIGKILL');
  await until(async () => (await confinedProcesses(777)).length === 0);
});
