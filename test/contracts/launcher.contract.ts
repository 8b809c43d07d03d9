/** Contract of the Launcher port: what every adapter promises, tried on real processes. */
import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { Exit, Launcher } from '@anneal/core';

/** A place to launch in. Its runners are `launcher.runner.mjs`, with ANNEAL_STORE set to `here`. */
export interface Place {
  /** A launcher on this place; a second one is a later life of the service. */
  open(): Launcher | Promise<Launcher>;
}

export function launcherContract(adapter: string, makePlace: (t: TestContext) => Promise<Place>): void {
  const it = (promise: string, body: (place: Place, t: TestContext) => Promise<void>): void => {
    test(`${adapter}: ${promise}`, { timeout: 60_000 }, async (t) => body(await makePlace(t), t));
  };

  it('tells how a runner ended, with the last lines of its log', async (place) => {
    const launcher = await place.open();
    const ended = nextExit(launcher);
    const { handle } = await launcher.launch('job_exit_1', 7);
    const exit = await ended;
    const { how, jobId, launch, refused } = exit;
    assert.deepEqual([jobId, launch, exit.handle, how], ['job_exit_1', 7, handle, 'exit code 3']);
    // What a runner says by this code.
    assert.equal(refused, true);
    assert.notEqual(exit.interrupted, true);
    assert.match(exit.tail, /runner \d+ does job_exit_1\nANNEAL_STORE is here\nlast words$/);
    assert.deepEqual(await launcher.running(), []);
  });

  it('tells of a crash by its signal', async (place) => {
    const launcher = await place.open();
    const ended = nextExit(launcher);
    await launcher.launch('job_abort_1', 1);
    assert.equal((await ended).how, 'signal SIGABRT');
  });

  it('lists the jobs whose runners live', async (place) => {
    const launcher = await place.open();
    await launcher.launch('job_polite_1', 1);
    await launcher.launch('job_polite_2', 1);
    assert.deepEqual([...(await launcher.running())].sort(), ['job_polite_1', 'job_polite_2']);
    await Promise.all([launcher.stop('job_polite_1', 10_000), launcher.stop('job_polite_2', 10_000)]);
    assert.deepEqual(await launcher.running(), []);
  });

  it('lets a runner save when it is stopped', async (place) => {
    const launcher = await place.open();
    const ended = nextExit(launcher);
    await launcher.launch('job_polite_1', 1);
    await logHolds(launcher, 'job_polite_1', 'ready');
    await launcher.stop('job_polite_1', 30_000);
    const exit = await ended;
    assert.equal(exit.how, 'exit code 0');
    assert.match(exit.tail, /saved$/);
  });

  it('ends a runner that does not leave in time, and all it started', async (place) => {
    const launcher = await place.open();
    const ended = nextExit(launcher);
    await launcher.launch('job_stubborn_1', 1);
    await logHolds(launcher, 'job_stubborn_1', 'ready');
    await launcher.stop('job_stubborn_1', 100);
    assert.equal((await ended).how, 'signal SIGKILL');
    const child = Number(/child (\d+)/.exec(await logOf(launcher, 'job_stubborn_1'))![1]);
    await until(() => !exists(child));
  });

  it('takes a stop of a job without a runner as done', async (place) => {
    await (await place.open()).stop('job_polite_1', 0);
  });

  it('calls a listener no more once it has unsubscribed', async (place) => {
    const launcher = await place.open();
    const heard: Exit[] = [];
    launcher.onExit((exit) => heard.push(exit))();
    const ended = nextExit(launcher);
    await launcher.launch('job_exit_1', 1);
    await ended;
    assert.deepEqual(heard, []);
  });

  it('keeps the logs of all runners of a job, the newest last', async (place) => {
    const launcher = await place.open();
    assert.equal(await logOf(launcher, 'job_exit_1'), '');
    for (let attempt = 0; attempt < 2; attempt++) {
      const ended = nextExit(launcher);
      await launcher.launch('job_exit_1', 1);
      await ended;
    }
    assert.equal((await logOf(launcher, 'job_exit_1')).match(/last words/g)?.length, 2);
  });

  it('ends what is left of an earlier runner before it launches a job again', async (place) => {
    const launcher = await place.open();
    const first = await launcher.launch('job_polite_1', 1);
    await logHolds(launcher, 'job_polite_1', 'ready');
    const ended = nextExit(launcher);
    const second = await launcher.launch('job_polite_1', 2);
    const exit = await ended;
    assert.deepEqual([exit.handle, exit.launch], [first.handle, 1]);
    assert.notEqual(second.handle, first.handle);
    assert.deepEqual(await launcher.running(), ['job_polite_1']);
    await launcher.stop('job_polite_1', 0);
  });

  it('leaves a later launch alone when an earlier one is stopped', async (place) => {
    const launcher = await place.open();
    await launcher.launch('job_polite_1', 5);
    await logHolds(launcher, 'job_polite_1', 'ready');
    await launcher.stop('job_polite_1', 0, 4);
    assert.deepEqual(await launcher.running(), ['job_polite_1']);
    await launcher.stop('job_polite_1', 0, 5);
    assert.deepEqual(await launcher.running(), []);
  });

  it('finds the runners of an earlier life of the service, stops them and tells of their ends', async (place) => {
    const { handle } = await (await place.open()).launch('job_polite_1', 5);
    const later = await place.open();
    assert.deepEqual(await later.running(), ['job_polite_1']);
    await logHolds(later, 'job_polite_1', 'ready');
    const ended = nextExit(later);
    await later.stop('job_polite_1', 30_000);
    const exit = await ended;
    assert.deepEqual([exit.jobId, exit.launch, exit.handle], ['job_polite_1', 5, handle]);
    // We have ended it ourselves.
    assert.equal(exit.interrupted, true);
    assert.match(exit.tail, /saved$/);
    assert.deepEqual(await later.running(), []);
  });
}

export const nextExit = (launcher: Launcher): Promise<Exit> =>
  new Promise((resolve) => {
    const unsubscribe = launcher.onExit((exit) => {
      unsubscribe();
      resolve(exit);
    });
  });

export async function logOf(launcher: Launcher, jobId: string): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of launcher.log(jobId)) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

export const logHolds = (launcher: Launcher, jobId: string, words: string): Promise<void> =>
  until(async () => (await logOf(launcher, jobId)).includes(words));

/** Done once the condition holds; the test's timeout ends the wait. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 10));
}

export function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
