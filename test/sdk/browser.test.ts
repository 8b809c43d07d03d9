/** End to end: the built client where there is no Node: no imports, no `process`, no `Buffer`. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { json, scripted } from './scripted-server.ts';

const built = new URL('../../sdk/dist/index.js', import.meta.url);

test('the built client imports nothing and names nothing of Node', async () => {
  const text = await readFile(built, 'utf8');
  assert.doesNotMatch(text, /\bBuffer\b|\bglobal\b|\b__dirname\b/);
  assert.doesNotMatch(text, /^\s*import\b|\bimport\(|\brequire\(/m);
});

test('the built client works without what only Node has', async (t) => {
  const { url, seen } = await scripted(
    t,
    json({ id: 'job_1' }, 201),
    (response) => response.end(`data: ${JSON.stringify({ type: 'end', state: 'succeeded' })}\n\n`),
    json({ id: 'job_1', state: 'succeeded' }),
  );
  const script = `
    const { log } = console;
    const { Anneal } = await import(${JSON.stringify(built.href)});
    delete globalThis.process; delete globalThis.crypto.randomUUID;
    const client = new Anneal({ baseUrl: ${JSON.stringify(url)}, token: 'x' });
    const { id } = await client.jobs.create({});
    const { state } = await client.jobs.wait(id);
    await new Anneal().health().catch(({ code }) => log(state, code));`;
  const run = promisify(execFile);
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', script], {
    cwd: fileURLToPath(new URL('.', built)),
  });
  assert.equal(stdout, 'succeeded no_server\n');
  assert.equal(seen.length, 3);
});
