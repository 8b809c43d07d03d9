/** A small spec that can be run, and ways to change it. */
import type { SpecInput } from '@anneal/schemas';

export const spec = (changes: Record<string, unknown> = {}): SpecInput & Record<string, unknown> => ({
  kind: 'train',
  data: { type: 'fashion-mnist' },
  model: { layers: [{ type: 'flatten' }, { type: 'dense', units: 10 }] },
  loss: { type: 'softmax-cross-entropy' },
  update: { rule: 'sgd' },
  schedule: { type: 'constant', rate: 0.1 },
  budget: { epochs: 1 },
  ...changes,
});
