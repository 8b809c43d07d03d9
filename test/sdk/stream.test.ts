/** End to end: events over broken connections, and waiting for a job, against a real HTTP server that misbehaves by script. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { parseServerSentEvents } from '../../sdk/client/server-sent-events.ts';
import { JobCancelledError, JobFailedError, NotFoundError, TimeoutError } from '../../sdk/index.ts';
import { json, type Line, problem, scripted } from './scripted-server.ts';

const event = (seq: number): string =>
  `id: ${seq}\nevent: notice\ndata: ${JSON.stringify({ seq, at: '2026-01-01T00:00:00Z', body: { type: 'notice', level: 'info', message: `n${seq}` } })}\n\n`;
const progress = `event: progress\ndata: ${JSON.stringify({ type: 'progress', progress: { step: 7 } })}\n\n`;
const end = (state: string): string => `event: end\ndata: ${JSON.stringify({ type: 'end', state })}\n\n`;

/** Sends the text, then breaks the connection; or closes it as if all were well. */
const send =
  (text: string, how: 'break' | 'close' | 'stay' = 'close'): Line =>
  (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    if (how === 'close') response.end(text);
    else response.write(text, () => how === 'break' && response.socket?.destroy());
  };

test('each event comes once and in order, over connections that break or close too early', async (t) => {
  const { client, seen } = await scripted(
    t,
    send(event(1) + event(2), 'break'),
    send(event(2) + event(3), 'close'),
    send(event(4) + end('succeeded')),
  );
  const reconnects: string[] = [];
  const found: number[] = [];
  const stream = client.jobs.stream('job_1', { onReconnect: (error) => reconnects.push(error.code) });
  for await (const { seq } of stream) found.push(seq);
  assert.deepEqual(found, [1, 2, 3, 4]);
  assert.deepEqual(
    seen.map(({ headers }) => headers['last-event-id']),
    [undefined, '2', '3'],
  );
  assert.deepEqual(reconnects, ['connection_failed', 'connection_failed']);
});

test('a stream starts after the event it is told and leaves its connection when it is left', async (t) => {
  let closed: Promise<unknown> | undefined;
  const { client, seen } = await scripted(t, (response, one) => {
    closed = once(response, 'close');
    send(event(6), 'stay')(response, one);
  });
  for await (const { seq } of client.jobs.stream('job_1', { after: 5 })) {
    assert.equal(seq, 6);
    break;
  }
  await closed;
  assert.equal(seen[0]?.headers['last-event-id'], '5');
});

test('a job that is not there ends the stream at once', async (t) => {
  const { client, seen } = await scripted(t, problem(404, 'not_found', false));
  await assert.rejects(client.jobs.stream('job_1').next(), NotFoundError);
  assert.equal(seen.length, 1);
});

test('an aborted stream throws the reason of the signal', async (t) => {
  const { client } = await scripted(t, send(event(1), 'stay'));
  const controller = new AbortController();
  const stream = client.jobs.stream('job_1', { signal: controller.signal });
  await stream.next();
  controller.abort(new Error('enough'));
  await assert.rejects(stream.next(), /enough/);
});

test('wait reports events and progress and answers the job', async (t) => {
  const { client } = await scripted(
    t,
    send(progress + event(1) + end('succeeded')),
    json({ id: 'job_1', state: 'succeeded' }),
  );
  const steps: number[] = [];
  const events: number[] = [];
  const job = await client.jobs.wait('job_1', {
    onProgress: ({ step }) => steps.push(step),
    onEvent: ({ seq }) => events.push(seq),
  });
  assert.equal(job.state, 'succeeded');
  assert.deepEqual([steps, events], [[7], [1]]);
});

test("wait rejects with the job's own reason", async (t) => {
  const error = {
    code: 'non_finite_loss',
    message: 'step 12: the loss is NaN',
    param: 'schedule.rate',
    retryable: false,
  };
  const { client } = await scripted(t, send(end('failed')), json({ id: 'job_1', state: 'failed', error }));
  await assert.rejects(client.jobs.wait('job_1'), (thrown) => {
    assert.ok(thrown instanceof JobFailedError);
    assert.deepEqual([thrown.code, thrown.message, thrown.param], ['non_finite_loss', error.message, error.param]);
    assert.equal(thrown.job.id, 'job_1');
    return true;
  });
});

test('wait tells a cancelled job from a failed one', async (t) => {
  const { client } = await scripted(t, send(end('cancelled')), json({ id: 'job_1', state: 'cancelled', error: null }));
  await assert.rejects(client.jobs.wait('job_1'), JobCancelledError);
});

test('wait gives up in time', async (t) => {
  const { client } = await scripted(t, send(event(1), 'stay'));
  const wait = client.jobs.wait('job_1', { timeout: 30 });
  await assert.rejects(wait, (error) => error instanceof TimeoutError && error.code === 'wait_timeout');
});

test('server-sent events are parsed however the bytes are cut', async () => {
  const text = ': hello\r\n\r\nid: 1\r\nevent: x\r\ndata: α\r\ndata:β\r\n\r\nretry: 5\n\ndata\n\ndata: cut off';
  const bytes = new TextEncoder().encode(text);
  for (const size of [1, 2, 3, 7, bytes.length]) {
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        for (let at = 0; at < bytes.length; at += size) controller.enqueue(bytes.subarray(at, at + size));
        controller.close();
      },
    });
    const found = [];
    for await (const message of parseServerSentEvents(body, () => undefined)) found.push(message);
    assert.deepEqual(found, [
      { id: '1', data: 'α\nβ' },
      { id: undefined, data: '' },
    ]);
  }
});
