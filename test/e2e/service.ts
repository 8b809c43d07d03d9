/** `anneal serve` in a process and folder of its own. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { Manifest } from '@anneal/schemas';
import { Anneal } from '../../sdk/index.ts';
import { type Running, start, temporaryFolder } from '../cli/anneal.ts';

/** `anneal serve` in a folder of its own, and a client of it. */
export async function serve(t: TestContext, args: string[], env: Record<string, string> = {}) {
  const folder = await temporaryFolder(t);
  const running: Running = start(['serve', '--port', '0', '--json', ...args], { folder, env });
  const stop = async (): Promise<void> => {
    running.child.kill('SIGINT');
    const { code, stderr } = await running.ended;
    assert.equal(code, 0, stderr);
  };
  t.after(() => running.child.kill('SIGKILL'));
  await running.until('"url"');
  await running.until('Ctrl-C stops');
  const home = join(folder, '.anneal');
  const { url } = JSON.parse(await readFile(join(home, 'server.json'), 'utf8')) as { url: string };
  const token = (await readFile(join(home, 'token'), 'utf8')).trim();
  return { home, url, client: new Anneal({ baseUrl: url, token }), stop };
}

/** All artifacts of a job by the manifest, each as the manifest says. */
export async function artifactsOf(client: Anneal, id: string): Promise<Map<string, string>> {
  const manifest = await (await client.jobs.artifacts.get(id, 'manifest.json')).json<Manifest>();
  const found = new Map<string, string>();
  for (const { name, size, sha256 } of manifest.artifacts) {
    const bytes = await (await client.jobs.artifacts.get(id, name)).bytes();
    assert.deepEqual([bytes.length, createHash('sha256').update(bytes).digest('hex')], [size, sha256], name);
    found.set(name, sha256);
  }
  return found;
}
