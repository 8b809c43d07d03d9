/** A small job without data of its own, whose checkpoints come often. */
import type { TrainSpecInput } from '../../sdk/index.ts';

export const spirals = (epochs: number): TrainSpecInput => ({
  kind: 'train',
  data: { type: 'two-spirals', rows: 400, split: { test: 0.2, seed: 3 } },
  model: {
    layers: [
      { type: 'dense', units: 16, activation: 'relu' },
      { type: 'dense', units: 2 },
    ],
  },
  loss: { type: 'softmax-cross-entropy' },
  update: { rule: 'adam' },
  schedule: { type: 'constant', rate: 0.01 },
  batchSize: 16,
  seed: 7,
  budget: { epochs },
  checkpoints: { everyEpochs: 5, everySeconds: 1000 },
  checks: 'off',
  plan: 'graph',
});
