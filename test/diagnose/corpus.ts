/** Small real trainings: sound ones, and the same with one fault each. */
import type { TrainSpecInput } from '@anneal/schemas';

type LayerInput = TrainSpecInput['model']['layers'][number];

export interface Program {
  readonly name: string;
  readonly spec: TrainSpecInput;
  /** Of the fault; null for a sound one. */
  readonly cause: string | null;
}

const dense = (
  units: number,
  activation: 'relu' | 'tanh' | 'linear' | 'softmax' = 'linear',
  more = {},
): LayerInput => ({
  type: 'dense',
  units,
  activation,
  ...more,
});
const split = { validation: 0.2, test: 0.1 };
const classes = { type: 'softmax-cross-entropy' } as const;

const digits: TrainSpecInput = {
  kind: 'train',
  data: { type: 'digits', scale: 'standardize', split },
  model: { layers: [dense(64, 'relu'), dense(32, 'relu'), dense(10)] },
  loss: classes,
  update: { rule: 'adam' },
  schedule: { type: 'constant', rate: 1e-3 },
  batchSize: 32,
  budget: { epochs: 12 },
};
const iris: TrainSpecInput = {
  ...digits,
  data: { type: 'iris', preprocessing: [{ type: 'standardize' }], split },
  model: { layers: [dense(16, 'relu'), dense(3)] },
  update: { rule: 'momentum' },
  schedule: { type: 'constant', rate: 0.02 },
  batchSize: 16,
  budget: { epochs: 60 },
};
const wine: TrainSpecInput = {
  ...iris,
  data: { type: 'wine', preprocessing: [{ type: 'standardize' }], split },
  model: { layers: [dense(16, 'tanh'), dense(3)] },
  update: { rule: 'sgd' },
  schedule: { type: 'constant', rate: 0.1 },
  budget: { epochs: 40 },
};

const sound = (name: string, spec: TrainSpecInput): Program => ({ name, spec, cause: null });
const faulty = (cause: string, name: string, spec: TrainSpecInput): Program => ({ name, spec, cause });

export const programs: readonly Program[] = [
  sound('digits', digits),
  sound('iris', iris),
  sound('wine', wine),
  faulty('learning-rate-too-high', 'digits, Adam at 1', { ...digits, schedule: { type: 'constant', rate: 1 } }),
  faulty('learning-rate-too-low', 'iris, momentum at 2e-6', { ...iris, schedule: { type: 'constant', rate: 2e-6 } }),
  faulty('regularisation-dominates', 'wine, L2 of 1', { ...wine, regularization: { l2: 1 } }),
  faulty('epsilon-too-large', "digits, Adam's ε of 1", { ...digits, update: { rule: 'adam', epsilon: 1 } }),
  faulty('units-start-the-same', 'digits, kernels of 0', {
    ...digits,
    model: {
      layers: [dense(64, 'relu', { initializer: 'zeros' }), dense(32, 'relu', { initializer: 'zeros' }), dense(10)],
    },
  }),
];
