/** Real trainings with one fault each, at least one for every rule, and sound ones, many of which look odd. */
import type { TrainSpecInput } from '@anneal/schemas';
import {
  cancer,
  dense,
  descent,
  diabetes,
  digits,
  iris,
  type LayerInput,
  pictures,
  spirals,
  wine,
  withLayers,
  withRate,
} from './bases.ts';
import { type Damage, noisyLabels, rareClasses, shuffledLabels } from './damage.ts';

export interface Program {
  readonly name: string;
  readonly spec: TrainSpecInput;
  readonly damage?: Damage;
}

export interface Faulty extends Program {
  readonly cause: string;
}

const deep = (
  units: number,
  outputs: number,
  count: number,
  activation: 'sigmoid' | 'tanh' | 'relu',
  more = {},
): LayerInput[] => [...Array.from({ length: count }, () => dense(units, activation, more)), dense(outputs)];
const small = { initializer: { type: 'normal', deviation: 1e-4 } };
const large = { initializer: { type: 'normal', deviation: 3 } };
const zeros = { initializer: 'zeros' };
const drowned = { initialBias: -30 };
const frozen = { frozen: true };

export const faulty: readonly Faulty[] = [
  { cause: 'learning-rate-too-high', name: 'digits, Adam at 1', spec: withRate(digits, 1) },
  { cause: 'learning-rate-too-high', name: 'iris, momentum at 10', spec: withRate(iris, 10) },
  { cause: 'learning-rate-too-low', name: 'iris, momentum at 2e-6', spec: withRate(iris, 2e-6) },
  { cause: 'learning-rate-too-low', name: 'digits, sgd at 1e-4', spec: withRate(descent, 1e-4) },
  {
    cause: 'decay-too-early',
    name: 'digits, a hundredth after every epoch',
    spec: { ...digits, schedule: { type: 'step', rate: 1e-3, factor: 0.01, every: 1 } },
  },
  {
    cause: 'warm-up-too-long',
    name: 'digits, a warm-up of 600 steps in 3 epochs',
    spec: {
      ...digits,
      schedule: { type: 'constant', rate: 1e-3, unit: 'steps', warmUp: { length: 600 } },
      budget: { epochs: 3 },
    },
  },
  {
    cause: 'momentum-out-of-range',
    name: 'digits, momentum of 0.999',
    spec: { ...pictures, update: { rule: 'momentum', momentum: 0.999 } },
  },
  {
    cause: 'epsilon-too-large',
    name: "digits, Adam's ε of 1",
    spec: { ...digits, update: { rule: 'adam', epsilon: 1 } },
  },
  { cause: 'clipping-too-tight', name: 'digits, clipped to 1e-4', spec: { ...descent, clip: { globalNorm: 1e-4 } } },
  {
    cause: 'batch-too-large',
    name: 'digits, 1200 examples a step',
    spec: { ...digits, batchSize: 1200 },
  },
  {
    cause: 'batch-norm-small-batch',
    name: 'breast cancer, batch normalisation over 2 examples',
    spec: {
      ...withLayers(cancer, [dense(32, 'relu'), { type: 'batch-normalization' }, dense(16, 'relu'), dense(2)]),
      batchSize: 2,
      budget: { epochs: 5 },
    },
  },
  {
    cause: 'batch-statistics-stale',
    name: 'iris, batch normalisation in 21 steps',
    spec: {
      ...withLayers(iris, [dense(16, 'relu'), { type: 'batch-normalization' }, dense(3)]),
      budget: { epochs: 3 },
    },
  },
  {
    cause: 'initialisation-too-large',
    name: 'digits, kernels of deviation 3',
    spec: withLayers(descent, [dense(64, 'relu', large), dense(32, 'relu', large), dense(10, 'linear', large)]),
  },
  {
    cause: 'initialisation-too-small',
    name: 'digits, kernels of deviation 1e-4',
    spec: withLayers(descent, [dense(64, 'relu', small), dense(32, 'relu', small), dense(10)]),
  },
  {
    cause: 'units-start-the-same',
    name: 'digits, kernels of 0',
    spec: withLayers(digits, [dense(64, 'relu', zeros), dense(32, 'relu', zeros), dense(10)]),
  },
  {
    cause: 'frozen-layer',
    name: 'digits, frozen hidden layers',
    spec: withLayers(
      pictures,
      pictures.model.layers.map((layer, i) => (i < 5 ? ({ ...layer, frozen: true } as LayerInput) : layer)),
    ),
  },
  {
    cause: 'frozen-layer',
    name: 'digits, rates nearly 0',
    spec: withLayers(digits, [
      dense(64, 'relu', frozen),
      dense(32, 'relu', frozen),
      dense(10, 'linear', { rateMultiplier: 1e-3 }),
    ]),
  },
  {
    cause: 'dead-units',
    name: 'digits, biases of −30',
    spec: withLayers(digits, [dense(64, 'relu', drowned), dense(32, 'relu', drowned), dense(10)]),
  },
  {
    cause: 'saturated-units',
    name: 'wine, biases of −30',
    spec: withLayers(wine, [dense(16, 'tanh', drowned), dense(3)]),
  },
  {
    cause: 'vanishing-gradient',
    name: 'digits, ten sigmoid layers',
    spec: withLayers(descent, deep(32, 10, 10, 'sigmoid')),
  },
  {
    cause: 'wrong-final-activation',
    name: 'digits, softmax twice',
    spec: withLayers(digits, [dense(64, 'relu'), dense(32, 'relu'), dense(10, 'softmax')]),
  },
  {
    cause: 'wrong-final-activation',
    name: 'diabetes, answers within 0 to 1',
    spec: withLayers(diabetes, [dense(32, 'relu'), dense(1, 'sigmoid')]),
  },
  {
    cause: 'softmax-in-hidden-layer',
    name: 'digits, softmax within',
    spec: withLayers(digits, [dense(64, 'softmax'), dense(32, 'softmax'), dense(10)]),
  },
  {
    cause: 'missing-nonlinearity',
    name: 'spirals, linear layers',
    spec: withLayers(spirals, [dense(64), dense(32), dense(2)]),
  },
  {
    cause: 'wrong-loss',
    name: 'diabetes, sigmoid cross-entropy',
    spec: { ...diabetes, loss: { type: 'sigmoid-cross-entropy' } },
  },
  { cause: 'too-small-net', name: 'digits, one hidden unit', spec: withLayers(digits, [dense(1, 'relu'), dense(10)]) },
  { cause: 'budget-too-short', name: 'digits, twenty steps', spec: { ...digits, budget: { steps: 20 } } },
  {
    cause: 'input-scale',
    name: 'wine, as stored',
    spec: { ...wine, data: { type: 'wine', split: { validation: 0.2, test: 0.1 } } },
  },
  { cause: 'target-scale', name: 'diabetes, Adam at 1e-3', spec: withRate(diabetes, 1e-3) },
  { cause: 'labels-misaligned', name: 'digits, labels of others', spec: digits, damage: shuffledLabels },
  {
    cause: 'class-imbalance',
    name: 'spirals, one class twenty times rarer',
    spec: { ...withLayers(spirals, [dense(16, 'relu'), dense(2)]), budget: { epochs: 60 } },
    damage: rareClasses(20),
  },
  {
    cause: 'label-smoothing-too-strong',
    name: 'wine, smoothed by 0.9',
    spec: { ...wine, loss: { type: 'softmax-cross-entropy', labelSmoothing: 0.9 } },
  },
  {
    cause: 'augmentation-too-strong',
    name: 'digits, noise of 10',
    spec: { ...digits, augmentation: [{ type: 'noise', deviation: 10 }] },
  },
  {
    cause: 'dropout-too-strong',
    name: 'digits, dropout of 0.95',
    spec: withLayers(digits, [dense(64, 'relu'), { type: 'dropout', rate: 0.95 }, dense(32, 'relu'), dense(10)]),
  },
  { cause: 'regularisation-dominates', name: 'wine, L2 of 1', spec: { ...wine, regularization: { l2: 1 } } },
  {
    cause: 'regularisation-dominates',
    name: 'digits, weight decay of 300',
    spec: { ...digits, weightDecay: { strength: 300 } },
  },
  {
    cause: 'overfitting',
    name: 'digits, two labels of five wrong, 60 epochs',
    spec: { ...digits, budget: { epochs: 60 } },
    damage: noisyLabels(0.4),
  },
  {
    cause: 'stopped-too-early',
    name: 'digits, a patience of 1, threshold 5 %',
    spec: {
      ...withRate(descent, 0.003),
      earlyStopping: { patience: 1, threshold: 0.05 },
      budget: { epochs: 60 },
    },
  },
];

