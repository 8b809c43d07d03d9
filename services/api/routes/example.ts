/** The spec that the document shows. */
import type { SpecInput } from '@anneal/schemas';

export const trainSpecExample: SpecInput = {
  kind: 'train',
  name: 'clothes',
  data: { type: 'fashion-mnist' },
  model: {
    layers: [
      { type: 'conv2d', filters: 32, kernelSize: 3, activation: 'relu' },
      { type: 'max-pooling2d', poolSize: 2 },
      { type: 'flatten' },
      { type: 'dropout', rate: 0.25 },
      { type: 'dense', units: 10 },
    ],
  },
  loss: { type: 'softmax-cross-entropy' },
  regularization: { l2: 0.0001 },
  update: { rule: 'adam' },
  schedule: { type: 'constant', rate: 0.001 },
  batchSize: 64,
  budget: { epochs: 3 },
};
