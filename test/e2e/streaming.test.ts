/** Streamed examples through the service: train, evaluate and predict jobs end as they do on examples in memory, and images and arrays may leave out labels. */
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { type Service, serve } from '@anneal/api/node.ts';
import { zipSync } from 'fflate';
import { Anneal, InvalidSpecError, type JobOf, type TrainSpecInput } from '../../sdk/index.ts';
import { tf } from '../../services/engine/tensorflow.ts';
import { npyBytes } from '../engine/data/npy-file.ts';
import { csvText } from '../engine/stream/table.ts';

const table = (streaming: 'always' | 'never', more: object = {}) => ({
  type: 'csv' as const,
  file: 'table.csv',
  features: ['a', 'b', 'c'],
  label: 'label',
  classes: 3,
  split: { validation: 0.2, test: 0.1 },
  preprocessing: [{ type: 'standardize' as const }],
  streaming,
  ...more,
});

const spec = (data: TrainSpecInput['data'], change: Partial<TrainSpecInput> = {}): TrainSpecInput => ({
  kind: 'train',
  data,
  model: {
    layers: [
      { type: 'dense', units: 12, activation: 'relu' },
      { type: 'dense', units: 3 },
    ],
  },
  loss: { type: 'softmax-cross-entropy' },
  update: { rule: 'adam' },
  schedule: { type: 'constant', rate: 0.01 },
  batchSize: 32,
  budget: { epochs: 3 },
  plan: 'graph',
  ...change,
});

