/** `npm run test:faults`, ended from the terminal. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

test('the whole campaign, ended by Ctrl-C, counts what was played so far, and leaves no runner behind', {
  timeout: 300_000,
}, async () => {
  const main = fileURLToPath(new URL('faults/main.ts', import.meta.url));
  // In a process group of its own, all of which gets the signal, as from a terminal.
  const child = spawn(process.execPath, ['--import', 'tsx', main, '--only', 'clock'], { detached: true });
  const said = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (words) => (said.stdout += words));
  await new Promise<void>((resolve) => {
    child.stderr.setEncoding('utf8').on('data', (words) => {
      said.stderr += words;
      if (/^round /m.test(said.stderr)) resolve();
    });
    child.once('exit', () => resolve());
  });
  assert.equal(child.exitCode, null, said.stderr);
  const gone = once(child, 'close');
  process.kill(-child.pid!, 'SIGINT');
  const [code] = await gone;
  assert.equal(code, 130, said.stderr);
  const counts = /^ended by SIGINT after [1-9] of 200 rounds, [1-9] faults \(clock [1-9]\): 0 jobs lost, .*\n$/;
  assert.match(said.stdout, counts, said.stderr);
});
