/** Data of one's own, end to end: uploaded, checked by a job, trained from, predicted on; through the service and straight to S3. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Service, serve } from '@anneal/api/node.ts';
import { CreateBucketCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { startS3 } from '../../infra/stand-ins/index.mjs';
import { Anneal, ConflictError, DatasetFailedError, InvalidSpecError, type TrainSpecInput } from '../../sdk/index.ts';
import { standIn } from '../stand-ins/start.ts';

// Before any test is made: the runner of Node 20 takes the file for done, and ends what it stands on, where all tests made so far have ended.
const s3 = await standIn('data sets on S3', startS3);

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

async function* failing(): AsyncGenerator<Uint8Array, void> {
  yield new Uint8Array([1]);
  throw new Error('the disk has gone');
}

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
      // The runner takes them away a moment after the job has ended.
      while ((await readdir(join(folder, 'cache', 'uploads', 'jobs'))).length > 0) await nextTurn();
      assert.deepEqual(await readdir(join(folder, 'cache', 'uploads', 'files')), [sha256(text(240))]);
    });

    it('fails with the reason of its check, and no job takes it', async () => {
      const ragged = new Blob(['a,b\n1,2\n3\n']);
      const made = await client.datasets.upload([{ name: 'ragged.csv', source: ragged }]);
      await assert.rejects(client.datasets.wait(made), (error: Error) => {
        assert.ok(error instanceof DatasetFailedError);
        assert.match(error.message, /ragged\.csv is no table: Invalid Record Length/);
        return true;
      });
      const train = spec({ ...table, file: 'ragged.csv', dataset: made.id });
      await assert.rejects(client.jobs.create(train), InvalidSpecError);
      await client.datasets.remove(made.id);
      assert.equal(
        (await client.datasets.list()).items.some(({ id }) => id === made.id),
        false,
      );
    });

    it('opened as its data say, fails for what they say and the files have not', async () => {
      const made = await client.datasets.upload([{ name: 'flowers/table.csv', source: csv }], {
        data: { ...table, features: ['length', 'colour'] },
      });
      await assert.rejects(client.datasets.wait(made), /has no column 'colour'/);
    });

    it('goes on after a broken upload with what has not come', async () => {
      const other = new Blob(['1,2\n']);
      const files = [
        { name: 'flowers/table.csv', size: csv.size, sha256: sha256(text(240)) },
        { name: 'more.bin', size: 4, sha256: sha256('1,2\n') },
      ];
      const { dataset } = await client.datasets.create({ files });
      const broken = { size: 4, stream: () => failing() };
      const sources = [{ name: 'flowers/table.csv', source: csv }];
      await assert.rejects(
        client.datasets.resume(dataset.id, [...sources, { name: 'more.bin', source: broken }], { maxRetries: 0 }),
      );
      const { uploads } = await client.datasets.missing(dataset.id);
      assert.deepEqual(
        uploads.map(({ name }) => name),
        ['more.bin'],
      );
      const unread = { size: csv.size, stream: () => failing() };
      const done = await client.datasets.resume(dataset.id, [
        { name: 'flowers/table.csv', source: unread },
        { name: 'more.bin', source: other },
      ]);
      assert.equal((await client.datasets.wait(done)).state, 'ready');
    });

    it('takes no other bytes than were named, whoever sends them', async () => {
      const files = [{ name: 'a.bin', size: 4, sha256: sha256('good') }];
      const { dataset, uploads } = await client.datasets.create({ files });
      const [{ url, headers }] = uploads as [(typeof uploads)[0]];
      const own = url.startsWith('/');
      const send = async (body: string) => {
        const { 'content-length': _counted, ...sent } = headers;
        const token: Record<string, string> = own ? { authorization: `Bearer ${service.token}` } : {};
        return (await fetch(own ? service.url + url : url, { method: 'PUT', headers: { ...sent, ...token }, body }))
          .status;
      };
      for (const bad of ['evil', 'goo', 'goods']) assert.ok((await send(bad)) >= 400, bad);
      await assert.rejects(client.datasets.complete(dataset.id), /a\.bin has not come/);
      assert.ok((await send('good')) < 300);
      const made = await client.datasets.complete(dataset.id);
      // Nothing changes it afterwards: the same request is refused, and so is the service's own.
      assert.ok([409, 412].includes(await send('good')));
      const again = await fetch(`${service.url}/v1/datasets/${made.id}/files/a.bin`, {
        ...{ method: 'PUT', body: 'evil', headers: { authorization: `Bearer ${service.token}` } },
      });
      assert.equal(again.status, 409);
      await client.datasets.wait(made);
    });

    it('is not removed while a job works on it; a job whose data set has gone says so', async () => {
      const made = await client.datasets.wait(
        await client.datasets.upload([{ name: 'flowers/table.csv', source: csv }]),
      );
      const long = { ...spec({ ...table, dataset: made.id }), budget: { epochs: 100_000 } };
      const job = await client.jobs.create(long);
      await assert.rejects(client.datasets.remove(made.id), ConflictError);
      await client.jobs.cancel(job.id);
      await client.jobs.wait(job.id).catch(() => undefined);
      const short = await client.jobs.wait(await client.jobs.create(spec({ ...table, dataset: made.id })));
      await client.datasets.remove(made.id);
      const evaluate = await client.jobs.create({ kind: 'evaluate', model: { job: short.id } });
      await assert.rejects(client.jobs.wait(evaluate), /the data set ds_.* is not there any more/);
    });
  });
}

suite('a data set on one machine', (folder) => serve({ folder: join(folder, 'service'), port: 0 }));

if (s3) {
  const region = 'us-east-1';
  const { url, credentials } = s3;
  process.env.AWS_ACCESS_KEY_ID = credentials.accessKeyId;
  process.env.AWS_SECRET_ACCESS_KEY = credentials.secretAccessKey;
  const bucket = new S3Client({ region, endpoint: url, forcePathStyle: true, credentials });
  await bucket.send(new CreateBucketCommand({ Bucket: 'anneal' }));
  const artifacts = `s3:anneal/team?region=${region}&endpoint=${url}`;
  const open = (folder: string, more = '') =>
    serve({ folder: join(folder, 'service'), port: 0, artifacts: artifacts + more });

  suite('a data set on S3', (folder) => open(folder));

  it('goes straight to S3 or, where clients can’t reach it, through the service', { timeout: 60_000 }, async (t) => {
    const folder = await mkdtemp(join(tmpdir(), 'anneal-datasets-'));
    t.after(() => rm(folder, { recursive: true, force: true }));
    const wanted = { files: [{ name: 'a.csv', size: csv.size, sha256: sha256(text(240)) }] };
    for (const [more, direct] of [
      ['', true],
      ['&presign=no', false],
    ] as const) {
      const service = await open(folder, more);
      const client = new Anneal({ baseUrl: service.url, token: service.token });
      const { dataset, uploads } = await client.datasets.create(wanted);
      assert.equal(uploads[0]?.url.startsWith(url), direct);
      await client.datasets.resume(dataset.id, [{ name: 'a.csv', source: csv }]);
      const { Contents = [] } = await bucket.send(
        new ListObjectsV2Command({ Bucket: 'anneal', Prefix: `team/datasets/${dataset.id}/` }),
      );
      assert.deepEqual(
        Contents.map(({ Key, Size }) => [Key?.split('/').slice(3).join('/'), Size]).filter(
          ([name]) => name !== 'files.json',
        ),
        [['files/a.csv', csv.size]],
      );
      await service.close();
    }
  });
}
