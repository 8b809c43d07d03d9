/** Forecasts: what measured runs and published rates say about a run, and what machines cost. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { Observation } from '@anneal/core/forecast/calibrations.ts';
import {
  batchMachines,
  instanceMachine,
  isMachine,
  localMachine,
  type Machine,
  machineHere,
} from '@anneal/core/forecast/machine.ts';
import { forecastOf, stepsWorth } from '@anneal/core/forecast/predict.ts';
import { AS_OF, instance, instances, priceNote, SPOT_SHARE, smallestWithGpu } from '@anneal/core/forecast/prices.ts';
import type { RunWork } from '@anneal/schemas';
import { temporaryFolder } from '../cli/anneal.ts';

const work = (overrides: Partial<RunWork> = {}): RunWork => ({
  kind: 'dense-auto',
  data: 'mnist',
  step: { flops: 2e8, bytes: 1e7 },
  kernels: 36,
  mostPasses: 1,
  evaluation: { flops: 0, bytes: 0 },
  stepsPerEpoch: 100,
  steps: 1000,
  leastSteps: 1000,
  seconds: null,
  ...overrides,
});
const seen = (overrides: Partial<Observation> = {}): Observation => ({
  ...{ flops: 2e8, bytes: 1e7, secondsPerStep: 0.01, startSeconds: 4, endSeconds: 1, data: 'mnist' },
  ...overrides,
});
const t4 = instanceMachine(instance('g4dn.xlarge')!);
const here = localMachine();

describe('a forecast', () => {
  it('spans the measured runs, widened by 1 + 1/√n', () => {
    const one = forecastOf(here, work(), [seen()]);
    assert.deepEqual([one.basis, one.runs, one.dollars], ['measured', 1, null]);
    assert.deepEqual(one.seconds, { low: (4 + 10 + 1) / 2, high: (4 + 10 + 1) * 2 });
    const four = forecastOf(
      here,
      work(),
      [0.01, 0.012, 0.01, 0.01].map((secondsPerStep) => seen({ secondsPerStep })),
    );
    assert.equal(four.runs, 4);
    // Three parts in ten between the third run and the fourth.
    const ninetieth = 1000 * 0.01 ** 0.3 * 0.012 ** 0.7;
    const holds = (actual: number, expected: number) => Math.abs(actual - expected) < 0.11;
    assert.ok(holds(four.seconds.low, (4 + 10 + 1) / 1.5) && holds(four.seconds.high, (4 + ninetieth + 1) * 1.5));
    const heldUp = Array.from({ length: 8 }, (_run, i) => seen({ secondsPerStep: i === 3 ? 10 : 0.01 }));
    assert.ok(forecastOf(here, work(), heldUp).seconds.high < 150, 'one that took a thousand times as long');
  });

  it('of more work than was measured takes no less, and no more than in proportion; of less work the other way round', () => {
    const times = (factor: number) => work({ step: { flops: factor * 2e8, bytes: factor * 1e7 } });
    const training = (factor: number) => forecastOf(here, times(factor), [seen({ startSeconds: 0, endSeconds: 0 })]);
    assert.deepEqual(training(4).seconds, { low: 10 / 2, high: 40 * 2 });
    assert.deepEqual(training(0.25).seconds, { low: 2.5 / 2, high: 10 * 2 });
    assert.equal(training(1000).basis, 'prior', 'too far from what was measured');
  });

  it('holds for machines whose steps cost a fixed part and one in proportion, whatever was measured there', () => {
    // The exact times of a made-up machine are the oracle.
    for (const fixed of [0, 1e-4, 5e-3])
      for (const rate of [1e-11, 1e-10])
        for (const [known, asked] of [
          [1, 9],
          [9, 1],
          [2, 2],
        ] as const) {
          const time = (factor: number): number => fixed + factor * 2e8 * rate;
          const measured = seen({
            ...{ flops: known * 2e8, bytes: known * 1e7, secondsPerStep: time(known) },
            ...{ startSeconds: 0, endSeconds: 0 },
          });
          const { seconds } = forecastOf(here, work({ step: { flops: asked * 2e8, bytes: asked * 1e7 } }), [measured]);
          const actual = 1000 * time(asked);
          assert.ok(seconds.low <= actual && actual <= seconds.high, `${fixed} ${rate} ${known} ${asked}`);
        }
  });

  it('rests on the runs that are nearest, and for start and end on those with the same data', () => {
    const far = Array.from({ length: 10 }, () => seen({ flops: 2e9, bytes: 1e8, secondsPerStep: 5 }));
    const near = Array.from({ length: 8 }, () => seen({ startSeconds: 30, data: 'csv' }));
    const loaded = near.with(0, seen());
    const { seconds, runs } = forecastOf(here, work(), [...far, ...loaded]);
    const margin = 1 + 1 / Math.sqrt(8);
    assert.equal(runs, 8);
    assert.ok(Math.abs(seconds.high - 15 * margin) < 0.1, `${seconds.high}`);
  });

  it('without a measurement rests on published rates: wide, and said so', () => {
    const { basis, runs, seconds } = forecastOf(t4, work(), []);
    assert.deepEqual([basis, runs], ['prior', 0]);
    assert.ok(seconds.high > 20 * seconds.low);
    // 1000 steps of 2·10⁸ operations can't be done faster than the card multiplies.
    assert.ok(seconds.low >= (1000 * 2e8) / 8.1e12);
  });

  it('ends by seconds, and by early stopping at the least', () => {
    const measured = [seen({ startSeconds: 0, endSeconds: 0 })];
    const limited = forecastOf(here, work({ seconds: 3 }), measured);
    assert.deepEqual(limited.seconds, { low: 3, high: 3 });
    const only = forecastOf(here, work({ steps: null, leastSteps: Number.POSITIVE_INFINITY, seconds: 7 }), measured);
    assert.deepEqual([only.steps, only.seconds], [null, { low: 7, high: 7 }]);
    assert.deepEqual(forecastOf(here, work({ leastSteps: 100 }), measured).seconds, { low: 0.5, high: 20 });
  });

  it('counts evaluations as the steps that they are worth', () => {
    const evaluated = work({ evaluation: { flops: 1e8, bytes: 5e6 } });
    assert.equal(stepsWorth(evaluated, here.rates)(1000), 1000 + 10 * 0.5);
    assert.equal(stepsWorth(evaluated, here.rates)(1001), 1001 + 11 * 0.5, 'the last epoch is evaluated too');
  });

  it('costs what the machine costs: spot at the least, on demand at the most, and no more than the budget', () => {
    const measured = [seen({ startSeconds: 0, endSeconds: 0, secondsPerStep: 3.6 })];
    const { seconds, dollars } = forecastOf(t4, work(), measured);
    assert.deepEqual(seconds, { low: 1800, high: 7200 });
    assert.deepEqual(dollars, { low: 0.0789, high: 1.06 });
    assert.ok(Math.abs(dollars!.low - 0.5 * 0.526 * SPOT_SHARE.low) < 1e-4);
    const bounded = forecastOf(t4, work(), measured, 0.5);
    assert.deepEqual(bounded.dollars, { low: 0.0789, high: 0.5 });
    const alone = forecastOf(t4, work({ steps: null, leastSteps: Number.POSITIVE_INFINITY }), measured, 0.526);
    assert.deepEqual([alone.steps, alone.seconds.low], [null, 3600]);
    // What no money buys is not made to look as if it did.
    assert.ok(forecastOf(t4, work(), measured, 0.01).dollars!.low > 0.01);
  });
});

describe('the price table', () => {
  it('has the sizes, GPUs and memory that EC2 has (test/oracles/forecast/make.py), and all sizes of its families', () => {
    const file = new URL('../oracles/forecast/instances.json', import.meta.url);
    const known = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
    const ours = instances.filter(({ gpus }) => gpus > 0);
    const facts = ours.map(({ type, vCpus, memoryGib, gpus, gpu }) => [
      type,
      { vCpus, memoryMib: memoryGib * 1024, gpus, gpu },
    ]);
    assert.deepEqual(Object.fromEntries(facts), known);
  });

  it('is not older than it says: whoever changes a price sets the day too', () => {
    const rows = instances.map(({ type, price }) => `${type} ${price}`).join('\n');
    const digest = createHash('sha256').update(rows).digest('hex').slice(0, 16);
    assert.deepEqual([AS_OF, digest], ['2026-11-09', '7e90202adb10f58a']);
    assert.ok(Date.parse(AS_OF) <= Date.now());
  });

  it('says when it is old', () => {
    const day = 24 * 3600 * 1000;
    assert.equal(priceNote(Date.parse(AS_OF) + 100 * day).stale, false);
    assert.equal(priceNote(Date.parse(AS_OF) + 200 * day).stale, true);
  });

  it('grows with size within a family', () => {
    for (const { type, vCpus, gpus, price } of instances)
      for (const other of instances)
        if (other.type.split('.')[0] === type.split('.')[0] && other.vCpus > vCpus && other.gpus >= gpus)
          assert.ok(other.price > price, `${other.type} costs no more than ${type}`);
  });

  it('offers the smallest of each family', () => {
    const names = smallestWithGpu().map(({ type }) => type);
    assert.deepEqual(names, ['g4dn.xlarge', 'g5.xlarge', 'g6.xlarge', 'p4d.24xlarge', 'p5.4xlarge']);
    assert.deepEqual(
      batchMachines().map(({ name }) => name),
      names,
    );
  });
});

describe('the machine of a runner', () => {
  const told = async (t: Parameters<typeof temporaryFolder>[0], text: string) => {
    const file = join(await temporaryFolder(t), 'machine.json');
    writeFileSync(file, text);
    return machineHere({ ANNEAL_MACHINE: file });
  };

  it('is that of its file: spot or else the full price', async (t) => {
    const spot = (await told(t, '{"instanceType": "g5.xlarge", "market": "spot"}')) as Machine;
    assert.deepEqual(
      [spot.name, spot.price],
      ['g5.xlarge', { low: 1.006 * SPOT_SHARE.low, high: 1.006 * SPOT_SHARE.high }],
    );
    const full = (await told(t, '{"instanceType": "g5.xlarge", "market": "on-demand"}')) as Machine;
    assert.deepEqual(full.price, { low: 1.006, high: 1.006 });
    assert.deepEqual(((await told(t, '{"instanceType": "g5.xlarge", "market": ""}')) as Machine).price, full.price);
  });

  it('is not known where the file does not tell', async (t) => {
    for (const [text, says] of [
      ['{"instanceType": "x9.huge"}', /no instance type 'x9.huge'/],
      ['{}', /no instance type 'undefined'/],
      ['not JSON', /does not tell which machine/],
    ] as const) {
      const machine = await told(t, text);
      assert.ok(!isMachine(machine));
      assert.match(machine.unknown, says);
    }
    const missing = machineHere({ ANNEAL_MACHINE: '/nowhere/machine.json' });
    assert.ok(!isMachine(missing) && /ENOENT/.test(missing.unknown));
  });

  it('is this one otherwise, by processor and cores, and has no price', () => {
    const machine = machineHere({}) as Machine;
    assert.match(machine.name, /\d+ cores?/);
    assert.equal(machine.price, null);
    assert.deepEqual(machine, localMachine());
  });
});
