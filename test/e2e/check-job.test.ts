/** Check jobs through the service: they train nothing, tell what they found, and fail where a check does. */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { type Service, serve } from '@anneal/api/node.ts';
import { checkNames } from '@anneal/schemas';
import { Anneal, InvalidSpecError, JobFailedError, type TrainSpecInput } from '../../sdk/index.ts';

const spirals = (change: Partial<TrainSpecInput> = {}): TrainSpecInput => ({
  kind: 'train',
  data: { type: 'two-spirals', rows: 300 },
  model: {
    layers: [
      { type: 'dense', units: 24, activation: 'relu', initializer: 'he-normal' },
      { type: 'dense', units: 2 },
    ],
  },
  loss: { type: 'softmax-cross-entropy' },
  update: { rule: 'adam' },
  schedule: { type: 'constant', rate: 0.01 },
  budget: { epochs: 20 },
  ...change,
});

const softmaxTwice = spirals({ model: { layers: [{ type: 'dense', units: 2, activation: 'softmax' }] } });

describe('check jobs', { timeout: 300_000 }, () => {
  let folder: string;
  let service: Service;
  let client: Anneal;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'anneal-check-'));
    service = await serve({ folder, port: 0 });
    client = new Anneal({ baseUrl: service.url, token: service.token });
  });
  after(async () => {
    await service.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('runs all checks of a sound spec, and no step of training', async () => {
    const job = await client.jobs.wait(await client.jobs.create({ kind: 'check', spec: spirals() }));
    const { pass, warn, fail, skipped, parameters } = job.result!;
    assert.deepEqual([warn, fail, skipped, parameters], [0, 0, 0, 122]);
    const { findings } = await client.jobs.diagnostics(job.id);
    const rules = findings.map(({ rule }) => rule);
    assert.deepEqual(rules.filter((rule) => !rule.startsWith('data-')).toSorted(), checkNames.toSorted());
    assert.ok(rules.some((rule) => rule.startsWith('data-')));
    assert.equal(pass, findings.length);
    const names = (await client.jobs.artifacts.list(job.id)).artifacts.map(({ name }) => name);
    assert.deepEqual(names.toSorted(), ['diagnostics.json', 'manifest.json', 'spec.json']);
  });

  it('runs only those that are named, and fails where one does', async () => {
    const spec = { kind: 'check', spec: softmaxTwice, only: ['final-activation', 'signal'] } as const;
    const { id } = await client.jobs.create({ ...spec, only: [...spec.only] });
    await assert.rejects(client.jobs.wait(id), (error) => {
      assert.ok(error instanceof JobFailedError);
      assert.equal(error.job.error?.code, 'check_failed');
      assert.match(error.message, /check final-activation failed: the last layer answers by softmax/);
      return true;
    });
    const { findings } = await client.jobs.diagnostics(id);
    assert.deepEqual(
      findings.map(({ rule, verdict }) => [rule, verdict]),
      [
        ['final-activation', 'fail'],
        ['signal', 'skipped'],
      ],
    );
  });

  it('fails on warnings where the spec says so', async () => {
    const relu = spirals({ model: { layers: [{ type: 'dense', units: 2, activation: 'relu' }] } });
    const check = { kind: 'check', spec: relu, only: ['final-activation' as const] } as const;
    const warned = await client.jobs.wait(await client.jobs.create({ ...check, only: [...check.only] }));
    assert.equal(warned.result!.warn, 1);
    const strict = await client.jobs.create({ ...check, only: [...check.only], failOn: 'warn' });
    await assert.rejects(client.jobs.wait(strict.id), /check final-activation failed/);
  });

  it('names the field of the spec inside', async () => {
    const wrong = spirals({ schedule: { type: 'constant', rate: -1 } });
    await assert.rejects(client.jobs.create({ kind: 'check', spec: wrong }), (error) => {
      assert.ok(error instanceof InvalidSpecError);
      assert.equal(error.param, 'spec.schedule.rate');
      return true;
    });
    const shapes = spirals({ model: { layers: [{ type: 'conv2d', filters: 2, kernelSize: 3 }] } });
    await assert.rejects(client.jobs.create({ kind: 'check', spec: shapes }), (error) => {
      assert.ok(error instanceof InvalidSpecError);
      assert.equal(error.param, 'spec.model.layers[0]');
      return true;
    });
  });
});
