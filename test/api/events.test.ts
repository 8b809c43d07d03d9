/** The stream of events: order, resuming, progress, its end, watchers that share, leave or lag. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createFeeds } from '@anneal/api/events/feed.ts';
import { eventStream } from '@anneal/api/events/stream.ts';
import { AnnealError, type Progress } from '@anneal/schemas';
import { emit, finish, newJob, openService, startJob, type TestService } from './service.ts';
import { all, type Message, messages } from './sse.ts';

let service: TestService;
before(async () => {
  service = await openService();
});
after(() => service.close());

const notice = (message: string) => ({ type: 'notice', level: 'info', message }) as const;
const ids = (found: readonly Message[]) => found.flatMap(({ id }) => (id === undefined ? [] : [id]));
const progress = (step: number): Progress => ({
  ...{ phase: 'training', step, steps: 100, epoch: 1, epochs: 1, loss: 0.5 },
  ...{ validationLoss: null, validationScore: null, microsecondsPerStep: 50, secondsLeft: 1 },
});

describe('a job that has ended', () => {
  it('streams all its events in order, then says that this is the end', async () => {
    const { id } = await newJob(service);
    const lease = await startJob(service, id);
    await emit(service, lease, notice('one'), notice('two\nlines'));
    await finish(service, lease);
    const found = await all(await service.call(`/v1/jobs/${id}/events`));
    assert.deepEqual(
      found.map(({ type }) => type),
      ['state', 'state', 'state', 'notice', 'notice', 'state', 'end'],
    );
    assert.deepEqual(ids(found), [1, 2, 3, 4, 5, 6]);
    assert.deepEqual(found.at(-1)?.data, { type: 'end', state: 'succeeded' });
  });

  it('goes on after Last-Event-ID, or ?after=, or at once to the end', async () => {
    const { id } = await newJob(service);
    await service.post(`/v1/jobs/${id}/cancel`, '');
    const path = `/v1/jobs/${id}/events`;
    const from = async (target: string, last?: string) =>
      (await all(await service.call(target, last ? { headers: { 'last-event-id': last } } : {}))).map(
        ({ type }) => type,
      );
    assert.deepEqual(await from(path, '1'), ['state', 'end']);
    assert.deepEqual(await from(`${path}?after=1`), ['state', 'end']);
    assert.deepEqual(await from(`${path}?after=0`, '2'), ['end']);
    assert.deepEqual(await from(`${path}?after=1000`), ['end']);
  });

  it('pages through many events', async () => {
    const { id } = await newJob(service);
    const lease = await startJob(service, id);
    const batch = Array.from({ length: 1000 }, (_, n) => notice(String(n)));
    await emit(service, lease, ...batch);
    await finish(service, lease);
    const found = await all(await service.call(`/v1/jobs/${id}/events`));
    assert.deepEqual(
      ids(found),
      Array.from({ length: 1004 }, (_, n) => n + 1),
    );
  });
});

describe('a job that runs', () => {
  it('streams events as they come, and the latest progress without an id', async () => {
    const { id } = await newJob(service);
    const lease = await startJob(service, id);
    const stream = messages(await service.call(`/v1/jobs/${id}/events?after=3`));
    await emit(service, lease, notice('first'));
    assert.equal((await stream.next()).value?.id, 4);
    await service.jobs.heartbeat(lease, 60_000, { progress: progress(10) });
    const shown = (await stream.next()).value as Message;
    assert.deepEqual([shown.type, shown.id], ['progress', undefined]);
    assert.equal('progress' in shown.data && shown.data.progress.step, 10);
    await finish(service, lease);
    assert.equal((await stream.next()).value?.type, 'state');
    assert.equal((await stream.next()).value?.type, 'end');
    assert.equal((await stream.next()).done, true);
    assert.equal(service.feeds.size, 0);
  });

  it('loses and doubles nothing over streams cut off anywhere', async () => {
    const { id } = await newJob(service);
    const lease = await startJob(service, id);
    const seen: number[] = [];
    for (let round = 0; round < 20; round++) {
      await emit(service, lease, notice(`a${round}`), notice(`b${round}`));
      const last = String(seen.at(-1) ?? 0);
      for await (const message of messages(
        await service.call(`/v1/jobs/${id}/events`, { headers: { 'last-event-id': last } }),
      )) {
        if (message.id !== undefined) seen.push(message.id);
        if (seen.length % 3 === round % 3) break;
      }
    }
    assert.deepEqual(
      seen,
      Array.from(seen, (_, n) => n + 1),
    );
    assert.equal(service.feeds.size, 0);
  });

  it('asks the store once for all its watchers, and no more when they are gone', async (t) => {
    const { id } = await newJob(service);
    const reads = t.mock.method(service.jobs, 'readEvents');
    const streams = await Promise.all(
      Array.from({ length: 50 }, async () => messages(await service.call(`/v1/jobs/${id}/events`))),
    );
    await Promise.all(streams.map(async (stream) => assert.equal((await stream.next()).value?.id, 1)));
    assert.equal(service.feeds.size, 1);
    assert.ok(reads.mock.callCount() < 25, `${reads.mock.callCount()} reads for 50 watchers`);
    await Promise.all(streams.map((stream) => stream.return(undefined)));
    assert.equal(service.feeds.size, 0);
  });

  it('lets go of a watcher that waits for news', async () => {
    const { id } = await newJob(service);
    const reader = (await service.call(`/v1/jobs/${id}/events?after=1`)).body!.getReader();
    await reader.read();
    const waiting = reader.read();
    await reader.cancel();
    assert.equal((await waiting).done, true);
    assert.equal(service.feeds.size, 0);
  });
});

describe('the store and the service', () => {
  it('says something now and then when there is nothing to say', async () => {
    const { id } = await newJob(service);
    const [{ feeds, jobs }, comments] = [service, [] as string[]];
    const body = eventStream({ feeds, jobs, jobId: id, after: 1, heartbeatMilliseconds: 1 });
    const reader = body.getReader();
    while (comments.length < 3) {
      const { value } = await reader.read();
      const text = new TextDecoder().decode(value);
      if (text.startsWith(':')) comments.push(text);
    }
    await reader.cancel();
    assert.equal(feeds.size, 0);
  });

  it('breaks off, without an end, when the store is gone for good', async () => {
    const gone = { ...service.jobs, readEvents: () => Promise.reject(new AnnealError('store_unavailable', 'gone')) };
    const feeds = createFeeds(gone, 1);
    const body = eventStream({ feeds, jobs: gone, jobId: 'job_x', after: 0 });
    await assert.rejects(
      all(new Response(body, { headers: { 'content-type': 'text/event-stream; charset=utf-8' } })),
      /gone/,
    );
    assert.equal(feeds.size, 0);
  });

  it('bears a store that is gone for a moment', async () => {
    const { id } = await newJob(service);
    await service.post(`/v1/jobs/${id}/cancel`, '');
    let failures = 3;
    const readEvents: typeof service.jobs.readEvents = (...asked) =>
      failures-- > 0 ? Promise.reject(new AnnealError('store_unavailable', 'busy')) : service.jobs.readEvents(...asked);
    const jobs = { ...service.jobs, get: (asked: string) => service.jobs.get(asked), readEvents };
    const body = eventStream({ feeds: createFeeds(jobs, 1), jobs, jobId: id, after: 0 });
    const found = await all(new Response(body, { headers: { 'content-type': 'text/event-stream; charset=utf-8' } }));
    assert.equal(found.at(-1)?.type, 'end');
  });

  it('ends the streams of a service that closes, without an end message', async () => {
    const { id } = await newJob(service);
    const feeds = createFeeds(service.jobs, 5);
    const body = eventStream({ feeds, jobs: service.jobs, jobId: id, after: 0 });
    const stream = messages(new Response(body, { headers: { 'content-type': 'text/event-stream; charset=utf-8' } }));
    assert.equal((await stream.next()).value?.type, 'state');
    feeds.close();
    assert.equal((await stream.next()).done, true);
  });

  it('refuses ids that are no number, and unknown jobs', async () => {
    const { id } = await newJob(service);
    const bad = await service.call(`/v1/jobs/${id}/events`, { headers: { 'last-event-id': 'abc' } });
    assert.equal(bad.status, 400);
    assert.equal((await service.call('/v1/jobs/job_zzzzzzzzzzzzzzzzzzzz/events')).status, 404);
  });
});
