/** Data of one's own, end to end: uploaded, checked by a job, trained from, predicted on; through the service and straight to S3. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { type Service, serve } from '@anneal/api/node.ts';
import { CreateBucketCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { startS3 } from '../../infra/stand-ins/index.mjs';
import { Anneal, ConflictError, DatasetFailedError, InvalidSpecError, type TrainSpecInput } from '../../sdk/index.ts';
import { standIn } from '../stand-ins/start.ts';

const text = (rows: number): string => {
  const lines = Array.from({ length: rows }, (_, i) => {
    const kind = i % 2;
    const at = kind === 0 ? -2 : 2;
    return [(at + Math.cos(i)).toFixed(4), (Math.sin(i) / 2).toFixed(4), kind].join(',');
  });
  return `length,width,kind\n${lines.join('\n')}\n`;
};
const csv = new Blob([text(240)]);
const table = {
  type: 'csv' as const,
  file: 'flowers/table.csv',
  features: ['length', 'width'],
  label: 'kind',
  classes: 2,
};

const spec = (data: TrainSpecInput['data']): TrainSpecInput => ({
  kind: 'train',
  data,
  model: { layers: [{ type: 'dense', units: 2 }] },
  loss: { type: 'softmax-cross-entropy' },
  update: { rule: 'momentum' },
  schedule: { type: 'constant', rate: 0.05 },
  batchSize: 16,
  checks: 'off',
  budget: { epochs: 3 },
});

const sha256 = (bytes: string): string => createHash('sha256').update(bytes).digest('hex');

/** What must be the same wherever the files lie. */
function suite(what: string, open: (folder: string) => Promise<Service>): void {
  describe(what, { timeout: 300_000 }, () => {
    let folder: string;
    let service: Service;
    let client: Anneal;
    const cache = process.env.ANNEAL_CACHE;

    before(async () => {
      folder = await mkdtemp(join(tmpdir(), 'anneal-datasets-'));
      process.env.ANNEAL_CACHE = join(folder, 'cache');
      service = await open(folder);
      client = new Anneal({ baseUrl: service.url, token: service.token });
    });
    after(async () => {
      await service.close();
      if (cache === undefined) delete process.env.ANNEAL_CACHE;
      else process.env.ANNEAL_CACHE = cache;
      await rm(folder, { recursive: true, force: true });
    });

    it('is uploaded, checked, trained from and predicted on', async () => {
      const told: number[] = [];
      const made = await client.datasets.upload([{ name: 'flowers/table.csv', source: csv }], {
        name: 'flowers',
        data: table,
        onProgress: ({ bytes, of }) => told.push(bytes / of),
      });
      assert.equal(told.at(-1), 1);
      const { id, state, files, name } = await client.datasets.wait(made);
      assert.deepEqual([name, state], ['flowers', 'ready']);
      const [{ contents }] = files as [(typeof files)[0]];
      assert.deepEqual(contents, {
        ...{ format: 'csv', rows: 240, columns: ['length', 'width', 'kind'], shape: null, delimiter: ',' },
      });
      const report = await client.jobs.diagnostics(made.check!);
      assert.ok(report.findings.some(({ rule }) => rule === 'data-balance'));

      const train = spec({ ...table, dataset: id });
      assert.equal((await client.jobs.validate(train)).stepsPerEpoch, Math.ceil(216 / 16));
      const job = await client.jobs.wait(await client.jobs.create(train));
      assert.ok(job.result!.validation!.score > 0.9);
      const logged = await client.jobs.logs(job.id);
      assert.match(logged, /claimed/);

      const { label: _label, classes: _classes, ...unlabelled } = table;
      const predict = { kind: 'predict' as const, model: { job: job.id }, data: { ...unlabelled, dataset: id } };
      assert.equal((await client.jobs.wait(await client.jobs.create(predict))).result!.examples, 240);
      // On the data that it was trained with.
      const evaluate = { kind: 'evaluate' as const, model: { job: job.id }, split: 'all' as const };
      assert.equal((await client.jobs.wait(await client.jobs.create(evaluate))).result!.examples, 240);
      // The files of jobs that have ended are gone, what may be used again stays.
      assert.deepEqual(await readdir(join(folder, 'cache', 'uploads', 'jobs')), []);
      assert.deepEqual(await readdir(join(folder, 'cache', 'uploads', 'files')), [sha256(text(240))]);
    });
  });
}

suite('a data set on one machine', (folder) => serve({ folder: join(folder, 'service'), port: 0 }));
