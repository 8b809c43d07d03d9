/** Starts stand-ins on free ports of this machine. They end with `stop`, and with the process that started them. */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import fs from 'node:fs/promises';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { contextOf } from '../setup/context.mjs';
import { dynamodbLocal } from './dynamodb-local.mjs';
import { elasticmq } from './elasticmq.mjs';
import { moto } from './moto.mjs';
import { listens } from './owned-port.mjs';
import { spawnBound } from './spawn.mjs';
import { versitygw } from './versitygw.mjs';

/** Another process may take the port between its choice and its use. */
const TRIES = 5;
/** Milliseconds for one start, on a machine that is busy. */
const PATIENCE = 120_000;

/** Access keys are drawn by chance: DynamoDB Local keeps the tables of different keys apart. */
export async function startDynamodb({ credentials = newCredentials(), ...options } = {}) {
  const command = await dynamodbLocal(contextOf(options));
  return { credentials, ...(await start((port) => command(port), {})) };
}

/** An SQS without any queue. */
export async function startSqs({ credentials = newCredentials(), ...options } = {}) {
  const command = await elasticmq(contextOf(options));
  return { credentials, ...(await start((port) => command(port), {})) };
}

/** An S3 without any bucket, in a temporary folder that goes with it; `folder` is where its objects lie as files. */
export async function startS3({ credentials = newCredentials(), ...options } = {}) {
  const command = await versitygw(contextOf(options));
  const root = await fs.mkdtemp(path.join(os.tmpdir(), 'anneal-s3-'));
  const folder = path.join(root, 'objects');
  const versions = path.join(root, 'versions');
  await fs.mkdir(folder);
  await fs.mkdir(versions);
  const env = { ROOT_ACCESS_KEY: credentials.accessKeyId, ROOT_SECRET_KEY: credentials.secretAccessKey };
  const remove = () => fs.rm(root, { recursive: true, force: true });
  try {
    const { url, stop } = await start((port) => command(port, folder, versions), env);
    return { credentials, folder, url, stop: () => stop().then(remove) };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** moto's server, whose jobs of Batch need no Docker and end at once. */
export async function startMoto({ credentials = newCredentials(), ...options } = {}) {
  const { python, packages, command } = await moto(contextOf(options));
  const started = await start(command, { PYTHONPATH: packages, PYTHONDONTWRITEBYTECODE: '1' });
  const answer = await fetch(`${started.url}/moto-api/config`, {
    method: 'POST',
    body: JSON.stringify({ batch: { use_docker: false } }),
  });
  await answer.arrayBuffer();
  return { credentials, python, packages, ...started };
}

const newCredentials = () => ({
  accessKeyId: `TEST${randomBytes(8).toString('hex').toUpperCase()}`,
  secretAccessKey: randomBytes(20).toString('hex'),
});

/**
 * A program that serves HTTP on a port of this machine, once it answers there.
 * @param {(port: number) => { program: string, args: string[] }} command @param {NodeJS.ProcessEnv} env
 * @param {() => Promise<number>} choosePort
 */
export async function start(command, env, choosePort = freePort) {
  for (let tries = 1; ; tries++) {
    const port = await choosePort();
    const child = spawnBound(command(port), env);
    const url = `http://127.0.0.1:${port}`;
    const said = { text: '' };
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text) => {
        said.text = (said.text + text).slice(-4000);
      });
    const ended = once(child, 'exit');
    if (await answers(url, port, child)) {
      return {
        url,
        async stop() {
          child.kill('SIGKILL');
          await ended;
          child.stdin.destroy();
        },
      };
    }
    child.kill('SIGKILL');
    await ended;
    if (tries === TRIES) throw new Error(`a stand-in did not start: ${said.text}`);
  }
}

/**
 * Whether it answers, whatever it answers; false once it has ended. An answer counts only if it is the child that listens.
 * @param {string} url @param {number} port @param {import('node:child_process').ChildProcess} child
 */
async function answers(url, port, child) {
  const deadline = performance.now() + PATIENCE;
  while (child.exitCode === null && child.signalCode === null && performance.now() < deadline) {
    const answered = await fetch(url, { signal: AbortSignal.timeout(5000) }).then(
      (response) => response.arrayBuffer(),
      () => undefined,
    );
    if (answered && child.pid !== undefined && (await listens(child.pid, port))) return true;
    await pause(20);
  }
  return false;
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
      server.close(() => resolve(port));
    });
  });
}
