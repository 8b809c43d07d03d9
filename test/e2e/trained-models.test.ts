/** Trained models at work: evaluate, predict and ensemble jobs through the service, on what train jobs have left. */
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { type Service, serve } from '@anneal/api/node.ts';
import * as tf from '@tensorflow/tfjs';
import { Anneal, InvalidSpecError, JobFailedError, type JobOf, type TrainSpecInput } from '../../sdk/index.ts';

const spirals = (change: Partial<TrainSpecInput> = {}): TrainSpecInput => ({
  kind: 'train',
  data: { type: 'two-spirals', rows: 500, split: { test: 0.3, seed: 3 } },
  model: {
    layers: [
      { type: 'dense', units: 24, activation: 'relu', initializer: 'he-normal' },
      { type: 'batch-normalization' },
      { type: 'dense', units: 2 },
    ],
  },
  loss: { type: 'softmax-cross-entropy' },
  update: { rule: 'adam' },
  schedule: { type: 'cosine-restarts', rate: 0.01, length: 5 },
  batchSize: 32,
  budget: { epochs: 20 },
  checkpoints: { everyEpochs: 5, everySeconds: 1000, keepLast: 4 },
  averaging: { decay: 0.9 },
  checks: 'off',
  plan: 'graph',
  ...change,
});

