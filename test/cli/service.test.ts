/** End to end: what the real binary makes of the answers of a service, and its exit codes; the service answers by script. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { json, type Line, problem, type Scripted, scripted, silence } from '../sdk/scripted-server.ts';
import { anneal, type Ended, start, temporaryFolder } from './anneal.ts';

const job = (state: string, more: Record<string, unknown> = {}) => ({
  ...{ id: 'job_1', kind: 'train', name: 'n', tags: {}, state, stopping: null, attempt: 1, plan: null, progress: null },
  ...{ result: null, error: null, createdAt: new Date().toISOString(), startedAt: null, finishedAt: null },
  spec: {
    data: { type: 'mnist' },
    model: { layers: [] },
    update: { rule: 'adam' },
    schedule: { type: 'constant', rate: 1 },
  },
  ...more,
});

const stream =
  (...messages: object[]): Line =>
  (response) =>
    response.end(messages.map((message) => `data: ${JSON.stringify(message)}\n\n`).join(''));
const end = (state: string) => ({ type: 'end', state });

const run = async (
  t: TestContext,
  args: string[],
  ...lines: Line[]
): Promise<Ended & { server: Scripted; folder: string }> => {
  const server = await scripted(t, ...lines);
  const folder = await temporaryFolder(t);
  return {
    ...(await anneal([...args, '--url', server.url, '--token', 'x'], { folder, input: 'kind: train' })),
    server,
    folder,
  };
};

test('submit prints the id of the job', async (t) => {
  const { code, stdout, server } = await run(t, ['submit', '-', '--key', 'k'], json(job('queued'), 201));
  assert.deepEqual([code, stdout.split('\n')[0]], [0, 'job_1']);
  assert.equal(server.seen[0]?.headers['idempotency-key'], 'k');
});

test('submit --wait shows progress on standard error and the result on standard output', async (t) => {
  const state = { seq: 1, at: '', body: { type: 'state', state: 'running', reason: null, error: null } };
  const progress = {
    phase: 'training',
    step: 5,
    steps: 10,
    epoch: 1,
    epochs: 1,
    loss: 0.5,
    validationScore: 0.75,
    secondsLeft: 61,
  };
  const { code, stdout, stderr } = await run(
    t,
    ['submit', '-', '--wait', '--json'],
    json({ status: 'ok', version: '1' }),
    json(job('queued'), 201),
    stream(
      state,
      { type: 'progress', progress: { microsecondsPerStep: 61.5, validationLoss: 1, ...progress } },
      end('succeeded'),
    ),
    json(job('succeeded')),
  );
  assert.equal(code, 0);
  assert.equal((JSON.parse(stdout) as { state: string }).state, 'succeeded');
  assert.match(
    stderr,
    /running\n 50 % {2}epoch 1\/1 {2}step 5\/10 {2}loss 0\.5 {2}accuracy 0\.75 {2}61\.5 µs\/step {2}1:01 left/,
  );
});

test('a job that failed is exit code 1, with its reason', async (t) => {
  const error = { code: 'non_finite_loss', message: 'step 3: the loss is NaN', param: null, retryable: false };
  const { code, stdout } = await run(t, ['watch', 'job_1'], stream(end('failed')), json(job('failed', { error })));
  assert.equal(code, 1);
  assert.match(stdout, /job_1 failed: step 3: the loss is NaN/);
});

test('waiting too long is exit code 5', async (t) => {
  const { code, stderr } = await run(t, ['watch', 'job_1', '--timeout', '0.05'], silence);
  assert.equal(code, 5);
  assert.match(stderr, /did not end within 0.05 s; it goes on/);
});

for (const [status, name, wanted] of [
  [401, 'unauthorized', 4],
  [403, 'forbidden', 4],
  [404, 'not_found', 2],
  [409, 'conflict', 2],
  [500, 'internal', 3],
] as const) {
  test(`status ${status} is exit code ${wanted}`, async (t) => {
    const { code, stderr } = await run(t, ['cancel', 'job_1'], problem(status, name, false));
    assert.equal(code, wanted);
    assert.match(stderr, new RegExp(`error: it is ${name}`));
  });
}

test('no service is exit code 3 and says how to start one', async (t) => {
  const { code, stderr } = await anneal(['jobs'], { folder: await temporaryFolder(t) });
  assert.equal(code, 3);
  assert.match(stderr, /anneal serve/);
});

test('a check that failed is exit code 1', async (t) => {
  const finding = {
    rule: 'initial-loss',
    verdict: 'fail',
    message: 'loss 9.1, chance is 2.3',
    cause: 'labels shifted',
    evidence: { loss: 9.1 },
  };
  const patch = [{ op: 'replace', path: '/schedule/rate', value: 0.1 }];
  const { code, stdout } = await run(
    t,
    ['diagnose', 'job_1'],
    json({ jobId: 'job_1', findings: [{ ...finding, patch }] }),
  );
  assert.equal(code, 1);
  assert.match(
    stdout,
    /✗ initial-loss: loss 9.1, chance is 2.3 \(labels shifted\)\n {4}loss 9.1\n[\s\S]*replace \/schedule\/rate 0.1/,
  );
});

test('fix shows the patch of the surest finding, and submits the job changed so', async (t) => {
  const found = (rule: string, verdict: string, score: number, patch: object[] | null) => {
    return { rule, verdict, message: `it is ${rule}`, cause: rule, evidence: {}, score, patch };
  };
  const findings = [
    found('plateau', 'warn', 0.4, [{ op: 'replace', path: '/schedule/rate', value: 3 }]),
    found('rate-too-high', 'fail', 0.9, [
      { op: 'replace', path: '/schedule/rate', value: 0.1 },
      { op: 'add', path: '/batchSize', value: 8 },
    ]),
    found('no-patch', 'fail', 1, null),
  ];
  const diagnostics = json({ jobId: 'job_1', findings });
  const created = json(job('queued', { id: 'job_2' }), 201);
  const { code, stdout, stderr, server } = await run(
    t,
    ['fix', 'job_1', '--submit'],
    json(job('failed')),
    diagnostics,
    created,
  );
  assert.equal(code, 0, stderr);
  assert.match(
    stderr,
    /rate-too-high: it is rate-too-high\n {2}- schedule\.rate: 1\n {2}\+ schedule\.rate: 0\.1\n {2}\+ batchSize: 8/,
  );
  assert.equal(stdout.trim(), 'job_2');
  const sent = JSON.parse(server.seen.at(-1)!.body) as {
    schedule: { rate: number };
    batchSize: number;
    tags: unknown;
  };
  assert.deepEqual([sent.schedule.rate, sent.batchSize, sent.tags], [0.1, 8, { fixes: 'job_1' }]);

  const other = await run(t, ['fix', 'job_1', '--rule', 'plateu'], json(job('failed')), diagnostics);
  assert.equal(other.code, 2);
  assert.match(other.stderr, /--rule plateu: no finding of that rule with a patch; there are plateau, rate-too-high/);
});

test('metrics are a table in CSV, with empty cells where a series has no point', async (t) => {
  const series = {
    loss: { step: [1, 2], value: [2.5, null], min: [], max: [] },
    validationScore: { step: [2], value: [0.5], min: [], max: [] },
  };
  const metrics = json({ jobId: 'job_1', from: 1, to: 2, series });
  assert.equal(
    (await run(t, ['metrics', 'job_1', '--csv'], metrics)).stdout,
    'step,loss,validationScore\n1,2.5,\n2,,0.5\n',
  );
});

const bytes = Buffer.from('weights');
const sha256 = createHash('sha256').update(bytes).digest('hex');
const list = json({
  ...{ jobId: 'job_1', complete: true },
  artifacts: [{ name: 'model/weights.bin', size: 7, sha256, contentType: 'application/octet-stream', attempt: 1 }],
});

test('artifacts are fetched into a folder', async (t) => {
  const whole: Line = (response) => response.writeHead(200, { etag: `"${sha256}"` }).end(bytes);
  const { code, folder } = await run(t, ['artifacts', 'job_1', '--out', 'got'], list, whole);
  assert.equal(code, 0);
  assert.deepEqual(await readFile(join(folder, 'got/model/weights.bin')), bytes);
});

test('a damaged artifact leaves no file', async (t) => {
  const damaged: Line = (response) => response.writeHead(200, { etag: `"${sha256}"` }).end('weightz');
  const { code, stderr, folder } = await run(t, ['artifacts', 'job_1', 'model', '--out', 'got'], list, damaged);
  assert.equal(code, 3);
  assert.match(stderr, /is damaged/);
  assert.deepEqual(await readdir(join(folder, 'got/model')), []);
});

test('Ctrl-C cancels the job, and the end of the job is waited for', async (t) => {
  let finish: (() => void) | undefined;
  const server = await scripted(
    t,
    json({ status: 'ok', version: '1' }),
    json(job('queued'), 201),
    (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders();
      finish = () => response.end(`data: ${JSON.stringify(end('cancelled'))}\n\n`);
    },
    (response, seen) => {
      json(job('running', { stopping: 'cancel' }))(response, seen);
      finish?.();
    },
    json(job('cancelled')),
  );
  const folder = await temporaryFolder(t);
  const running = start(['submit', '-', '--wait', '--url', server.url], { folder, input: 'kind: train' });
  await running.until('job_1 is submitted');
  running.child.kill('SIGINT');
  const { code, stderr } = await running.ended;
  assert.equal(code, 1);
  assert.match(stderr, /Cancelling job_1; Ctrl-C again leaves at once/);
  assert.equal(server.seen[3]?.url, '/v1/jobs/job_1/cancel');
});
