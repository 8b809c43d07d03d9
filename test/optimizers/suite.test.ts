/** Verdicts, and the pattern of results that the paper reports for the rules that it tries. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ownRuleOf, registeredRule, reportOn, ruleNames, suiteOf } from '@anneal/optimizers';
import { medianGain, verdictOf } from '@anneal/optimizers/suite/verdict.ts';
import { parse, update } from '@anneal/schemas';

const repeated = (gain: number, of = 10): Float64Array => new Float64Array(of).fill(gain);
const gainsOf = (...gains: number[]): Float64Array => Float64Array.from(gains);

test('the median is that of the finite gains, and none where most diverged', () => {
  assert.equal(medianGain(gainsOf(3, 1, 2)), 2);
  assert.equal(medianGain(gainsOf(4, 1, 2, 3)), 2.5);
  assert.equal(medianGain(gainsOf(4, -Infinity, 2, -Infinity)), 3);
  assert.equal(medianGain(gainsOf(4, -Infinity, -Infinity)), -Infinity);
});

test('verdicts', () => {
  assert.equal(verdictOf(repeated(1), 1), 'good');
  assert.equal(verdictOf(repeated(2), 1), 'good');
  assert.equal(verdictOf(repeated(2.01), 1), 'excellent');
  assert.equal(verdictOf(repeated(0.1), 1), 'slow');
  assert.equal(verdictOf(repeated(-5), 1), 'slow');
  assert.equal(verdictOf(gainsOf(1, 1, 1, 1, -Infinity), 1), 'unstable');
  assert.equal(verdictOf(gainsOf(1, 1, 1, 0), 1), 'good');
  assert.equal(verdictOf(gainsOf(1, 1, 1, 0, 0), 1), 'varies');
  assert.equal(verdictOf(repeated(-Infinity), 1), 'diverged');
});

test('the reference does well on every test with one of its rates, and the sample holds all families', () => {
  const suite = suiteOf({ every: 60 });
  const sgd = registeredRule('sgd');
  const found = sgd.settings.map((setting) => suite.judge(sgd, setting));
  for (const [i, { name }] of suite.tests.entries())
    assert.ok(
      found.some((verdicts) => ['good', 'varies', 'unstable'].includes(verdicts[i]!)),
      name,
    );
  assert.ok(!found.flat().includes('excellent'));
  assert.ok(new Set(suite.tests.map(({ family }) => family)).size >= 12);
});

test('what the paper reports: sgd is hard to beat by far, adaptive rules need less tuning, and heavy noise stops all', () => {
  const suite = suiteOf({ every: 40 });
  const names = ['sgd', 'momentum', 'nesterov', 'adagrad', 'rmsprop', 'adam'];
  const reports = new Map(names.map((name) => [name, reportOn(suite, registeredRule(name))]));
  for (const [name, { shares, well }] of reports) {
    assert.ok(shares.excellent < 0.05, `${name} is excellent in ${shares.excellent} of all cases`);
    assert.ok(well['1D heavy noise'] < 0.6 * well['1D noiseless'], `${name} under heavy noise`);
  }
  const share = (name: string, verdict: 'good' | 'diverged'): number => reports.get(name)!.shares[verdict];
  for (const adaptive of ['adagrad', 'rmsprop', 'adam']) {
    assert.ok(share(adaptive, 'good') > 1.2 * share('sgd', 'good'), `${adaptive} does well with more of its settings`);
    for (const other of ['sgd', 'momentum', 'nesterov'])
      assert.ok(share(adaptive, 'diverged') < share(other, 'diverged'), `${adaptive} diverges less than ${other}`);
  }
});

test('settings of every rule are valid options, and "usual" are those of an empty spec', () => {
  for (const name of ruleNames) {
    const rule = registeredRule(name);
    assert.deepEqual({ rule: name, ...rule.usual }, parse(update, { rule: name }));
    for (const { rate, options } of rule.settings) {
      assert.ok(rate > 0 && rate <= 1);
      assert.deepEqual({ rule: name, ...options }, parse(update, { rule: name, ...options }));
    }
  }
});

const ownMomentum = {
  name: 'own',
  slots: ['velocity'],
  options: { momentum: [0.5, 0.9] },
  rates: [0.1, 1],
  apply: (
    ops: {
      scalar(n: number): unknown;
      sub: (a: unknown, b: unknown) => unknown;
      mul: typeof ops.sub;
      add: typeof ops.sub;
    },
    { w, g, slots, rate }: { w: unknown; g: unknown; rate: unknown; slots: { velocity: unknown } },
    { momentum }: { momentum: number },
  ) => {
    const velocity = ops.sub(ops.mul(ops.scalar(momentum), slots.velocity), ops.mul(rate, g));
    return { w: ops.add(w, velocity), slots: { velocity } };
  },
};

test("one's own rule is judged as ours with the same formula is", () => {
  const suite = suiteOf({ every: 200 });
  const own = ownRuleOf(ownMomentum);
  const ours = registeredRule('momentum');
  assert.equal(own.settings.length, 4);
  for (const setting of own.settings) assert.deepEqual(suite.judge(own, setting), suite.judge(ours, setting));
});

test("what one's own rule lacks is said", () => {
  assert.throws(() => ownRuleOf(undefined), /default export: must be a rule \{ name, slots, apply \}/);
  assert.throws(() => ownRuleOf({ ...ownMomentum, slot: [] }), /slot.*slots/s);
  assert.throws(() => ownRuleOf({ ...ownMomentum, apply: 3 }), /apply.*must be a function/s);
  assert.throws(() => ownRuleOf({ ...ownMomentum, rates: [0] }), /rates\[0\]/);
  assert.throws(() => ownRuleOf({ ...ownMomentum, apply: () => ({ w: [1] }) }), /apply: must return w as big/);
  const forgetful = (ops: never, input: never) => ({ ...ownMomentum.apply(ops, input, { momentum: 0.5 }), slots: {} });
  assert.throws(() => ownRuleOf({ ...ownMomentum, apply: forgetful }), /apply: must return slots\.velocity/);
  const thrown = (): never => {
    throw new Error('no such thing');
  };
  assert.throws(() => ownRuleOf({ ...ownMomentum, apply: thrown }), /apply: threw no such thing in its first step/);
});
