/** Stand-ins are started on ports of their own: an answer from another process on the port that was chosen is not theirs. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { listens, startFunction, startProgram } from '../../infra/stand-ins/index.mjs';
import { standIn } from './start.ts';

/** Serves the word `mine`; where its port is taken it stays for a moment, as a Java program does while it starts, and ends. */
const program = `
  const server = require('node:http').createServer((request, response) => response.end('mine'));
  server.on('error', () => setTimeout(() => process.exit(1), 700));
  server.listen(Number(process.argv[1]), '127.0.0.1');
`;
const command = (port: number) => ({ program: process.execPath, args: ['--eval', program, String(port)] });

async function stranger(port = 0) {
  const server = createServer((_request, response) => response.end('a stranger'));
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const stop = (): Promise<unknown> => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  };
  return { port: (server.address() as AddressInfo).port, stop };
}

test('the answer of another process on the chosen port is not taken for its own', { timeout: 60_000 }, async (t) => {
  const taken = await stranger();
  const free = await stranger();
  await free.stop();
  t.after(() => taken.stop());
  const ports = [taken.port, free.port];
  const started = await startProgram(command, {}, async () => ports.shift()!);
  t.after(() => started.stop());
  assert.equal(started.url, `http://127.0.0.1:${free.port}`);
  assert.equal(await (await fetch(started.url)).text(), 'mine');
});

const nowhere = await standIn('functions that can’t be started', () =>
  startFunction({ folder: '/nowhere/at/all', handler: 'index.handler' }),
);
if (nowhere)
  test('a function that can’t be started answers with the reason', { timeout: 60_000 }, async () => {
    const answer = await fetch(nowhere.url);
    assert.equal(answer.status, 502);
    assert.match(await answer.text(), /did not start: .*ENOENT/);
  });

test('who listens on a port is told apart', async (t) => {
  const mine = await stranger();
  t.after(() => mine.stop());
  assert.equal(await listens(process.pid, mine.port), true);
  assert.equal(await listens(process.ppid, mine.port), false);
  await mine.stop();
  assert.equal(await listens(process.pid, mine.port), false);
});
