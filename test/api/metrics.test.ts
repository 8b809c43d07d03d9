/** Metrics out of Parquet parts: thinning, ranges, attempts that did steps again, and only the bytes that are needed. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Buckets } from '@anneal/api/metrics/buckets.ts';
import type { Lease } from '@anneal/core';
import { writeParquet } from '@anneal/engine/formats/parquet.ts';
import type { EventBody, Metrics, Problem } from '@anneal/schemas';
import { emit, newJob, openService, putArtifact, startJob, type TestService } from './service.ts';

let service: TestService;
before(async () => {
  service = await openService();
});
after(() => service.close());

const pad = (step: number): string => String(step).padStart(12, '0');

/** Stores the steps `from` to `to` as the engine does; `loss(step)` gives the loss, the other columns are made from it. */
async function putSteps(lease: Lease, from: number, to: number, loss: (step: number) => number): Promise<void> {
  const steps = Int32Array.from({ length: to - from + 1 }, (_, row) => from + row);
  const column = (name: string, value: (step: number) => number) =>
    ({ name, type: 'DOUBLE', values: Float64Array.from(steps, value) }) as const;
  const bytes = writeParquet([
    { name: 'step', type: 'INT32', values: steps },
    column('loss', loss),
    column('dataLoss', (step) => loss(step) / 2),
    column('rate', () => 0.1),
    column('seconds', (step) => step / 1000),
  ]);
  await putArtifact(
    service,
    lease,
    `metrics/steps-${pad(from)}-${pad(to)}.parquet`,
    bytes,
    'application/vnd.apache.parquet',
  );
}

const read = (id: string, query = ''): Promise<Metrics> => service.json(`/v1/jobs/${id}/metrics${query}`);

async function runningJob(): Promise<{ id: string; lease: Lease }> {
  const { id } = await newJob(service);
  return { id, lease: await startJob(service, id) };
}

describe('per-step metrics', () => {
  it('are there step by step while they fit', async () => {
    const { id, lease } = await runningJob();
    await putSteps(lease, 1, 3, (step) => 1 / step);
    await putSteps(lease, 4, 4, (step) => 1 / step);
    const metrics = await read(id, '?names=loss,rate');
    assert.deepEqual(Object.keys(metrics.series).sort(), ['loss', 'rate']);
    assert.deepEqual([metrics.from, metrics.to], [1, 4]);
    const values = [1, 1 / 2, 1 / 3, 1 / 4];
    assert.deepEqual(metrics.series.loss, { step: [1, 2, 3, 4], value: values, min: values, max: values });
  });

  it('are thinned to mean, least and largest value of each run of steps', async () => {
    const { id, lease } = await runningJob();
    await putSteps(lease, 1, 600, (step) => step);
    await putSteps(lease, 601, 1000, (step) => step);
    const { series } = await read(id, '?names=loss&resolution=10');
    assert.deepEqual(series.loss?.step, [100, 200, 300, 400, 500, 600, 700, 800, 900, 1000]);
    assert.deepEqual(series.loss?.value.slice(0, 2), [50.5, 150.5]);
    assert.deepEqual(series.loss?.min.slice(-1), [901]);
    assert.deepEqual(series.loss?.max.slice(-1), [1000]);
    assert.equal((await read(id, '?names=loss&resolution=999')).series.loss?.step.length, 500);
  });

  it('are read of the parts and columns asked for only', async (t) => {
    const { id, lease } = await runningJob();
    for (let part = 0; part < 10; part++) await putSteps(lease, part * 5000 + 1, (part + 1) * 5000, Math.sqrt);
    await read(id);
    const get = t.mock.method(service.artifacts, 'get');
    const metrics = await read(id, '?names=loss&from=12001&to=12100');
    assert.deepEqual([metrics.from, metrics.to, metrics.series.loss?.step.length], [12_001, 12_100, 100]);
    const keys = new Set(get.mock.calls.map(({ arguments: [key] }) => key));
    assert.equal(keys.size, 1);
    const bytes = get.mock.calls.reduce((sum, { arguments: [, range] }) => sum + (range!.end! - range!.start + 1), 0);
    const { size } = await service.artifacts.head([...keys][0]!);
    assert.ok(bytes < size / 2, `${bytes} of ${size} bytes`);
  });

  it('count the later attempt from the step it went on from', async () => {
    const { id, lease } = await runningJob();
    await putSteps(lease, 1, 10, () => 1);
    await putSteps(lease, 11, 20, () => 1);
    await service.jobs.transition(id, ['running'], 'paused', { lease });
    await service.jobs.transition(id, ['paused'], 'queued');
    const later = await startJob(service, id);
    await putSteps(later, 6, 12, () => 2);
    const { series, to } = await read(id, '?names=loss');
    assert.equal(to, 12);
    assert.deepEqual(series.loss?.value, [1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2]);
  });

  it('are null where they are not finite', async () => {
    const { id, lease } = await runningJob();
    await putSteps(lease, 1, 4, (step) => (step === 2 ? Number.NaN : step === 4 ? Number.POSITIVE_INFINITY : step));
    const { series } = await read(id, '?names=loss&resolution=2');
    assert.deepEqual(series.loss, { step: [2, 4], value: [null, null], min: [1, 3], max: [1, null] });
  });
});