describe('streaming', { timeout: 600_000 }, () => {
  let folder: string;
  let service: Service;
  let client: Anneal;
  const cacheBefore = process.env.ANNEAL_CACHE;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'anneal-streaming-'));
    // Runners inherit it.
    process.env.ANNEAL_CACHE = join(folder, 'cache');
    service = await serve({ folder, port: 0, concurrency: 2 });
    client = new Anneal({ baseUrl: service.url, token: service.token });
    await writeFile(join(folder, 'data', 'table.csv'), csvText(4000));
  });
  after(async () => {
    await service.close();
    if (cacheBefore === undefined) delete process.env.ANNEAL_CACHE;
    else process.env.ANNEAL_CACHE = cacheBefore;
    await rm(folder, { recursive: true, force: true });
  });

  const train = async (given: TrainSpecInput): Promise<JobOf<'train'>> =>
    client.jobs.wait(await client.jobs.create(given));
  async function bytes(id: string, name: string): Promise<Buffer> {
    const pieces: Uint8Array[] = [];
    for await (const piece of await client.jobs.artifacts.get(id, name)) pieces.push(piece);
    return Buffer.concat(pieces);
  }
  const text = async (id: string, name: string) => (await bytes(id, name)).toString();

  it('train, evaluate and predict jobs give the bits that they give in memory', async () => {
    const [streamed, resident] = [await train(spec(table('always'))), await train(spec(table('never')))];
    assert.deepEqual([streamed.plan!.data!.place, resident.plan!.data!.place], ['file', 'memory']);
    assert.equal(streamed.plan!.data!.reason, 'asked for by the spec');
    for (const name of ['weights.safetensors', 'model/preprocessing.json', 'scores.json', 'diagnostics.json'])
      assert.equal(
        (await text(streamed.id, name)).replaceAll(streamed.id, 'ID'),
        (await text(resident.id, name)).replaceAll(resident.id, 'ID'),
        name,
      );
    assert.deepEqual(streamed.result!.validation, resident.result!.validation);
    assert.deepEqual(streamed.result!.test, resident.result!.test);

    const from = { job: streamed.id };
    const asked = async (streaming: 'always' | 'never') => {
      const data = table(streaming, { windowMebibytes: 0.004, preprocessing: [] });
      const evaluated = await client.jobs.wait(await client.jobs.create({ kind: 'evaluate', model: from, data }));
      const predicted = await client.jobs.wait(
        await client.jobs.create({ kind: 'predict', model: from, data, rowsPerFile: 1500 }),
      );
      const files = [0, 1500, 3000].map((row) => `predictions/rows-${String(row).padStart(9, '0')}.csv`);
      const { loss, score, examples } = evaluated.result!;
      return {
        ...{ loss, score, examples },
        scores: await text(evaluated.id, 'scores.json'),
        predictions: await Promise.all(files.map((file) => text(predicted.id, file))),
      };
    };
    const [ours, theirs] = [await asked('always'), await asked('never')];
    assert.equal(ours.examples, 4000);
    assert.deepEqual(ours, theirs);
  });

  it('several windows an epoch train as well, and a plan of the service’s choice takes them', async () => {
    const job = await train(spec(table('always', { windowMebibytes: 0.02 }), { plan: 'auto', budget: { epochs: 6 } }));
    assert.equal(job.plan!.data!.windowRows, 1310);
    assert.ok(job.result!.test!.score > 0.9, `${job.result!.test!.score}`);
    const events = [];
    for await (const event of client.jobs.stream(job.id)) events.push(event);
    const notices = events.flatMap(({ body }) => (body.type === 'notice' ? [body.message] : []));
    assert.ok(
      notices.some((message) => /^the examples are streamed: asked for by the spec$/.test(message)),
      `${notices}`,
    );
  });

  it('what can’t stream is refused before it is queued', async () => {
    const iris = spec({ type: 'iris', streaming: 'always' });
    await assert.rejects(client.jobs.create(iris), (error) => {
      assert.ok(error instanceof InvalidSpecError);
      assert.match(error.message, /data\.streaming: 'always' is for .*, not for iris: the table is small/);
      return true;
    });
  });

  it('images and .npz arrays without labels are predicted for, in memory and streamed', async () => {
    const data = join(folder, 'data');
    const image = (row: number) => Uint8Array.from({ length: 12 }, (_value, i) => (row * 61 + i * 7) % 256);
    for (const name of ['pictures/one', 'pictures/two', 'new']) await mkdir(join(data, name), { recursive: true });
    const png = async (row: number) => tf.node.encodePng(tf.tensor3d(image(row), [2, 2, 3], 'int32'));
    for (let row = 0; row < 12; row++) {
      await writeFile(join(data, 'pictures', row % 2 ? 'one' : 'two', `${row}.png`), await png(row));
      if (row < 5) await writeFile(join(data, 'new', `${row}.png`), await png(row));
    }
    const pictures = { type: 'images' as const, folder: 'pictures', size: [2, 2] as [number, number] };
    const layers = [{ type: 'flatten' as const }, { type: 'dense' as const, units: 2 }];
    const split = { validation: 0.2, test: 0.2 };
    const given = { ...pictures, classes: ['one', 'two'], split };
    const job = await train(spec(given, { model: { layers }, batchSize: 4, checks: 'off' }));
    const streamedJob = await train(
      spec({ ...given, streaming: 'always' }, { model: { layers }, batchSize: 4, checks: 'off' }),
    );
    assert.deepEqual(await bytes(streamedJob.id, 'weights.safetensors'), await bytes(job.id, 'weights.safetensors'));

    const values = Uint8Array.from({ length: 5 * 12 }, (_value, i) => image(Math.floor(i / 12))[i % 12]!);
    const x = npyBytes({ descr: '|u1', shape: [5, 2, 2, 3], values });
    await writeFile(join(data, 'new.npz'), zipSync({ 'x.npy': x }));
    const predicted = async (asked: TrainSpecInput['data']) => {
      const made = { kind: 'predict' as const, model: { job: job.id }, data: asked };
      const { id } = await client.jobs.wait(await client.jobs.create(made));
      return text(id, 'predictions/rows-000000000.csv');
    };
    const folderOf = { ...pictures, folder: 'new' };
    const lines = await predicted(folderOf);
    assert.match(lines, /^row,class,one,two\n0,(one|two),/);
    assert.equal(lines.trim().split('\n').length, 6);
    assert.equal(await predicted({ ...folderOf, streaming: 'always' }), lines);
    assert.equal(
      await predicted({ type: 'npz', file: 'new.npz', labels: null, shape: [2, 2, 3], scale: 'unit' }),
      lines,
    );
    await assert.rejects(
      client.jobs.create(spec(folderOf, { model: { layers } })),
      /data\.classes: is missing; only a predict job does without labels, not a train job/,
    );
    assert.deepEqual(
      (await readdir(join(folder, 'cache', 'examples'))).filter((name) => name.startsWith('.')),
      [],
    );
  });
});
