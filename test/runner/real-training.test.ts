/** End to end with the engine: a run whose runner is killed with -9 ends with the very bits of a run that was left alone. */
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { localLauncher } from '@anneal/core/adapters/local-launcher/index.ts';
import { createLog } from '@anneal/core/log.ts';
import { openArtifactStore, openJobStore } from '@anneal/core/open.ts';
import { startScheduler } from '@anneal/core/scheduler.ts';
import { type Job, manifest, parse, trainSpec } from '@anneal/schemas';
import { writeSmallData } from '../cli/small-data.ts';

const EPOCHS = 800;

test('kill -9 in mid-training changes no bit of the weights', { timeout: 180_000 }, async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'anneal-real-'));
  await writeSmallData(folder, EPOCHS);
  const env = {
    ANNEAL_STORE: `sqlite:${folder}/jobs.db`,
    ANNEAL_ARTIFACTS: `file:${folder}/artifacts`,
    ANNEAL_DATA: folder,
  };
  const jobs = await openJobStore(env.ANNEAL_STORE);
  const artifacts = await openArtifactStore(env.ANNEAL_ARTIFACTS);
  const launcher = localLauncher({ folder, env });
  const scheduler = startScheduler({ jobs, launcher, concurrency: 1, log: createLog('scheduler', 'stderr', 'fatal') });
  t.after(async () => {
    await scheduler.close();
    await jobs.close();
    await rm(folder, { recursive: true });
  });

  const spec = parse(trainSpec, {
    kind: 'train',
    data: {
      type: 'npy',
      inputs: 'inputs.npy',
      labels: 'labels.npy',
      shape: [2],
      classes: 2,
      split: { validation: 0.1 },
    },
    model: {
      layers: [
        { type: 'dense', units: 4, activation: 'relu' },
        { type: 'dropout', rate: 0.2 },
        { type: 'dense', units: 2 },
      ],
    },
    loss: { type: 'softmax-cross-entropy' },
    update: { rule: 'adam' },
    schedule: { type: 'constant', rate: 0.001 },
    batchSize: 16,
    plan: 'graph',
    checks: 'off',
    checkpoints: { everySeconds: 0.2 },
    budget: { epochs: EPOCHS },
  });
  const submit = async (): Promise<string> => {
    const { job } = await jobs.create({ spec });
    scheduler.wake();
    return job.id;
  };
  const wait = async (id: string, enough: (job: Job) => boolean | Promise<boolean>): Promise<Job> => {
    for (;;) {
      const job = await jobs.get(id);
      assert.notEqual(job.state, 'failed', job.error?.message);
      if (await enough(job)) return job;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  };
  const weights = async ({ id, attempt }: Job): Promise<string> => {
    const { body } = await artifacts.get(`jobs/${id}/${attempt}/manifest.json`);
    const chunks: Uint8Array[] = [];
    for await (const chunk of body) chunks.push(chunk);
    const listed = manifest.parse(JSON.parse(Buffer.concat(chunks).toString('utf8'))).artifacts;
    return listed.find(({ name }) => name === 'weights.safetensors')!.sha256;
  };

  const alone = await wait(await submit(), ({ state }) => state === 'succeeded');
  const id = await submit();
  const saved = async () => (await jobs.readEvents(id, 0, 10_000)).some(({ body }) => body.type === 'checkpoint');
  await wait(id, saved);
  const { pid } = JSON.parse(await readFile(join(folder, 'runners', `${id}.json`), 'utf8')) as { pid: number };
  process.kill(pid, 'SIGKILL');
  const killed = await wait(id, ({ state }) => state === 'succeeded');
  assert.deepEqual([alone.attempt, killed.attempt], [1, 2]);
  assert.deepEqual(killed.result?.test, alone.result?.test);
  assert.equal(await weights(killed), await weights(alone));
});
