/** What a spec lets the diagnosis do to a run that goes on: pause it or stop it, with a checkpoint kept. */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { type Service, serve } from '@anneal/api/node.ts';
import { Anneal, JobFailedError, type TrainSpecInput } from '../../sdk/index.ts';

/** Far too high a rate, on few examples. */
const ill = (onDiagnosis: TrainSpecInput['onDiagnosis']): TrainSpecInput => ({
  kind: 'train',
  data: { type: 'digits', scale: 'standardize', limit: 400 },
  model: {
    layers: [{ type: 'flatten' }, { type: 'dense', units: 32, activation: 'relu' }, { type: 'dense', units: 10 }],
  },
  loss: { type: 'softmax-cross-entropy' },
  update: { rule: 'adam' },
  schedule: { type: 'constant', rate: 3 },
  budget: { epochs: 80 },
  checks: 'off',
  plan: 'graph',
  ...(onDiagnosis && { onDiagnosis }),
});

describe('policies of the diagnosis', { timeout: 300_000 }, () => {
  let folder: string;
  let service: Service;
  let client: Anneal;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'anneal-policies-'));
    service = await serve({ folder, port: 0 });
    client = new Anneal({ baseUrl: service.url, token: service.token });
  });
  after(async () => {
    await service.close();
    await rm(folder, { recursive: true, force: true });
  });

  const causes = async (id: string) =>
    (await client.jobs.diagnostics(id)).findings.filter(({ rule }) => rule.startsWith('diagnosis/'));

  it('tells, and lets the run go to its end', async () => {
    const job = await client.jobs.wait(await client.jobs.create(ill(undefined)));
    assert.equal(job.result!.epochs, 80);
    assert.ok((await causes(job.id)).length > 0);
  });

  it('stops: the job has failed by its cause, and keeps a checkpoint and its findings', async () => {
    const { id } = await client.jobs.create(ill('stop'));
    await assert.rejects(client.jobs.wait(id), (error) => {
      assert.ok(error instanceof JobFailedError);
      assert.equal(error.job.error?.code, 'stopped_by_diagnosis');
      assert.match(error.message, /the diagnosis stopped the run: learning-rate-too-high: /);
      return true;
    });
    const [first] = await causes(id);
    assert.equal(first!.cause, 'learning-rate-too-high');
    assert.ok((await client.jobs.checkpoints(id)).checkpoints.length > 0);
  });

  it('pauses: what lets it go on is not paused again for the same cause, and ends', async () => {
    const { id } = await client.jobs.create(ill('pause'));
    let resumed = false;
    const reasons: (string | null)[] = [];
    const job = await client.jobs.wait(id, {
      onEvent({ body }) {
        if (body.type !== 'state' || body.state !== 'paused') return;
        reasons.push(body.reason);
        resumed = true;
        void client.jobs.resume(id);
      },
    });
    assert.ok(resumed);
    assert.ok(reasons.length < 4, reasons.join('; '));
    assert.equal(new Set(reasons.map((reason) => reason!.split(':')[1])).size, reasons.length);
    assert.match(reasons[0]!, /the diagnosis paused the run: learning-rate-too-high: /);
    assert.equal(job.state, 'succeeded');
    assert.equal((job as { result: { epochs: number } }).result.epochs, 80);
  });

  it('experiments: the patches of the likeliest causes are tried, and the finding says what came of it', async () => {
    const spec: TrainSpecInput = { ...ill(undefined), experiments: 'on', data: { type: 'digits', limit: 400 } };
    const job = await client.jobs.wait(await client.jobs.create(spec));
    const tried = (await causes(job.id)).filter(({ evidence }) => 'experimentOutcome' in evidence);
    assert.ok(tried.length > 0);
    const [first] = (await causes(job.id)).toSorted((a, b) => (b.score ?? 0) - (a.score ?? 0));
    assert.equal(first!.evidence.experimentOutcome, 'helped', first!.message);
    assert.match(first!.message, /tried for \d+ steps: 0\.\d+ where the whole run came to 0\.\d+, which helped/);
    const rows = (await client.jobs.metrics(job.id, { names: ['loss'] })).series.loss!.step;
    assert.equal(rows.at(-1), job.result!.steps, 'the trials leave no metrics');
  });
});
