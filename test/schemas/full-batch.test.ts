/** What a full-batch rule can't be combined with is refused by its field, with the reason. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SpecError, validateSpec } from '@anneal/schemas';

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

for (const [param, change] of [
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
] as const)
  test(`l-bfgs is not combined with ${JSON.stringify(change)}`, () => {
    const error = refusal(change);
    assert.equal(error?.param, param, error?.message);
    assert.match(error!.message, /^\S+: l-bfgs /);
  });

test('what it can be combined with is taken', () => {
  assert.equal(refusal({}), null);
  assert.equal(refusal({ ...layers({ type: 'batch-normalization', frozen: true }), plan: 'graph' }), null);
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
