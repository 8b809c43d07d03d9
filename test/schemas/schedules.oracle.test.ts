/** Oracle: every schedule gives the rates of PyTorch's scheduler, in float64; nonsense is refused by name. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import {
  parse,
  plateauNext,
  plateauStart,
  schedule,
  scheduleDefinitions,
  scheduled,
  scheduleLength,
  type TrainSpec,
  validateSpec,
} from '@anneal/schemas';

interface Entry {
  readonly schedule: { type: string };
  readonly rates: number[];
}

const oracle = JSON.parse(readFileSync(new URL('../oracles/schedules/pytorch.json', import.meta.url), 'utf8')) as {
  schedules: Record<string, Entry>;
  scores: number[];
  plateaus: Record<string, Entry>;
};

const near = (actual: number, expected: number, what: string) =>
  assert.ok(Math.abs(actual - expected) <= 1e-12 * Math.max(1e-3, expected), `${what}: ${actual} is not ${expected}`);

for (const [name, { schedule: given, rates }] of Object.entries(oracle.schedules))
  test(`${name} follows PyTorch`, () => {
    const spec = parse(schedule, given);
    rates.forEach((rate, step) => void near(scheduled(spec, step, 17), rate, `step ${step}`));
    // The same in epochs of four steps each: t is a fraction of an epoch.
    const inEpochs = { ...spec, unit: 'epochs' as const };
    if (!spec.warmUp) near(scheduled(inEpochs, 10 * 4, 4), rates[10]!, 'epoch 10');
  });

for (const [name, { schedule: given, rates }] of Object.entries(oracle.plateaus))
  test(`${name} follows PyTorch`, () => {
    const spec = parse(schedule, given);
    assert.ok(spec.type === 'plateau');
    let state = plateauStart;
    oracle.scores.forEach((score, epoch) => {
      state = plateauNext(state, score, spec);
      near(spec.rate * state.reduced, rates[epoch]!, `epoch ${epoch}`);
    });
  });

test('every schedule has an oracle', () => {
  const entries = [...Object.values(oracle.schedules), ...Object.values(oracle.plateaus)];
  const covered = new Set(entries.map((entry) => entry.schedule.type));
  assert.deepEqual(
    [...scheduleDefinitions.keys()].filter((type) => !covered.has(type)),
    [],
  );
});

test('a warm-up never starts at 0 and hands over to the schedule', () => {
  const spec = parse(schedule, { type: 'step', rate: 0.1, every: 1, factor: 0.5, warmUp: { length: 2 } });
  const rates = Array.from({ length: 12 }, (_value, step) => scheduled(spec, step, 4));
  const expected = [1, 2, 3, 4, 5, 6, 7, 8].map((n) => (0.1 * n) / 8);
  [...expected, 0.1, 0.1, 0.1, 0.1].forEach((rate, step) => void near(rates[step]!, rate, `step ${step}`));
  near(scheduled(spec, 12, 4), 0.05, 'first drop');
  assert.equal(scheduleLength(spec), 2);
});

const base = {
  kind: 'train',
  data: { type: 'fashion-mnist' },
  model: { layers: [{ type: 'flatten' }, { type: 'dense', units: 10 }] },
  loss: { type: 'softmax-cross-entropy' },
  update: { rule: 'momentum' },
  schedule: { type: 'constant', rate: 0.1 },
  budget: { epochs: 5 },
};
const unlimited = { memoryBytes: Number.POSITIVE_INFINITY };

for (const [what, change, message] of [
  ['a negative rate', { schedule: { type: 'cosine', rate: -1, length: 5 } }, /schedule\.rate/],
  ['a rate that is no number', { schedule: { type: 'constant', rate: Number.NaN } }, /schedule\.rate/],
  ['times that fall', { schedule: { type: 'milestones', rate: 1, at: [3, 2] } }, /schedule\.at: .*the times must rise/],
  [
    'a warm-up longer than the run',
    { schedule: { type: 'constant', rate: 0.1, warmUp: { length: 6 } } },
    /schedule\.warmUp\.length: the warm-up takes 6 epochs, the run only 5/,
  ],
  [
    'a plateau without validation',
    { schedule: { type: 'plateau', rate: 0.1 }, data: { type: 'fashion-mnist', split: { validation: 0 } } },
    /schedule plateau watches the validation score, but data\.split\.validation is 0/,
  ],
  [
    'early stopping without validation',
    { earlyStopping: { patience: 1 }, data: { type: 'fashion-mnist', split: { validation: 0 } } },
    /earlyStopping watches the validation score/,
  ],
  [
    'annealing the momentum of Adam',
    { update: { rule: 'adam' }, momentumSchedule: { type: 'polynomial', rate: 0.5, end: 0.99, length: 5 } },
    /the rule adam has no momentum to anneal; momentum, nesterov, rmsprop have/,
  ],
  [
    'annealing a momentum of 0',
    { update: { rule: 'rmsprop' }, momentumSchedule: { type: 'constant', rate: 0.5 } },
    /update\.momentum is 0, so rmsprop keeps no velocity/,
  ],
  ['a momentum of 1', { momentumSchedule: { type: 'constant', rate: 1 } }, /momentumSchedule\.rate: 1 is no momentum/],
  ['two ways of clipping', { clip: { value: 1, norm: 1 } }, /clip: .*give exactly one of value, norm, globalNorm/],
] as const)
  test(`${what} is refused`, () => {
    assert.throws(() => validateSpec({ ...base, ...change }, unlimited), message);
  });

test('a momentum may rise from 0.5 to 0.99 over the run', () => {
  const momentumSchedule = { type: 'polynomial', rate: 0.5, end: 0.99, length: 5 };
  const { momentumSchedule: rises } = validateSpec({ ...base, momentumSchedule }, unlimited).spec as TrainSpec;
  assert.ok(Math.abs(scheduled(rises!, 250, 100) - 0.745) < 1e-12);
});