export const sound: readonly Program[] = [
  { name: 'digits, Adam', spec: digits },
  { name: 'digits, sgd', spec: descent },
  { name: 'digits, a convolution', spec: pictures },
  { name: 'iris', spec: iris },
  { name: 'wine', spec: wine },
  { name: 'breast cancer', spec: cancer },
  { name: 'spirals, with a plateau at first', spec: spirals },
  { name: 'diabetes, of which half can be explained', spec: diabetes },
  {
    name: 'digits, sgd at a twentieth of the rate, for longer',
    spec: { ...withRate(descent, 0.005), budget: { epochs: 60 } },
  },
  { name: 'digits, one epoch', spec: { ...digits, budget: { epochs: 1 } } },
  {
    name: 'digits, warm-up and restarts',
    spec: { ...digits, schedule: { type: 'cosine-restarts', rate: 3e-3, length: 4, warmUp: { length: 2 } } },
  },
  {
    name: 'digits, one label of five wrong, early stopping',
    spec: { ...digits, earlyStopping: { patience: 5 }, budget: { epochs: 60 } },
    damage: noisyLabels(0.2),
  },
  {
    name: 'digits, few examples, strong L2',
    spec: {
      ...digits,
      data: { type: 'digits', scale: 'standardize', limit: 300 },
      regularization: { l2: 3e-3 },
      budget: { epochs: 40 },
    },
  },
  {
    name: 'digits, inputs as stored',
    spec: { ...digits, data: { type: 'digits', split: { validation: 0.2, test: 0.1 } } },
  },
  { name: 'digits, five tanh layers', spec: withLayers(descent, deep(32, 10, 5, 'tanh')) },
  {
    name: 'digits, dropout of a half',
    spec: {
      ...withLayers(digits, [dense(64, 'relu'), { type: 'dropout', rate: 0.5 }, dense(32, 'relu'), dense(10)]),
      budget: { epochs: 25 },
    },
  },
  { name: 'digits, four examples a step', spec: { ...withRate(descent, 0.01), batchSize: 4 } },
];
