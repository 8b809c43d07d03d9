/**
 * The quickstart: a service in this process, a convolutional net on Fashion-MNIST submitted through the SDK, its checks and its progress
 * shown, and a picture of the loss at the end. `--json` ends with one line of JSON.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { serve } from '@anneal/api/node.ts';
import { Anneal, type JobOf, type TrainSpecInput } from 'anneal';
import { ProgressView } from '../sdk/cli/progress-view.ts';
import { bytes, clock, number, perStep } from '../sdk/cli/style.ts';
import { lossCurve } from '../sdk/plot/loss-curve.ts';

const spec: TrainSpecInput = {
  kind: 'train',
  name: 'quickstart',
  data: { type: 'fashion-mnist' },
  model: {
    layers: [
      { type: 'conv2d', filters: 32, kernelSize: 3, padding: 'same', activation: 'relu', initializer: 'he-normal' },
      { type: 'max-pooling2d' },
      { type: 'conv2d', filters: 64, kernelSize: 3, padding: 'same', activation: 'relu', initializer: 'he-normal' },
      { type: 'max-pooling2d' },
      { type: 'flatten' },
      { type: 'dropout', rate: 0.3 },
      { type: 'dense', units: 128, activation: 'relu', initializer: 'he-normal' },
      { type: 'dense', units: 10 },
    ],
  },
  loss: { type: 'softmax-cross-entropy' },
  update: { rule: 'adam' },
  schedule: { type: 'exponential', rate: 0.0015, decay: 0.5 },
  budget: { epochs: 5, seconds: 170 },
};

type TrainJob = JobOf<'train'>;

const json = process.argv.includes('--json');
const folder = resolve(process.env.ANNEAL_HOME || '.anneal');
const view = new ProgressView(process.stderr);
const say = (text: string) => view.line(text);

async function main(): Promise<number> {
  const service = await serve({ folder, port: 0 });
  const interrupt = new AbortController();
  const onSignal = () => interrupt.abort();
  process.once('SIGINT', onSignal).once('SIGTERM', onSignal);
  try {
    say(`Anneal serves at ${service.url}, from ${relative(process.cwd(), folder) || folder}.`);
    const client = new Anneal({ baseUrl: service.url, token: service.token });
    const submitted = await client.jobs.create(spec);
    say(`Submitted ${submitted.id}: a convolutional net on Fashion-MNIST.`);
    const job = await follow(client, submitted, interrupt.signal);
    if (!job) return 130;
    await report(client, job);
    return 0;
  } finally {
    view.end();
    await service.close();
  }
}

/** The finished job, or null if it was interrupted (and then cancelled). */
async function follow(client: Anneal, job: TrainJob, signal: AbortSignal): Promise<TrainJob | null> {
  try {
    return await client.jobs.wait(job, {
      signal,
      onEvent: (event) => view.event(event),
      onProgress: (progress) => view.progress(progress),
    });
  } catch (error) {
    if (!signal.aborted) throw error;
    view.end();
    say('Interrupted: cancelling the job …');
    await client.jobs.cancel(job.id).catch(() => undefined);
    await client.jobs.wait(job.id, { timeout: 15_000 }).catch(() => undefined);
    return null;
  }
}

async function report(client: Anneal, job: TrainJob): Promise<void> {
  const { result, plan } = job;
  if (!result?.test) throw new Error(`${job.id} ended without a test score`);
  const metrics = await client.jobs.metrics(job.id, { names: ['loss', 'validationLoss'], resolution: 300 });
  const picture = join(folder, 'quickstart-loss.svg');
  await mkdir(folder, { recursive: true });
  await writeFile(picture, await lossCurve(metrics, `Fashion-MNIST, ${result.steps} steps`));
  const artifacts = await client.jobs.artifacts.list(job.id);
  view.end();
  const here = (path: string) => relative(process.cwd(), path) || '.';
  say('');
  say(
    `Test accuracy ${number(result.test.score)} after ${clock(result.trainSeconds)} of training: ${result.steps} steps of ${perStep(result.microsecondsPerStep)} (plan ${plan?.plan}).`,
  );
  say(
    `First step ${number(result.submitToFirstStepSeconds)} s after the submission, checks included; the runner's memory peaked at ${bytes(result.peakMemoryBytes)}.`,
  );
  say(`Loss curve: ${here(picture)}`);
  say(
    `Artifacts:  ${artifacts.artifacts.length} files of ${job.id} under ${here(join(folder, 'artifacts'))}: weights, SavedModel, TF.js model, metrics, checkpoints`,
  );
  say('Next:       npx anneal submit examples/mnist-mlp.yaml --wait');
  if (json) {
    const line = {
      testAccuracy: result.test.score,
      trainSeconds: result.trainSeconds,
      submitToFirstStepSeconds: result.submitToFirstStepSeconds,
      jobId: job.id,
    };
    process.stdout.write(`${JSON.stringify(line)}\n`);
  }
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    view.end();
    process.stderr.write(`error: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  },
);