describe('metrics from inside the net', () => {
  const putObservations = (lease: Lease, steps: number[]): Promise<void> => {
    const column = (name: string, scale: number) =>
      ({ name, type: 'FLOAT', values: Float32Array.from(steps, (step) => scale * step) }) as const;
    const bytes = writeParquet([
      { name: 'step', type: 'INT32', values: Int32Array.from(steps) },
      column('updateRatio/dense_0/kernel', 1),
      column('updateRatio/dense_0/bias', 2),
      column('deadShare/dense_0', 3),
    ]);
    const name = `metrics/observations-${pad(steps[0]!)}-${pad(steps.at(-1)!)}.parquet`;
    return putArtifact(service, lease, name, bytes, 'application/vnd.apache.parquet');
  };

  it('are read by name and by quantity, of the attempts that count', async () => {
    const { id, lease } = await runningJob();
    await putSteps(lease, 1, 100, (step) => step);
    await putObservations(lease, [50, 100]);
    const all = await read(id, '?names=updateRatio/*,loss&resolution=100');
    assert.deepEqual(Object.keys(all.series).sort(), [
      'loss',
      'updateRatio/dense_0/bias',
      'updateRatio/dense_0/kernel',
    ]);
    const values = [100, 200];
    assert.deepEqual(all.series['updateRatio/dense_0/bias'], {
      step: [50, 100],
      value: values,
      min: values,
      max: values,
    });
    const one = await read(id, '?names=deadShare/dense_0&from=60');
    assert.deepEqual(one.series['deadShare/dense_0']?.value, [300]);
    assert.deepEqual((await read(id, '?names=deadShare/other')).series, {});
  });

  it('with a quantity that there is not are refused', async () => {
    const { id } = await runningJob();
    const problem = await service.json<Problem>(`/v1/jobs/${id}/metrics?names=updateRation/dense_0`);
    assert.equal(problem.code, 'invalid_request');
  });
});

describe('epoch metrics', () => {
  const epoch = (number: number, step: number, loss: number): EventBody => ({
    ...{ type: 'epoch', epoch: number, step, trainingLoss: loss, seconds: 1 },
    ...{ validationLoss: null, validationScore: 0.9, averageLoss: null, averageScore: null },
  });

  it('come from the events; an epoch done again counts once', async () => {
    const { id, lease } = await runningJob();
    await emit(service, lease, epoch(1, 100, 3), epoch(2, 200, 2), epoch(2, 200, 1.5), epoch(3, 300, 1));
    const { series, from, to } = await read(id);
    assert.deepEqual([from, to], [100, 300]);
    assert.deepEqual(series.trainingLoss?.step, [100, 200, 300]);
    assert.deepEqual(series.trainingLoss?.value, [3, 1.5, 1]);
    assert.deepEqual(series.validationLoss?.step, []);
    assert.deepEqual((await read(id, '?names=trainingLoss&from=150&to=250')).series.trainingLoss?.value, [1.5]);
  });
});

describe('metrics of one’s own', () => {
  const epoch = (number: number, metrics: Record<string, number | null>): EventBody => ({
    ...{ type: 'epoch', epoch: number, step: 100 * number, trainingLoss: 1, seconds: 1, metrics },
    ...{ validationLoss: 1, validationScore: 0.9, averageLoss: null, averageScore: null },
  });

  it('are read by name, or all of them; a value that was not finite leaves a gap', async () => {
    const { id, lease } = await runningJob();
    await emit(service, lease, epoch(1, { brier: 0.5, f1: 0.1 }), epoch(2, { brier: null, f1: 0.2 }));
    const { series } = await read(id, '?names=metrics/*,loss');
    assert.deepEqual(series['metrics/brier']?.value, [0.5]);
    assert.deepEqual(
      [series['metrics/f1']?.step, series['metrics/f1']?.value],
      [
        [100, 200],
        [0.1, 0.2],
      ],
    );
    assert.deepEqual(Object.keys((await read(id, '?names=metrics/f1')).series), ['metrics/f1']);
    assert.deepEqual((await read(id, '?names=metrics/f2')).series, {});
  });
});

it('a job without metrics has none', async () => {
  const { id } = await newJob(service);
  assert.deepEqual((await read(id)).series, {});
});

it('refuses names, bounds and resolutions that are not allowed', async () => {
  const { id } = await newJob(service);
  for (const [query, message] of [
    ['names=los', /'los' is not allowed: must be one of loss, dataLoss/],
    ['resolution=0', /resolution/],
    ['from=5&to=4', /larger/],
    ['from=0', /from/],
  ] as const) {
    const response = await service.call(`/v1/jobs/${id}/metrics?${query}`);
    assert.equal(response.status, 400);
    assert.match(((await response.json()) as Problem).message, message);
  }
});

it('takes memory by the points, not by the steps', () => {
  const buckets = new Buckets({ from: 1, to: 1_000_000_000 }, 500);
  for (let step = 1; step <= 1_000_000_000; step += 999_983) buckets.add(step, 1);
  assert.ok(buckets.series().step.length <= 500);
});
