/** Launches of a job are told apart: what is heard of one says nothing of the next, as where services share a table. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JobStore } from '@anneal/core';
import { readHistory } from '@anneal/core/scheduler/history.ts';
import { AnnealError } from '@anneal/schemas';
import { reaches, reasons, setUp, timeout, until } from './scheduler-place.ts';

/** Another service has taken the launch for lost, and made another. */
async function launchedElsewhere(jobs: JobStore, id: string): Promise<void> {
  await jobs.transition(id, ['starting'], 'queued', { reason: 'by another service' });
  await jobs.transition(id, ['queued'], 'starting');
}

test('an end that is told late is not charged to a later launch', timeout, async (t) => {
  const { jobs, runners, start, submit } = await setUp(t, 1);
  const id = await submit();
  const scheduler = start();
  await until(() => runners.launched.length === 1);
  await launchedElsewhere(jobs, id);
  runners.end(id, 'signal SIGKILL');
  await scheduler.idle();
  assert.equal((await jobs.get(id)).state, 'starting');
  const { launch } = await readHistory(jobs, id);
  runners.tell({ jobId: id, launch, handle: '', how: 'signal SIGKILL', tail: '' });
  await scheduler.idle();
  assert.equal((await reasons(jobs, id)).filter((reason) => reason?.includes('SIGKILL')).length, 1);
  await scheduler.close();
});

test('a launch that fails after the job was launched again leaves the job alone', timeout, async (t) => {
  const { jobs, runners, start, submit } = await setUp(t, 1);
  const id = await submit();
  let fail = (_: Error): void => undefined;
  runners.launch = () => new Promise((_, reject) => (fail = reject));
  const scheduler = start();
  await reaches(jobs, id, 'starting');
  await launchedElsewhere(jobs, id);
  fail(new AnnealError('internal', 'it will never work'));
  await scheduler.idle();
  assert.equal((await jobs.get(id)).state, 'starting');
  await scheduler.close();
});

test('a runner that left since another has the job says nothing of that one', timeout, async (t) => {
  const { jobs, runners, start, submit } = await setUp(t, 1);
  const id = await submit();
  const scheduler = start();
  await until(() => runners.launched.length === 1);
  const { launch } = await readHistory(jobs, id);
  await jobs.claim(id, 'a runner of another service', 60_000);
  runners.running = async () => [];
  const exit = { jobId: id, launch, handle: '', how: 'exit code 3', tail: '' };
  runners.tell({ ...exit, refused: true });
  await scheduler.idle();
  assert.equal((await jobs.get(id)).state, 'running');
  await scheduler.close();
});