describe('trained models', { timeout: 600_000 }, () => {
  let folder: string;
  let service: Service;
  let client: Anneal;
  let trained: JobOf<'train'>[];

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'anneal-models-'));
    service = await serve({ folder, port: 0, concurrency: 2 });
    client = new Anneal({ baseUrl: service.url, token: service.token });
    const submitted = await Promise.all([1, 2, 3].map((seed) => client.jobs.create(spirals({ seed }))));
    trained = await Promise.all(submitted.map((job) => client.jobs.wait(job)));
  });
  after(async () => {
    await service.close();
    await rm(folder, { recursive: true, force: true });
  });

  const text = async (id: string, name: string) => (await client.jobs.artifacts.get(id, name)).text();

  it('evaluates the weights as training did, and a checkpoint as its name says', async () => {
    const [one] = trained as [JobOf<'train'>];
    const job = await client.jobs.wait(await client.jobs.create({ kind: 'evaluate', model: { job: one.id } }));
    const { loss, score } = one.result!.test!;
    assert.equal(job.result!.examples, 150);
    assert.equal(job.result!.score, score);
    assert.ok(Math.abs(job.result!.loss - loss) < 1e-6);
    const scores = JSON.parse(await text(job.id, 'scores.json'));
    assert.ok(Math.abs(scores.accuracy - score) < 1e-12);

    const { checkpoints } = await client.jobs.checkpoints(one.id);
    const named = checkpoints.at(-1)!;
    const again = await client.jobs.wait(
      await client.jobs.create({ kind: 'evaluate', model: { job: one.id, weights: named.name }, split: 'validation' }),
    );
    assert.ok(Math.abs(again.result!.score - named.score!) < 1e-12);
    const average = await client.jobs.wait(
      await client.jobs.create({ kind: 'evaluate', model: { job: one.id, weights: 'average/weights.safetensors' } }),
    );
    assert.equal(average.result!.score, one.result!.average!.test!.score);
  });

  it('predicts file after file, alike in all formats', async () => {
    const [one] = trained as [JobOf<'train'>];
    const made = async (format: 'csv' | 'jsonl') => {
      const spec = {
        kind: 'predict' as const,
        model: { job: one.id },
        format,
        rowsPerFile: 100,
        split: 'all' as const,
      };
      const job = await client.jobs.wait(await client.jobs.create(spec));
      assert.deepEqual([job.result!.examples, job.result!.files], [500, 5]);
      return Promise.all(
        [0, 1, 2, 3, 4].map((i) => text(job.id, `predictions/rows-${String(i * 100).padStart(9, '0')}.${format}`)),
      );
    };
    const [csv, jsonl] = [await made('csv'), await made('jsonl')];
    assert.match(csv[0]!, /^row,class,0,1\n0,[01],/);
    const rows = jsonl.flatMap((part) =>
      part
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    );
    assert.deepEqual(
      rows.map(({ row }) => row),
      Array.from({ length: 500 }, (_row, i) => i),
    );
    for (const row of rows) {
      assert.ok(Math.abs(row['0'] + row['1'] - 1) < 1e-6);
      assert.equal(row.class, row['1'] > row['0'] ? '1' : '0');
    }
    const lines = csv.flatMap((part) => part.trim().split('\n').slice(1));
    assert.deepEqual(
      lines,
      rows.map(({ row, class: own, 0: a, 1: b }) => [row, own, a, b].join(',')),
    );
  });

  it('predicts for examples whose labels nobody knows, and only predicts for them', async () => {
    const [one] = trained as [JobOf<'train'>];
    await writeFile(join(folder, 'data', 'new.csv'), 'x,y,note\n0.1,0.2,a\n-0.4,0.3,b\n0.5,-0.1,c\n');
    const data = { type: 'csv' as const, file: 'new.csv', features: ['x', 'y'] };
    const job = await client.jobs.wait(await client.jobs.create({ kind: 'predict', model: { job: one.id }, data }));
    assert.deepEqual([job.result!.examples, job.result!.files], [3, 1]);
    const lines = (await text(job.id, 'predictions/rows-000000000.csv')).trim().split('\n');
    assert.equal(lines.length, 4);
    assert.match(lines[1]!, /^0,[01],0\.\d+,0\.\d+$/);
    await assert.rejects(
      client.jobs.create({ kind: 'evaluate', model: { job: one.id }, data }),
      /data\.label: is missing; only a predict job does without labels, not an evaluate job/,
    );
  });

  it('judges a checkpoint of a job that still runs', async () => {
    const running = await client.jobs.create(
      spirals({ budget: { seconds: 600 }, checkpoints: { everyEpochs: 1, everySeconds: 1000, keepLast: 1000 } }),
    );
    for await (const { body } of client.jobs.stream(running.id)) if (body.type === 'checkpoint') break;
    const { checkpoints } = await client.jobs.checkpoints(running.id);
    const model = { job: running.id, weights: checkpoints[0]!.name };
    const judged = await client.jobs.wait(await client.jobs.create({ kind: 'evaluate', model, split: 'validation' }));
    assert.equal(judged.result!.score.toFixed(4), /val-(.*)$/.exec(model.weights)![1]);
    await client.jobs.cancel(running.id);
  });

  it('averages jobs into one model whose answer is the mean of the members’', async () => {
    const members = trained.map(({ id }) => ({ job: id }));
    const job = await client.jobs.wait(await client.jobs.create({ kind: 'ensemble', members }));
    const { result } = job;
    assert.deepEqual(
      result!.members.map(({ score }) => score),
      trained.map((one) => one.result!.test!.score),
    );
    const mean = result!.members.reduce((sum, { loss }) => sum + loss, 0) / 3;
    assert.ok(result!.loss < mean, 'the cross-entropy of a mean of probabilities is below the mean cross-entropy');
    assert.ok(result!.disagreement > 0 && result!.disagreement < 0.5);

    const json = JSON.parse(await text(job.id, 'model/model.json'));
    const bytes = await (await client.jobs.artifacts.get(job.id, 'model/weights.bin')).bytes();
    const model = await tf.loadLayersModel(
      tf.io.fromMemory({
        modelTopology: json.modelTopology,
        weightSpecs: json.weightsManifest[0].weights,
        weightData: new Uint8Array(bytes).buffer,
      }),
    );
    const { scale } = JSON.parse(await text(job.id, 'model/preprocessing.json'));
    assert.deepEqual(scale, { multiply: 1, add: 0 });
    const [answer] = (model.predict(tf.tensor2d([[0.3, -0.2]])) as tf.Tensor2D).arraySync();
    assert.ok(Math.abs(answer![0]! + answer![1]! - 1) < 1e-6);

    const evaluated = await client.jobs.wait(await client.jobs.create({ kind: 'evaluate', model: { job: job.id } }));
    assert.ok(Math.abs(evaluated.result!.loss - result!.loss) < 1e-6);
    assert.equal(evaluated.result!.score, result!.score);
  });

  it('averages the snapshots of one run, by their answers and by their weights', async () => {
    const [{ id }] = trained as [JobOf<'train'>];
    const { checkpoints } = await client.jobs.checkpoints(id);
    for (const average of ['probabilities', 'logits', 'weights'] as const) {
      const spec = { kind: 'ensemble' as const, members: [{ job: id, weights: 'checkpoints/*' }], average };
      const job = await client.jobs.wait(await client.jobs.create(spec));
      assert.deepEqual(
        job.result!.members.map(({ weights }) => weights),
        checkpoints.map(({ name }) => name),
      );
      assert.equal(
        job.result!.parameters,
        trained[0]!.result!.parameters * (average === 'weights' ? 1 : checkpoints.length),
      );
      if (average !== 'weights') continue;
      const evaluated = await client.jobs.wait(await client.jobs.create({ kind: 'evaluate', model: { job: job.id } }));
      assert.ok(Math.abs(evaluated.result!.loss - job.result!.loss) < 1e-6, average);
    }
  });

  it('trains several at once, which answer as one', async () => {
    const spec = spirals({ ensemble: { members: 3 }, budget: { epochs: 5 } });
    const { id, result } = await client.jobs.wait(await client.jobs.create(spec));
    const alone = result!.ensemble!.members.map(({ test }) => test!);
    assert.equal(alone.length, 3);
    assert.equal(result!.parameters, 3 * trained[0]!.result!.parameters);
    assert.ok(result!.test!.loss < alone.reduce((sum, { loss }) => sum + loss, 0) / 3);
    const evaluated = await client.jobs.wait(await client.jobs.create({ kind: 'evaluate', model: { job: id } }));
    assert.ok(Math.abs(evaluated.result!.loss - result!.test!.loss) < 1e-5);
    const members = [{ job: id }, { job: trained[0]!.id }];
    const grown = await client.jobs.wait(await client.jobs.create({ kind: 'ensemble', members }));
    assert.deepEqual(
      grown.result!.members.map(({ job, member }) => [job, member]),
      [...[0, 1, 2].map((member) => [id, member]), [trained[0]!.id, undefined]],
    );
    for (const [i, { loss }] of alone.entries()) assert.ok(Math.abs(grown.result!.members[i]!.loss - loss) < 1e-5);
  });

  it('refuses what is not there before the job is taken', async () => {
    const [{ id }] = trained as [JobOf<'train'>];
    const refused = (spec: Parameters<typeof client.jobs.create>[0], message: RegExp) =>
      assert.rejects(client.jobs.create(spec), (error: Error) => {
        assert.ok(error instanceof InvalidSpecError, String(error));
        assert.match(error.message, message);
        return true;
      });
    await refused(
      { kind: 'evaluate', model: { job: 'job_00000000000000000000000000' } },
      /model\.job: there is no job/,
    );
    await refused(
      { kind: 'evaluate', model: { job: id, weights: 'weight.safetensors' } },
      /model\.weights: .* has no 'weight\.safetensors'; did you mean 'weights\.safetensors'\?/,
    );
    await refused(
      { kind: 'evaluate', model: { job: id, weights: 'checkpoints/*' } },
      /only an ensemble job takes them/,
    );
    await refused({ kind: 'ensemble', members: [{ job: id }] }, /an ensemble needs two models at least/);
    const ofPattern = (weights: string) => ({ kind: 'ensemble' as const, members: [{ job: id, weights }] });
    await refused(ofPattern('checkpoints/epoch-005*'), /an ensemble needs two models at least/);
    await refused(ofPattern('checkpoints/nothing-*'), /has no 'checkpoints\/nothing-\*'; (did you mean|there are)/);
    await refused(
      { kind: 'predict', model: { job: id }, data: { type: 'iris' } },
      /data: the examples are \[4\], the model was trained on \[2\]/,
    );
  });

  it('says why members can’t answer together', async () => {
    const data = { ...spirals().data, preprocessing: [{ type: 'standardize' as const }] };
    const other = await client.jobs.wait(await client.jobs.create(spirals({ data, budget: { epochs: 1 } } as never)));
    const submitted = await client.jobs.create({
      kind: 'ensemble',
      members: [{ job: trained[0]!.id }, { job: other.id }],
    });
    await assert.rejects(client.jobs.wait(submitted), (error: Error) => {
      assert.ok(error instanceof JobFailedError);
      assert.match(error.message, /scaled otherwise than/);
      return true;
    });
  });
});
