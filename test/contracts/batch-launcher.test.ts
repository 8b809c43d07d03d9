/** The Launcher contract on AWS Batch, over its stand-in, and what only Batch can get wrong. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Waiting } from '@anneal/core';
import { batchLauncher } from '../../services/core/adapters/batch-launcher/index.ts';
import { DEFINITION, ON_DEMAND, SPOT, startBatch } from '../stand-ins/batch/start.ts';
import type { Fault, Seen } from '../stand-ins/faulty-proxy.ts';
import { standIn } from '../stand-ins/start.ts';
import { batchPlaces } from './batch-place.ts';
import { launcherContract, logHolds, logOf, nextExit, until } from './launcher.contract.ts';

const runner = fileURLToPath(new URL('launcher.runner.mjs', import.meta.url));
const image = { entrypoint: [process.execPath, runner], env: {} } as const;
const batch = await standIn('the launcher on AWS Batch', () => startBatch({ image, secondMilliseconds: 20 }));
const timeout = { timeout: 60_000 };

const isSubmit = ({ url }: Seen): boolean => url.endsWith('/submitjob');
/** The fault for the first `times` submissions. */
const first = (times: number, fault: Fault) => {
  let count = 0;
  return (seen: Seen) => (isSubmit(seen) && ++count <= times ? fault : undefined);
};

