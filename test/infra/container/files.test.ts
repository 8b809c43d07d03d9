/** The Dockerfile by its linter, and the compose files by the code of Docker Compose, with what they must say. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { temporaryFolder } from '../../cli/anneal.ts';
import { pythonEnvironment } from '../../oracles/python/environment.ts';
import { standIn } from '../../stand-ins/start.ts';
import { composeFile, gpuFile, openCompose } from './compose.ts';
import { dockerfile, settings } from './dockerfile.ts';

// Before any test is made: the runner of Node 20 takes the file for done, and ends what it stands on, where all tests made so far have ended.
const compose = await standIn('the compose files', openCompose);
const linter = await pythonEnvironment({
  requirements: fileURLToPath(new URL('hadolint.txt', import.meta.url)),
  check:
    'import os, subprocess, sys; subprocess.run([os.path.join(os.path.dirname(sys.executable), "hadolint"), "--version"], check=True)',
});
const skip = 'reason' in linter ? linter.reason : false;

/** What hadolint says, as `CODE LINE`. */
async function lint(file: string): Promise<string[]> {
  const program = join(dirname('python' in linter ? linter.python : ''), 'hadolint');
  const args = ['--format', 'json', '--no-fail', file];
  const { stdout } = await promisify(execFile)(program, args);
  return (JSON.parse(stdout) as { code: string; line: number }[]).map(({ code, line }) => `${code} ${line}`);
}

test('hadolint finds nothing in the Dockerfile, and would', { skip }, async (t) => {
  assert.deepEqual(await lint(dockerfile), []);
  const text = await readFile(dockerfile, 'utf8');
  const bad = join(await temporaryFolder(t), 'Dockerfile');
  const shell = text.replace(/^ENTRYPOINT .*$/m, 'ENTRYPOINT node /opt/anneal/infra/docker/entry.mjs');
  await writeFile(bad, shell.replace(/^USER .*$/m, 'USER root').replaceAll(/^(FROM node):\S+/gm, '$1'));
  const found = (await lint(bad)).map((one) => one.split(' ')[0]);
  for (const code of ['DL3006', 'DL3025']) assert.ok(found.includes(code), `${code}: ${found}`);
});

test('the container starts without a shell and without rights', () => {
  const { entrypoint, user, env } = settings();
  assert.deepEqual(entrypoint, ['node', '/opt/anneal/infra/docker/entry.mjs']);
  assert.match(user, /^[1-9]\d*:[1-9]\d*$/);
  assert.deepEqual(env, { NODE_ENV: 'production', HOME: '/var/lib/anneal', TMPDIR: '/var/lib/anneal/tmp' });
});

const repository = fileURLToPath(new URL('../../..', import.meta.url)).replace(/\/$/, '');
const variables = { ANNEAL_S3_ACCESS_KEY: 'name', ANNEAL_S3_SECRET_KEY: 'secret' };

if (compose) {
  test('compose.yaml follows the specification; nothing of it is open to the network or runs with rights', async () => {
    const { services } = await compose.read([composeFile], variables);
    assert.deepEqual(Object.keys(services).sort(), ['anneal', 'bucket', 's3']);
    for (const [name, service] of Object.entries(services)) {
      assert.equal(service.read_only, true, name);
      assert.deepEqual(service.cap_drop, ['ALL'], name);
      assert.match(service.image, /:[\w.-]+$/);
      for (const { host_ip } of service.ports ?? []) assert.equal(host_ip, '127.0.0.1', name);
    }
    const { build, environment } = services.anneal!;
    assert.deepEqual(build, { context: repository, dockerfile: 'infra/docker/Dockerfile', target: 'cpu' });
    assert.deepEqual([environment.AWS_ACCESS_KEY_ID, environment.AWS_SECRET_ACCESS_KEY], ['name', 'secret']);
  });

  test('compose.gpu.yaml changes the image and asks for GPUs', async () => {
    const { services } = await compose.read([composeFile, gpuFile], variables);
    for (const name of ['anneal', 'bucket']) {
      assert.equal(services[name]!.build!.target, 'gpu');
      assert.equal(services[name]!.image, 'anneal:gpu');
    }
    const devices = [{ driver: 'nvidia', count: -1, capabilities: ['gpu'] }];
    assert.deepEqual(services.anneal!.deploy!.resources, { reservations: { devices } });
  });

  test('a file that does not follow it is refused: a key that is not known, a volume or service that is nowhere, no secret', async (t) => {
    const text = await readFile(composeFile, 'utf8');
    const bad = join(await temporaryFolder(t), 'compose.yaml');
    for (const [from, to, words] of [
      ['restart: unless-stopped', 'restrat: unless-stopped', /restrat/],
      ['- work:/var', '- elsewhere:/var', /undefined volume elsewhere/],
      ['depends_on: [s3]', 'depends_on: [s4]', /undefined service "s4"/],
      ['stop_grace_period: 45s', 'stop_grace_period: soon', /stop_grace_period/],
    ] as const) {
      await writeFile(bad, text.replace(from, to));
      await assert.rejects(compose.read([bad], variables), words);
    }
    await assert.rejects(
      compose.read([composeFile], { ANNEAL_S3_ACCESS_KEY: 'name' }),
      /variable ANNEAL_S3_SECRET_KEY is missing a value/,
    );
  });
}
