/** A valid spec for tests of the stores; never run. */
import { parse, type TrainSpec, trainSpec } from '@anneal/schemas';

export const anySpec = (tags: Record<string, string> = {}): TrainSpec =>
  parse(trainSpec, {
    kind: 'train',
    tags,
    data: { type: 'mnist' },
    model: { layers: [{ type: 'flatten' }, { type: 'dense', units: 10 }] },
    loss: { type: 'softmax-cross-entropy' },
    update: { rule: 'sgd' },
    schedule: { type: 'constant', rate: 0.1 },
    budget: { epochs: 1 },
  });
