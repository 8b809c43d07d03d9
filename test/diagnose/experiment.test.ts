/** Experiments: which causes are worth one, and what its outcome does to the ranking. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Judged, type RunRecord, rankedAgain, trialSteps, weigh, worthTrying } from '@anneal/diagnose';
import { type Finding, parse, trainSpec } from '@anneal/schemas';

const cause = (name: string, score: number, path: string | null = '/schedule/rate'): Finding => ({
  ...{ rule: `diagnosis/${name}`, verdict: 'warn', message: name, cause: name, evidence: {}, score },
  patch: path === null ? null : [{ op: 'replace', path, value: 1 }],
});

function record(training: Judged, target: 'class' | 'values' = 'class'): RunRecord {
  const spec = parse(trainSpec, {
    kind: 'train',
    data: { type: 'digits' },
    model: { layers: [{ type: 'flatten' }, { type: 'dense', units: 10 }] },
    loss: { type: target === 'class' ? 'softmax-cross-entropy' : 'mean-squared-error' },
    update: { rule: 'sgd' },
    schedule: { type: 'constant', rate: 0.1 },
    budget: { epochs: 1 },
  });
  const labels =
    target === 'class'
      ? { kind: 'class', counts: new Array(10).fill(100) }
      : { kind: 'values', mean: 0, deviation: 1, least: -2, most: 2, binary: false };
  return {
    ...{
      spec,
      layers: [],
      target: target === 'class' ? { kind: 'class', classes: 10 } : { kind: 'values', shape: [1] },
    },
    ...{ data: { training: 1000, validation: 100, inputs: {} as never, labels }, stepsPerEpoch: 16, plannedSteps: 16 },
    ...{ first: { loss: 2.3, dataLoss: 2.3 }, stretches: [], epochs: [], observed: { names: [], rows: [] } },
    ...{ nonFiniteStep: null, findings: [], end: { training, validation: null } },
  } as RunRecord;
}

test('the likeliest with a patch that a short run can show are tried, and none where one is clear', () => {
  const several = [
    cause('a', 0.8),
    cause('b', 0.7, '/budget/epochs'),
    cause('c', 0.6, null),
    cause('d', 0.5, '/model/layers/0'),
    cause('e', 0.45),
    cause('f', 0.3),
  ];
  assert.deepEqual(
    worthTrying(several).map(({ cause: name }) => name),
    ['a', 'd', 'e'],
  );
  assert.deepEqual(worthTrying([cause('a', 0.95), cause('b', 0.4)]), []);
  assert.equal(worthTrying([cause('a', 0.95), cause('b', 0.6)]).length, 2);
  assert.deepEqual(worthTrying([]), []);
});

test('a trial takes a twentieth of the run, within bounds', () => {
  assert.deepEqual([10, 400, 1000, 1e6].map(trialSteps), [20, 20, 50, 2000]);
});

const stuck = record({ loss: 2.2, score: 0.15 });
const half = record({ loss: 0.9, score: 0.7 });

test('classes: a patch that helped is surer, one that does nothing for a stuck run is less so', () => {
  const of = (run: RunRecord, trial: Judged) => {
    const { score, evidence } = weigh(cause('a', 0.6), run, trial, 50);
    return [score, evidence.experimentOutcome];
  };
  assert.deepEqual(of(stuck, { loss: 0.5, score: 0.85 }), [0.8, 'helped']);
  assert.deepEqual(of(stuck, { loss: 2.2, score: 0.155 }), [0.3, 'did not help']);
  assert.deepEqual(of(stuck, { loss: 2.1, score: 0.2 }), [0.6, 'says nothing']);
  assert.deepEqual(of(half, { loss: 1.2, score: 0.6 }), [0.6, 'says nothing']);
  assert.deepEqual(of(half, { loss: 0.7, score: 0.78 }), [0.8, 'helped']);
});

test('numbers are judged by their loss', () => {
  const run = record({ loss: 0.9, score: -0.9 }, 'values');
  const of = (score: number) => weigh(cause('a', 0.6), run, { loss: -score, score }, 50).evidence.experimentOutcome;
  assert.deepEqual(
    [of(-0.3), of(-0.8), of(-0.95), of(Number.NaN)],
    ['helped', 'says nothing', 'did not help', 'did not help'],
  );
});

test('losses of two kinds are not compared, nor is one below 0', () => {
  const run = record({ loss: 0.9, score: -0.9 }, 'values');
  const trial = { loss: 0.1, score: -0.1 };
  const outcome = (finding: Finding, of: RunRecord) => weigh(finding, of, trial, 50).evidence.experimentOutcome;
  assert.equal(outcome(cause('a', 0.6), run), 'helped');
  assert.equal(outcome(cause('wrong-loss', 0.6, '/loss'), run), 'says nothing');
  assert.equal(outcome(cause('a', 0.6), record({ loss: -3, score: 3 }, 'values')), 'says nothing');
  assert.equal(outcome(cause('a', 0.6, '/loss/labelSmoothing'), stuck), 'did not help');
});

test('a finding says what its trial came to, and the ranking follows', () => {
  const [a, b] = [cause('a', 0.8), cause('b', 0.7)];
  const weighed = [weigh(a, stuck, { loss: 2.2, score: 0.15 }, 50), weigh(b, stuck, { loss: 0.4, score: 0.9 }, 50)];
  assert.match(weighed[1]!.message, /\(tried for 50 steps: 0\.9 where the whole run came to 0\.15, which helped\)$/);
  const passed: Finding = { ...a, rule: 'diagnosis', verdict: 'pass', cause: null };
  const { score: _score, ...other } = passed;
  assert.deepEqual(
    rankedAgain([other, ...weighed]).map(({ message }) => message.split(' ')[0]),
    ['a', 'b', 'a'],
  );
});