if (batch) {
  const placeOf = await batchPlaces(batch);
  launcherContract('AWS Batch', async (t) => placeOf(t));

  test('a submission whose answer is lost is found by its name, and not sent again', timeout, async (t) => {
    const place = placeOf(t);
    const launcher = await place.open();
    place.network.faults(first(1, { kind: 'lose' }));
    const { handle } = await launcher.launch('job_polite_1', 1);
    assert.deepEqual(
      place.jobs().map(({ id }) => id),
      [handle],
    );
  });

  test('a submission that never arrived is sent again, once', timeout, async (t) => {
    const place = placeOf(t);
    const launcher = await place.open();
    place.network.faults(first(1, { kind: 'cut' }));
    const { handle } = await launcher.launch('job_polite_1', 1);
    assert.deepEqual(
      place.jobs().map(({ id }) => id),
      [handle],
    );
  });

  test('Batch out of reach is an error that may pass, and leaves nothing', timeout, async (t) => {
    const place = placeOf(t);
    const launcher = await place.open();
    place.network.faults(first(100, { kind: 'answer', status: 500, type: 'application/json', body: '{}' }));
    await assert.rejects(launcher.launch('job_polite_1', 1), { code: 'store_unavailable', retryable: true });
    assert.deepEqual(place.jobs(), []);
  });

  test('what Batch refuses is said in its words', timeout, async (t) => {
    const place = placeOf(t);
    const launcher = await place.open();
    const body = JSON.stringify({ message: 'User is not authorised to use this queue' });
    place.network.faults(first(1, { kind: 'answer', status: 403, type: 'application/json', body }));
    await assert.rejects(launcher.launch('job_polite_1', 1), /AWS Batch can't be used: access is denied/);
  });

  test('only references travel: the id, where the stores are, and how long a stop takes', timeout, async (t) => {
    const place = placeOf(t);
    await (await place.open()).launch('job_polite_1', 1);
    const { submission } = place.jobs()[0]!;
    assert.deepEqual(submission.containerOverrides, {
      command: ['--job', 'job_polite_1'],
      environment: [
        { name: 'ANNEAL_STORE', value: 'here' },
        { name: 'ANNEAL_STOP_SECONDS', value: '30' },
      ],
    });
    assert.deepEqual(submission.tags, { 'anneal:job': 'job_polite_1', 'anneal:tenant': place.tenant });
    assert.deepEqual(submission.retryStrategy?.evaluateOnExit?.at(-1), { onReason: '*', action: 'EXIT' });
    const long = await placeOf(t, { env: { ANNEAL_STORE: 'x'.repeat(31_000) } }).open();
    await assert.rejects(
      long.launch('job_polite_2', 1),
      /too long for Batch: the request has \d+ bytes, it takes 30720/,
    );
  });

  test(
    'a launch carries who hands out credentials, and a token of its own; without tokens it is not made',
    timeout,
    async (t) => {
      const address = '&credentials=https://example.com/';
      const tokens = { issue: async (jobId: string) => `${jobId}.secret` };
      const place = placeOf(t, { address, tokens });
      await (await place.open()).launch('job_polite_1', 1);
      const { environment = [] } = place.jobs()[0]!.submission.containerOverrides ?? {};
      const variables = Object.fromEntries(environment.map(({ name, value }) => [name, value]));
      assert.equal(variables.ANNEAL_CREDENTIALS, 'https://example.com/');
      assert.equal(variables.ANNEAL_CREDENTIALS_TOKEN, 'job_polite_1.secret');
      const without = placeOf(t, { address });
      await assert.rejects((await without.open()).launch('job_polite_1', 1), /opened without launch tokens/);
      assert.deepEqual(without.jobs(), []);
    },
  );

  test('a launch that a later one has overtaken submits nothing', timeout, async (t) => {
    const place = placeOf(t);
    const launcher = await place.open();
    const { handle } = await launcher.launch('job_polite_1', 4);
    assert.deepEqual(await launcher.launch('job_polite_1', 2), { handle });
    assert.deepEqual(
      place.jobs().map(({ id }) => id),
      [handle],
    );
  });

  test('a start that fails is tried again by Batch, three times in all; its runner is the same', timeout, async (t) => {
    const place = placeOf(t);
    const launcher = await place.open();
    place.executor.failStarts('CannotPullContainerError: timeout', 'DockerTimeoutError: could not start');
    const { handle } = await launcher.launch('job_polite_1', 1);
    await logHolds(launcher, 'job_polite_1', 'ready');
    assert.deepEqual([place.jobs().length, place.jobs()[0]!.attempts.length], [1, 2]);
    await launcher.stop('job_polite_1', 0);
    place.executor.failStarts(...Array.from({ length: 3 }, () => 'CannotPullContainerError: no such image'));
    const ended = nextExit(launcher);
    await launcher.launch('job_polite_2', 1);
    const { how, interrupted } = await ended;
    const words = 'no start: CannotPullContainerError: no such image; Task failed to start';
    assert.deepEqual([how, interrupted], [words, undefined]);
    assert.notEqual(place.jobs()[1]!.id, handle);
  });

  test('a machine that is gone is an interruption, and Batch starts no other by itself', timeout, async (t) => {
    const place = placeOf(t);
    const launcher = await place.open();
    const ended = nextExit(launcher);
    const { handle } = await launcher.launch('job_polite_1', 1);
    await logHolds(launcher, 'job_polite_1', 'ready');
    place.executor.loseHost(handle);
    const { how, interrupted } = await ended;
    assert.match(how, /^the loss of its machine \(Host EC2 \(instance i-[0-9a-f]+\) terminated\.\)$/);
    assert.deepEqual([interrupted, place.jobs()[0]!.attempts.length], [true, 1]);
  });

  test('a runner that fails or leaves is not started again by Batch', timeout, async (t) => {
    const place = placeOf(t);
    const launcher = await place.open();
    for (const [jobId, how] of [
      ['job_exit_1', 'exit code 3'],
      ['job_abort_1', 'signal SIGABRT'],
      ['job_leave_1', 'exit code 75'],
    ] as const) {
      const ended = nextExit(launcher);
      const { handle } = await launcher.launch(jobId, 1);
      if (jobId === 'job_leave_1') {
        await logHolds(launcher, jobId, 'ready');
        place.executor.interrupt(handle);
      }
      const exit = await ended;
      assert.equal(exit.interrupted, jobId === 'job_leave_1' ? true : undefined);
      if (jobId !== 'job_leave_1') assert.equal(exit.how, how);
      else assert.match(exit.how, /^the loss of its machine \(Host EC2 \(instance i-[0-9a-f]+\) terminated\.\)$/);
      assert.equal(place.executor.get(handle)!.attempts.length, 1);
    }
  });

  test('two interruptions on spot machines, and the third launch goes to on-demand ones', timeout, async (t) => {
    const place = placeOf(t);
    const launcher = await place.open();
    for (const queue of [SPOT, SPOT, ON_DEMAND]) {
      const { handle } = await launcher.launch('job_leave_1', 1);
      assert.equal(place.executor.get(handle)!.submission.jobQueue, queue);
      await until(() => place.executor.get(handle)!.container !== undefined);
      await until(async () => (await logOf(launcher, 'job_leave_1')).match(/ready/g)?.length === place.jobs().length);
      const ended = nextExit(launcher);
      place.executor.interrupt(handle);
      await ended;
    }
    const { handle } = await launcher.launch('job_polite_2', 1);
    assert.equal(place.executor.get(handle)!.submission.jobQueue, SPOT);
  });

  test('a stop that we asked for is no interruption', timeout, async (t) => {
    const place = placeOf(t, { address: '&interruptions=1' });
    const launcher = await place.open();
    for (let launch = 0; launch < 2; launch++) {
      const { handle } = await launcher.launch('job_leave_1', 1);
      assert.equal(place.executor.get(handle)!.submission.jobQueue, SPOT);
      const ended = nextExit(launcher);
      await launcher.stop('job_leave_1', 0);
      // It is no loss either.
      assert.equal((await ended).interrupted, true);
    }
  });

  test('a queue without machines: told once in words, and given up for on-demand machines', timeout, async (t) => {
    const place = placeOf(t);
    const launcher = await place.open();
    const heard: Waiting[] = [];
    launcher.onWaiting((waiting) => heard.push(waiting));
    place.executor.hold(
      SPOT,
      'CAPACITY:INSUFFICIENT_INSTANCE_CAPACITY - Service cannot fulfill the capacity requested',
    );
    t.after(() => place.executor.release(SPOT));
    const ended = nextExit(launcher);
    const { handle } = await launcher.launch('job_polite_1', 1);
    await until(() => heard.length > 0);
    await launcher.running();
    place.executor.giveUp(handle);
    const { how, interrupted } = await ended;
    assert.deepEqual(
      heard.map(({ jobId, handle: whose }) => [jobId, whose]),
      [['job_polite_1', handle]],
    );
    assert.match(heard[0]!.why, /^no machine for its runner yet: AWS has no free machine of the kinds .* \(CAPACITY:/);
    assert.match(how, /^waiting in vain for a machine/);
    assert.equal(interrupted, true);
    const again = await launcher.launch('job_polite_1', 1);
    assert.equal(place.executor.get(again.handle)!.submission.jobQueue, ON_DEMAND);
  });

  test('an attempt that takes longer than its limit is asked to leave, then ended', timeout, async (t) => {
    const place = placeOf(t, { address: '&timeout=60' });
    const launcher = await place.open();
    const ended = nextExit(launcher);
    await launcher.launch('job_polite_1', 1);
    const { how, tail, interrupted } = await ended;
    assert.deepEqual([how, interrupted], ['the time limit of an attempt', undefined]);
    assert.match(tail, /saved$/);
  });

  test('a hundred launches at once keep to 50 a second', timeout, async (t) => {
    const place = placeOf(t);
    place.executor.hold(SPOT, '');
    t.after(() => place.executor.release(SPOT));
    const launcher = await place.open();
    const began = performance.now();
    const ids = Array.from({ length: 100 }, (_, i) => `job_polite_${i}`);
    await Promise.all(ids.map((id) => launcher.launch(id, 1)));
    const seconds = (performance.now() - began) / 1000;
    assert.ok(seconds >= 1.9, `${seconds} s`);
    assert.equal(place.jobs().length, 100);
    const others = await place.open();
    assert.equal((await others.running()).length, 100);
    for (const { id } of place.jobs()) place.executor.terminate(id, 'the test is over');
  });

  test('what Batch finds too fast is sent again later', timeout, async (t) => {
    const place = placeOf(t);
    const launcher = await place.open();
    const body = JSON.stringify({ __type: 'TooManyRequestsException', message: 'Too Many Requests' });
    place.network.faults(first(3, { kind: 'answer', status: 429, type: 'application/json', body }));
    const { handle } = await launcher.launch('job_polite_1', 1);
    assert.deepEqual(
      place.jobs().map(({ id }) => id),
      [handle],
    );
  });

  test('queue and job definition must be there', timeout, async () => {
    const { url, credentials } = batch;
    const open = (rest: string) =>
      batchLauncher(`${rest}&region=us-east-1&endpoint=${url}`, { env: {}, client: { credentials } });
    await assert.rejects(open(`nowhere?definition=${DEFINITION}`), /AWS Batch has no queue 'nowhere'/);
    await assert.rejects(open(`${SPOT}?onDemand=nowhere`), /AWS Batch has no queue 'nowhere'/);
    await assert.rejects(open(`${SPOT}?definition=nothing`), /AWS Batch has no job definition 'nothing'/);
    await assert.rejects(open(`${SPOT}?definition=${DEFINITION}:7`), /no job definition 'anneal-runner:7'/);
    const launcher = await open(`${SPOT}?definition=${DEFINITION}:1`);
    assert.equal(launcher.memoryBytes, 12 * 2 ** 30);
    await launcher.close();
  });

  test('every request that was sent fits the model of Batch that AWS itself publishes', () => {
    const { python, packages } = batch.botocore;
    const script = fileURLToPath(new URL('../stand-ins/batch/validate.py', import.meta.url));
    const wrong = [...batch.requests, { operation: 'submitjob', body: '{"jobName":1,"retryStrategy":{"tries":2}}' }];
    const options = { encoding: 'utf8', env: { ...process.env, PYTHONPATH: packages }, maxBuffer: 2 ** 26 } as const;
    const said = execFileSync(python, [script], { ...options, input: JSON.stringify(wrong) });
    assert.match(said, /^submitjob: .*Missing required parameter in input: "jobQueue"/s);
    assert.equal(execFileSync(python, [script], { ...options, input: JSON.stringify(batch.requests) }), '');
    const operations = new Set(batch.requests.map(({ operation }) => operation));
    for (const operation of ['submitjob', 'listjobs', 'describejobs', 'terminatejob'])
      assert.ok(operations.has(operation));
  });
}
