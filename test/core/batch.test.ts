/** The launcher on AWS Batch without Batch: addresses, names, words, the choice of a queue, the pace. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseBatchAddress } from '../../services/core/adapters/batch-launcher/address.ts';
import { launchOf, newName, prefixOf } from '../../services/core/adapters/batch-launcher/names.ts';
import { createPace } from '../../services/core/adapters/batch-launcher/pace.ts';
import { queueFor } from '../../services/core/adapters/batch-launcher/queue-choice.ts';
import { howItEnded, type Run, wasInterrupted } from '../../services/core/adapters/batch-launcher/run.ts';
import { whyItWaits } from '../../services/core/adapters/batch-launcher/waiting.ts';
import { openLauncher } from '../../services/core/open-launcher.ts';

const run = (facts: Partial<Run>): Run => ({
  ...{
    id: 'run-1',
    name: 'anneal-default-job_1-2-00000000',
    jobId: 'job_1',
    launch: 2,
    onDemand: false,
    status: 'FAILED',
  },
  ...{ statusReason: 'Essential container in task exited', createdAt: 0, exitCode: undefined, reason: '' },
  ...facts,
});
const host = 'Host EC2 (instance i-0123456789abcdef0) terminated.';

test('an address has defaults, and takes names and ARNs', () => {
  assert.deepEqual(parseBatchAddress('gpu', 'team-a'), {
    ...{ queue: 'gpu', onDemand: undefined, interruptions: 2, definition: 'anneal-runner', tenant: 'team-a' },
    ...{ timeout: 86_400, logGroup: '/aws/batch/job', region: undefined, endpoint: undefined },
    credentials: undefined,
  });
  const url = 'https://abc.lambda-url.eu-central-1.on.aws/';
  assert.equal(parseBatchAddress(`gpu?credentials=${url}&region=eu-central-1`).credentials, url);
  const arn = 'arn:aws:batch:eu-central-1:123456789012:job-queue/gpu';
  assert.equal(parseBatchAddress(`${arn}?definition=runner:3&tenant=b`).queue, arn);
});

for (const [address, message] of [
  ['', /names no queue; an address looks like batch:QUEUE/],
  ['a b', /names no queue/],
  ['gpu?ondemand=x', /no option 'ondemand'; did you mean 'onDemand'/],
  ['gpu?onDemand=gpu', /onDemand: 'gpu' is the first queue itself/],
  ['gpu?interruptions=-1', /interruptions: '-1' is not allowed; it is a whole number from 0 to 100/],
  ['gpu?timeout=59', /timeout: '59' is not allowed; it is a whole number from 60 to 2592000/],
  ['gpu?tenant=a/b', /tenant: 'a\/b' is not allowed/],
  ['gpu?credentials=role/job', /credentials: 'role\/job' is not the URL of a function; one looks like https:/],
  ['gpu?definition=a%20b', /definition: 'a b' is no name of a job definition/],
] as const)
  test(`batch:${address} is refused: ${message.source}`, () => {
    assert.throws(() => parseBatchAddress(address), { code: 'invalid_request', message });
  });

test('a name says whose runner it is and of which launch, also where one tenant’s name begins with another’s', () => {
  const name = newName('a-b', 'job_01abc', 12);
  assert.match(name, /^anneal-a-b-job_01abc-12-[0-9a-f]{8}$/);
  assert.notEqual(newName('a-b', 'job_01abc', 12), name);
  assert.ok(name.startsWith(prefixOf('a-b', 'job_01abc')));
  assert.deepEqual(launchOf('a-b', name), { jobId: 'job_01abc', launch: 12 });
  for (const other of ['a', 'A-B', 'a-b-job_01abc']) assert.equal(launchOf(other, name), undefined);
  assert.equal(launchOf('a', 'anneal-a-job_x-job_y-2-00000000'), undefined);
  assert.equal(launchOf('a', 'nightly-import'), undefined);
  assert.ok(newName('t'.repeat(64), `job_${'0'.repeat(26)}`, 1e9).length <= 128);
});

for (const [facts, words, interrupted] of [
  [{ exitCode: 3 }, 'exit code 3', false],
  [{ exitCode: 134 }, 'signal SIGABRT', false],
  [{ exitCode: 137 }, 'signal SIGKILL', false],
  [{ exitCode: 200 }, 'exit code 200', false],
  [{ status: 'SUCCEEDED', exitCode: 0 }, 'exit code 0', false],
  [{ exitCode: 75 }, 'exit code 75', true],
  [{ exitCode: 75, statusReason: 'Anneal: asked to stop' }, 'exit code 75', false],
  [{ exitCode: 75, statusReason: 'Job attempt duration exceeded timeout' }, 'the time limit of an attempt', false],
  [{ statusReason: host }, `the loss of its machine (${host})`, true],
  [
    { exitCode: 137, reason: 'OutOfMemoryError: Container killed due to memory usage' },
    'want of memory (OutOfMemoryError: Container killed due to memory usage)',
    false,
  ],
  [
    { statusReason: 'Task failed to start', reason: 'CannotPullContainerError: no such image' },
    'no start: CannotPullContainerError: no such image; Task failed to start',
    false,
  ],
  [
    { statusReason: 'Canceled by JobStateTimeLimit action due to reason: CAPACITY:INSUFFICIENT_INSTANCE_CAPACITY' },
    'waiting in vain for a machine (Canceled by JobStateTimeLimit action due to reason: CAPACITY:INSUFFICIENT_INSTANCE_CAPACITY)',
    true,
  ],
] as const)
  test(`its end in words: ${words}`, () => {
    assert.equal(howItEnded(run(facts)), words);
    assert.equal(wasInterrupted(run(facts)), interrupted);
  });

test('why a runner waits, in words that keep Batch’s own', () => {
  assert.equal(whyItWaits(''), undefined);
  for (const code of [
    'CAPACITY:INSUFFICIENT_INSTANCE_CAPACITY',
    'MISCONFIGURATION:COMPUTE_ENVIRONMENT_MAX_RESOURCE',
    'MISCONFIGURATION:JOB_RESOURCE_REQUIREMENT',
    'MISCONFIGURATION:SERVICE_ROLE_PERMISSIONS',
  ]) {
    const why = whyItWaits(`${code} - as Batch says`)!;
    assert.match(why, /^no machine for its runner yet: [^(]{40,} \(.* - as Batch says\)$/);
  }
  assert.equal(whyItWaits('something new'), 'no machine for its runner yet: something new');
});

test('spot machines until they were taken away too often, or there were none', () => {
  const place = { queue: 'spot', onDemand: 'steady', interruptions: 2 };
  const lost = run({ statusReason: host });
  assert.equal(queueFor(place, []).name, 'spot');
  assert.equal(queueFor(place, [lost, run({ exitCode: 1 })]).name, 'spot');
  assert.deepEqual(queueFor(place, [lost, run({ exitCode: 75 })]), { name: 'steady', onDemand: true });
  assert.equal(queueFor(place, [run({ statusReason: 'x reason: CAPACITY:Y' })]).name, 'steady');
  assert.equal(queueFor({ ...place, onDemand: undefined }, [lost, lost, lost]).name, 'spot');
  assert.equal(queueFor({ ...place, interruptions: 0 }, []).name, 'steady');
  // One lost there does not send it back, nor does it count for the next time.
  assert.equal(queueFor(place, [lost, lost, run({ onDemand: true, statusReason: host })]).name, 'steady');
});

test('the pace: evenly so many a second, in order, and no more in the queue than it may hold', async () => {
  let now = 0;
  let call: (() => void) | undefined;
  const waits: number[] = [];
  const clock = {
    now: () => now,
    after: (milliseconds: number, then: () => void) => {
      waits.push(milliseconds);
      call = then;
      return () => undefined;
    },
  };
  const pass = async (milliseconds: number) => {
    now += milliseconds;
    call?.();
    await new Promise((resolve) => setImmediate(resolve));
  };
  const pace = createPace({ perSecond: 50, most: 3, clock });
  const done: number[] = [];
  for (let i = 0; i < 4; i++) void pace().then(() => done.push(i));
  await assert.rejects(pace(), { code: 'rate_limited', retryable: true, message: /^3 launches wait .* 50 a second/ });
  await pass(0);
  assert.deepEqual(done, [0]);
  await pass(20);
  assert.deepEqual(done, [0, 1]);
  // A standstill: the one whose turn has long come goes, the next waits from then on.
  await pass(1000);
  assert.deepEqual(done, [0, 1, 2]);
  await pass(20);
  assert.deepEqual(done, [0, 1, 2, 3]);
  assert.deepEqual(waits, [20, 20, 20]);
  now += 20;
  await pace();
  assert.equal(waits.length, 3);
});

test('a launcher by its address: what there is, and which stores its runners can reach', async () => {
  const env = { ANNEAL_STORE: 'sqlite:/tmp/jobs.db', ANNEAL_ARTIFACTS: 's3:bucket', ANNEAL_DATA: '/tmp/data' };
  const jobs = {} as Parameters<typeof openLauncher>[1]['jobs'];
  const open = (address: string) => openLauncher(address, { folder: '/tmp', jobs, env });
  await assert.rejects(open('docker:x'), /'docker:x' is no launcher; there are local, batch:QUEUE\?…/);
  await assert.rejects(open('local:x'), /local takes no options/);
  await assert.rejects(open('batch:gpu'), {
    code: 'invalid_request',
    message: /runners on AWS Batch can't reach sqlite:\/tmp\/jobs.db; give --store dynamodb:TABLE/,
  });
});
