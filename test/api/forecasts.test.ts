/** Forecasts and budgets over HTTP, on real records. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { RecordStore } from '@anneal/core';
import { calibrationsOf } from '@anneal/core/forecast/calibrations.ts';
import { batchMachines, localMachine, type Machine } from '@anneal/core/forecast/machine.ts';
import { AS_OF } from '@anneal/core/forecast/prices.ts';
import { openRecordStore } from '@anneal/core/open.ts';
import type { Problem, ValidationReport } from '@anneal/schemas';
import { openService, type TestService } from './service.ts';
import { spec } from './spec.ts';

const services: TestService[] = [];
const stores: RecordStore[] = [];
after(async () => {
  for (const service of services) await service.close();
  for (const store of stores) await store.close();
});

async function opened(machines?: readonly Machine[]) {
  const records = await openRecordStore('sqlite::memory:');
  stores.push(records);
  const calibrations = calibrationsOf(records, 'sqlite::memory:');
  const service = await openService(machines && { forecasting: { machines, calibrations } });
  services.push(service);
  const validated = async (overrides: Record<string, unknown> = {}) =>
    (await (await service.post('/v1/jobs/validate', spec(overrides))).json()) as ValidationReport;
  const refused = async (path: string, overrides: Record<string, unknown>): Promise<Problem> => {
    const response = await service.post(path, spec(overrides));
    assert.equal(response.status, 422);
    return (await response.json()) as Problem;
  };
  return { service, calibrations, validated, refused };
}
const PATHS = ['/v1/jobs/validate', '/v1/jobs'];

describe('forecasts of a service on one machine', () => {
  const here = localMachine();
  let place: Awaited<ReturnType<typeof opened>>;
  before(async () => {
    place = await opened([here]);
  });

  it('say what the machine will take, without a price', async () => {
    const { forecast, forecastReason, flopsPerStep, prices } = await place.validated();
    assert.deepEqual([forecastReason, prices, forecast?.length], [null, null, 1]);
    // One dense layer, 784 -> 10, forwards and the gradient of its weights.
    assert.equal(flopsPerStep, 64 * 2 * 2 * 784 * 10);
    const { machine, steps, dollars, basis, runs } = forecast![0]!;
    assert.deepEqual([machine, steps, dollars, basis, runs], [here.name, Math.ceil(54_000 / 64), null, 'prior', 0]);
  });

  it('rest on what runs have measured', async () => {
    const observation = {
      flops: 2_007_040,
      bytes: 1e5,
      secondsPerStep: 0.001,
      startSeconds: 5,
      endSeconds: 1,
      data: 'mnist',
    };
    await place.calibrations.note(here.name, 'dense-auto', observation);
    const [measured] = (await place.validated()).forecast!;
    assert.deepEqual([measured!.basis, measured!.runs], ['measured', 1]);
    assert.ok(measured!.seconds.low < 6.9 && measured!.seconds.high > 6.9);
    const [other] = (await place.validated({ plan: 'eager' })).forecast!;
    assert.equal(other!.basis, 'prior', 'of another kind of run');
  });

  it('are left out with the reason: rows that only the run knows, jobs that train nothing', async () => {
    const data = { type: 'csv', file: 'a.csv', features: ['x'], label: 'y', classes: 10 };
    const unknown = await place.validated({ data, model: { layers: [{ type: 'dense', units: 10 }] } });
    assert.deepEqual([unknown.forecast, unknown.flopsPerStep, unknown.stepsPerEpoch], [null, null, null]);
    assert.match(unknown.forecastReason!, /only when the data are read/);
    const check = await place.service.post('/v1/jobs/validate', { kind: 'check', spec: spec() });
    assert.match(((await check.json()) as ValidationReport).forecastReason!, /only train jobs .* not check jobs/);
  });

  it('refuse a budget in dollars, since nothing here has a price', async () => {
    for (const path of PATHS) {
      const { code, param, detail } = await place.refused(path, { budget: { epochs: 1, dollars: 5 } });
      assert.deepEqual([code, param], ['invalid_spec', 'budget.dollars']);
      assert.match(detail, /which has no price; bound the run by budget.seconds/);
    }
  });
});

describe('forecasts of a service on AWS Batch', () => {
  let place: Awaited<ReturnType<typeof opened>>;
  before(async () => {
    place = await opened(batchMachines());
  });

  it('are for each kind of machine, in dollars, with the day of the prices', async () => {
    const { forecast, prices } = await place.validated();
    assert.deepEqual(
      forecast!.map(({ machine }) => machine),
      batchMachines().map(({ name }) => name),
    );
    assert.ok(forecast!.every(({ dollars, seconds }) => dollars!.low < dollars!.high && seconds.low < seconds.high));
    assert.deepEqual([prices?.asOf, prices?.region], [AS_OF, 'us-east-1']);
  });

  it('let a job within its budget through, and one that only money ends', async () => {
    for (const budget of [{ epochs: 1, dollars: 5 }, { dollars: 5 }]) {
      assert.equal((await place.service.post('/v1/jobs', spec({ budget }))).status, 201);
      const { forecast } = await place.validated({ budget });
      assert.ok(forecast!.every(({ dollars }) => dollars!.high <= 5));
    }
  });

  it('refuse a job whose least cost passes its budget everywhere', async () => {
    for (const path of PATHS) {
      const before = place.service.submitted.length;
      const { code, param, detail } = await place.refused(path, { budget: { epochs: 1e6, dollars: 0.001 } });
      assert.deepEqual([code, param], ['budget_exceeded', 'budget.dollars']);
      assert.match(
        detail,
        /0\.001 is not enough; the run takes at least [\d.]+ dollars, on \S+; raise it, or lower budget.epochs/,
      );
      assert.equal(place.service.submitted.length, before);
    }
  });

  it('refuse budgets that are none', async () => {
    for (const dollars of [0, -1, '5', null]) {
      const { code, errors } = await place.refused('/v1/jobs', { budget: { epochs: 1, dollars } });
      assert.deepEqual([code, errors[0]?.param], ['invalid_spec', 'budget.dollars']);
    }
  });
});

it('layers of one’s own are named, as their work is not counted', async () => {
  const { validated } = await opened();
  const code = 'export const layer = (tf, { x }) => x;';
  const dense = { type: 'dense', units: 10 };
  const layers = [{ type: 'flatten' }, { type: 'module', name: 'gate', code }, dense];
  const { uncountedLayers, flopsPerStep } = await validated({ model: { layers } });
  // The dense layer alone, now with the gradient of its weights: nothing before it is trained.
  assert.deepEqual([uncountedLayers, flopsPerStep], [['gate'], 64 * 2 * 2 * 784 * 10]);
  assert.deepEqual((await validated()).uncountedLayers, []);
});

it('a service that does not know its machines says so', async () => {
  const { validated } = await opened();
  const { forecast, forecastReason, flopsPerStep } = await validated();
  assert.deepEqual([forecast, flopsPerStep], [null, 64 * 2 * 2 * 784 * 10]);
  assert.match(forecastReason!, /does not know the machines/);
});
