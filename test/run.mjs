/**
 * Runs the static checks, then test files by node:test; one line each. The last line says how many passed.
 *
 *   node test/run.mjs             checks and all of test/**\/*.test.ts
 *   node test/run.mjs sdk lease   only test files whose path contains one of the words, no checks
 */
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { run } from 'node:test';
import { fileURLToPath } from 'node:url';
import { inspect } from 'node:util';

const root = fileURLToPath(new URL('../', import.meta.url));
const CONCURRENCY = 2;
const FILE_MINUTES = 15;

const bin = (script, ...args) => ['node', join('node_modules', script), ...args];
const checks = {
  'type check': bin('typescript/bin/tsc', '--noEmit'),
  'lint and format': bin('@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '.'),
  'import directions': bin(
    'dependency-cruiser/bin/dependency-cruise.mjs',
    ...['--config', '.dependency-cruiser.json', 'schemas', 'services', 'sdk'],
  ),
  'generated files are current': ['node', '--import', 'tsx', 'infra/generate/main.ts', '--check'],
};

const total = { passed: 0, failed: 0, skipped: [] };
const failures = [];

const seconds = (start) => `${((performance.now() - start) / 1000).toFixed(1)} s`.padStart(8);

function report(name, start, tests, failed, output) {
  const mark = failed.length > 0 ? '✗' : '✓';
  process.stdout.write(`${mark} ${name.padEnd(56)} ${tests.padStart(16)} ${seconds(start)}\n`);
  for (const text of failed) {
    const log = output.trim() ? `\n  its output:\n${indent(output.trim())}` : '';
    failures.push(`✗ ${name} › ${text}${log}`);
    process.stdout.write(`${indent(text.split('\n', 1)[0])}\n`);
  }
}

const indent = (text) => text.replace(/^/gm, '    ');

/** Runs one static check as a test. */
function check(name, [, ...args]) {
  const start = performance.now();
  return new Promise((done) => {
    let output = '';
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text) => (output += text));
    child.on('close', (code) => {
      total[code === 0 ? 'passed' : 'failed'] += 1;
      report(name, start, '', code === 0 ? [] : [`exit code ${code}\n${output.trim()}`], '');
      done();
    });
  });
}

/** Runs one test file in a process of its own. */
async function test(file) {
  const start = performance.now();
  const failed = [];
  let passed = 0;
  let output = '';
  const options = { files: [join(root, file)], timeout: FILE_MINUTES * 60_000, execArgv: ['--import', 'tsx'] };
  for await (const { type, data } of run(options)) {
    if (type === 'test:stdout' || type === 'test:stderr') output += data.message;
    if (type === 'test:complete' && data.name === options.files[0] && !data.details.passed && failed.length === 0)
      failed.push('the file itself: it ended with an error outside of its tests');
    if (data.details?.type === 'suite' || data.name === options.files[0]) continue;
    if (type === 'test:fail') failed.push(`${data.name}  (${file}:${data.line})\n${explain(data.details.error)}`);
    if (type !== 'test:pass') continue;
    if (data.skip === undefined) passed += 1;
    else total.skipped.push(`${file} › ${data.name}: ${data.skip || 'no reason given'}`);
  }
  total.passed += passed;
  total.failed += failed.length;
  report(file, start, `${passed} of ${passed + failed.length} passed`, failed, failed.length > 0 ? output : '');
}

function explain(error) {
  const cause = error?.cause ?? error;
  return cause instanceof Error ? (cause.stack ?? cause.message) : inspect(cause);
}

function testFiles(folder) {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .flatMap((entry) => {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : testFiles(path);
      return entry.name.endsWith('.test.ts') ? [path] : [];
    })
    .sort();
}

async function inPool(tasks) {
  const worker = async () => {
    for (let task = tasks.shift(); task; task = tasks.shift()) await task();
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, worker));
}

// Node 20 has no `execArgv` option of run(): its children inherit the flags of this process instead.
process.execArgv.push('--import', 'tsx');
process.chdir(root);
// Tests must not meet a server that the user happens to have.
const own = ['URL', 'TOKEN', 'HOME', 'DATA', 'STORE', 'ARTIFACTS', 'LAUNCHER'];
for (const name of own) delete process.env[`ANNEAL_${name}`];

const filters = process.argv.slice(2);
const files = testFiles('test').filter((file) => filters.length === 0 || filters.some((word) => file.includes(word)));
if (filters.length > 0 && files.length === 0) {
  process.stderr.write(`No test file matches ${filters.join(' or ')}.\n`);
  process.exit(2);
}
await inPool([
  ...(filters.length === 0
    ? Object.entries(checks).map(
        ([name, command]) =>
          () =>
            check(name, command),
      )
    : []),
  ...files.map((file) => () => test(file)),
]);

if (failures.length > 0) process.stdout.write(`\nWhat failed:\n\n${failures.join('\n\n')}\n`);
if (total.skipped.length > 0) process.stdout.write(`\nWhat was skipped:\n  ${total.skipped.join('\n  ')}\n`);
const skipped = total.skipped.length > 0 ? `, ${total.skipped.length} skipped` : '';
process.exitCode = total.failed > 0 ? 1 : 0;
process.stdout.write(`\n${total.passed} passed, ${total.failed} failed${skipped}\n`);
