/** What a full-batch rule can't be combined with is refused by its field, with the reason. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkSfo, parse, SpecError, type Update, update, validateSpec } from '@anneal/schemas';

const dense = { type: 'dense', units: 10 };

function refusal(change: Record<string, unknown>): SpecError | null {
  const spec = {
    kind: 'train',
    data: { type: 'digits' },
    model: { layers: [{ type: 'flatten' }, dense] },
    loss: { type: 'softmax-cross-entropy' },
    update: { rule: 'l-bfgs' },
    schedule: { type: 'constant', rate: 1 },
    budget: { epochs: 3 },
    ...change,
  };
  try {
    validateSpec(spec, { memoryBytes: 2 ** 34 });
    return null;
  } catch (error) {
    assert.ok(error instanceof SpecError, String(error));
    return error;
  }
}

const layers = (...list: object[]) => ({ model: { layers: [{ type: 'flatten' }, ...list, dense] } });

const refused = [
  ['clip', { clip: { norm: 1 } }],
  ['weightDecay', { weightDecay: { strength: 0.1 } }],
  ['averaging', { averaging: { decay: 0.9 } }],
  ['ensemble', { ensemble: { members: 2 } }],
  ['accumulate', { accumulate: 2 }],
  ['schedule.type', { schedule: { type: 'range-test', rate: 1e-4, end: 1, length: 10, unit: 'steps' } }],
  ['plan', { plan: 'xla' }],
  ['augmentation', { augmentation: [{ type: 'flip' }] }],
  ['model.layers[1]', layers({ type: 'dropout', rate: 0.5 })],
  ['model.layers[1]', layers({ type: 'batch-normalization' })],
  ['model.layers[1].constraint', layers({ ...dense, constraint: { type: 'max-norm', norm: 2 } })],
  ['model.layers[1].rateMultiplier', layers({ ...dense, rateMultiplier: 2 })],
] as const;
for (const rule of ['l-bfgs', 'sfo'])
  for (const [param, change] of refused)
    test(`${rule} is not combined with ${JSON.stringify(change)}`, () => {
      const error = refusal({ update: { rule }, ...change });
      assert.equal(error?.param, param, error?.message);
      assert.match(error!.message, new RegExp(`^\\S+: ${rule} `));
    });

test('sfo says why of itself, not of a line search', () => {
  const reason = (change: object) => refusal({ update: { rule: 'sfo' }, ...change })!.message;
  assert.match(reason({ accumulate: 2 }), /cuts its minibatches itself; give update\.minibatches/);
  assert.match(
    reason(layers({ type: 'dropout', rate: 0.5 })),
    /compares the gradients of a minibatch from look to look/,
  );
  assert.match(reason({ momentumSchedule: { type: 'constant', rate: 0.5 } }), /the rule sfo has no momentum to anneal/);
});

test('what they can be combined with is taken', () => {
  for (const rule of ['l-bfgs', 'sfo']) {
    const own = { update: { rule }, plan: 'graph' };
    assert.equal(refusal({ update: { rule } }), null);
    assert.equal(refusal({ ...layers({ type: 'batch-normalization', frozen: true }), ...own }), null);
  }
});

test('what sfo keeps has a size that is said, and a bound', () => {
  const wide = layers({ ...dense, units: 12_000 });
  const error = refusal({ update: { rule: 'sfo' }, ...wide });
  assert.deepEqual([error?.code, error?.param], ['model_too_large', 'update.rule']);
  // 64 · 12,000 + 12,000 + 12,000 · 10 + 10 parameters; 1.5 · (2 · 25 + 2) directions of them, and two positions, in float64.
  assert.match(error!.message, /78 directions of 900,010 parameters for 25 minibatches, 550 MiB.*at most 512 MiB/);
  assert.equal(refusal({ update: { rule: 'sfo', minibatches: 5, history: 5 }, ...wide }), null);
});

test('sfo cuts no more minibatches than there are training examples', () => {
  const of = (given: object) => ({ update: parse(update, { rule: 'sfo', ...given }) as Update });
  assert.throws(() => checkSfo(of({ minibatches: 30 }), 10, 29), {
    param: 'update.minibatches',
    message: /the 29 training examples can't be cut into 30 minibatches/,
  });
  checkSfo(of({ minibatches: 30 }), 10, 30);
  // The rule of thumb never asks for more than there are.
  checkSfo(of({}), 10, 3);
});

test('the Hessian of newton has a size that is said', () => {
  assert.equal(refusal({ update: { rule: 'newton' } }), null);
  const error = refusal({ update: { rule: 'newton' }, ...layers({ ...dense, units: 100 }) });
  assert.equal(error?.param, 'update.rule');
  // 64 · 100 + 100 + 100 · 10 + 10 parameters, 8 bytes for each pair.
  assert.match(error!.message, /7,510 parameters, 431 MiB and 15,020 gradients a step/);
});

test('members of an ensemble do not start from the same weights', () => {
  const error = refusal({
    update: { rule: 'adam' },
    ensemble: { members: 2 },
    model: { layers: [{ type: 'flatten' }, dense], warmStart: { file: 'weights.safetensors' } },
  });
  assert.equal(error?.param, 'model.warmStart');
});
