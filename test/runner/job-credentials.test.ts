/** A runner whose launch token opens nothing any more, as its job has gone to another: it leaves, and says so. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { exitCodes } from '@anneal/core/exit-codes.ts';
import { entry, execArgv } from './place.ts';

for (const [what, status, code, words] of [
  [
    'that is refused credentials ends as one whose job is lost',
    403,
    exitCodes.jobLost,
    /not this runner’s, or no longer/,
  ],
  [
    'that gets no answer of use ends as one that failed',
    500,
    exitCodes.crashed,
    /credentials of this job can't be had.*status 500/,
  ],
] as const) {
  test(`a runner ${what}`, { timeout: 120_000 }, async (t) => {
    const server = createServer((_request, response) => response.writeHead(status).end('{}')).listen(0, '127.0.0.1');
    t.after(() => server.close());
    await once(server, 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const env = {
      PATH: process.env.PATH,
      ...{ ANNEAL_CREDENTIALS: url, ANNEAL_CREDENTIALS_TOKEN: 'job_x.secret' },
      ANNEAL_STORE: 'dynamodb:jobs?region=us-east-1&endpoint=http://127.0.0.1:9',
      ANNEAL_ARTIFACTS: 's3:bucket?region=us-east-1&endpoint=http://127.0.0.1:9',
    };
    const child = spawn(process.execPath, [...execArgv, entry, '--job', 'job_x'], { env });
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (text) => (said += text));
    child.stderr.resume();
    const [ended] = await once(child, 'close');
    assert.equal(ended, code, said);
    assert.match(said, words);
    assert.ok(!said.includes('job_x.secret'), 'the token is not logged');
  });
}
