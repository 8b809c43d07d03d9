/** Sound set-ups that train in about a second, on real data. */
import type { TrainSpecInput } from '@anneal/schemas';

export type LayerInput = TrainSpecInput['model']['layers'][number];
type Activation = 'relu' | 'tanh' | 'sigmoid' | 'softmax' | 'linear';

export const dense = (units: number, activation: Activation = 'linear', more = {}): LayerInput => ({
  type: 'dense',
  units,
  activation,
  ...more,
});

const split = { validation: 0.2, test: 0.1 };
const standardised = [{ type: 'standardize' as const }];

export const digits: TrainSpecInput = {
  kind: 'train',
  data: { type: 'digits', scale: 'standardize', split },
  model: { layers: [dense(64, 'relu'), dense(32, 'relu'), dense(10)] },
  loss: { type: 'softmax-cross-entropy' },
  update: { rule: 'adam' },
  schedule: { type: 'constant', rate: 1e-3 },
  batchSize: 32,
  budget: { epochs: 12 },
};

export const descent: TrainSpecInput = {
  ...digits,
  update: { rule: 'sgd' },
  schedule: { type: 'constant', rate: 0.1 },
};

export const pictures: TrainSpecInput = {
  ...digits,
  model: {
    layers: [
      { type: 'reshape', shape: [8, 8, 1] },
      { type: 'conv2d', filters: 16, kernelSize: 3, activation: 'relu' },
      { type: 'max-pooling2d' },
      { type: 'flatten' },
      dense(32, 'relu'),
      dense(10),
    ],
  },
  update: { rule: 'momentum' },
  schedule: { type: 'constant', rate: 0.02 },
  budget: { epochs: 8 },
};

export const iris: TrainSpecInput = {
  ...digits,
  data: { type: 'iris', preprocessing: standardised, split },
  model: { layers: [dense(16, 'relu'), dense(3)] },
  update: { rule: 'momentum' },
  schedule: { type: 'constant', rate: 0.02 },
  batchSize: 16,
  budget: { epochs: 60 },
};

export const wine: TrainSpecInput = {
  ...iris,
  data: { type: 'wine', preprocessing: standardised, split },
  model: { layers: [dense(16, 'tanh'), dense(3)] },
  update: { rule: 'sgd' },
  schedule: { type: 'constant', rate: 0.1 },
  budget: { epochs: 40 },
};

export const cancer: TrainSpecInput = {
  ...digits,
  data: { type: 'breast-cancer', preprocessing: standardised, split },
  model: { layers: [dense(32, 'relu'), dense(16, 'relu'), dense(2)] },
  schedule: { type: 'constant', rate: 2e-3 },
  budget: { epochs: 20 },
};

const he = { initializer: 'he-normal' };

export const spirals: TrainSpecInput = {
  ...digits,
  data: { type: 'two-spirals', split },
  model: { layers: [dense(128, 'relu', he), dense(64, 'relu', he), dense(32, 'relu', he), dense(2)] },
  schedule: { type: 'constant', rate: 5e-3 },
  batchSize: 64,
  budget: { epochs: 150 },
};

export const diabetes: TrainSpecInput = {
  ...digits,
  data: { type: 'diabetes', preprocessing: standardised, split },
  model: { layers: [dense(32, 'relu'), dense(1)] },
  loss: { type: 'mean-squared-error' },
  schedule: { type: 'constant', rate: 3e-2 },
  budget: { epochs: 60 },
};

export const withLayers = (spec: TrainSpecInput, layers: readonly LayerInput[]): TrainSpecInput => ({
  ...spec,
  model: { layers: [...layers] },
});

export const withRate = (spec: TrainSpecInput, rate: number): TrainSpecInput => ({
  ...spec,
  schedule: { type: 'constant', rate },
});
