/** Families of faults, each put into every task that it fits. */
import type { TrainSpecInput } from '@anneal/schemas';
import { dense, type LayerInput, withLayers, withRate } from '../../diagnose/bases.ts';
import { type Damage, noisyLabels, shuffledLabels } from '../../diagnose/damage.ts';

export interface Fault {
  readonly name: string;
  readonly cause: string;
  /** Null where it does not fit the task. */
  readonly put: (spec: TrainSpecInput) => TrainSpecInput | null;
  readonly damage?: Damage;
}

const adaptive = ['adam', 'rmsprop'];
const isAdaptive = ({ update }: TrainSpecInput) => adaptive.includes(update.rule);
const isClasses = ({ loss }: TrainSpecInput) => ['softmax-cross-entropy', 'weston-watkins'].includes(loss.type);
const isSoftmax = ({ loss }: TrainSpecInput) => loss.type === 'softmax-cross-entropy';
const only =
  (fits: (spec: TrainSpecInput) => boolean, put: Fault['put']): Fault['put'] =>
  (spec) =>
    fits(spec) ? put(spec) : null;

const hidden = (spec: TrainSpecInput, more: object, types = ['dense', 'conv2d', 'gru']) =>
  withLayers(
    spec,
    spec.model.layers.map((layer, i) =>
      i < spec.model.layers.length - 1 && types.includes(layer.type) ? ({ ...layer, ...more } as LayerInput) : layer,
    ),
  );
const last = (spec: TrainSpecInput, more: object) =>
  withLayers(spec, [...spec.model.layers.slice(0, -1), { ...spec.model.layers.at(-1)!, ...more } as LayerInput]);
const insert = (spec: TrainSpecInput, ...layers: LayerInput[]) =>
  withLayers(spec, [...spec.model.layers.slice(0, -1), ...layers, spec.model.layers.at(-1)!]);
const flat = (spec: TrainSpecInput): LayerInput[] =>
  spec.model.layers[0]!.type === 'conv2d' || spec.model.layers[0]!.type === 'flatten' ? [{ type: 'flatten' }] : [];
const rate = ({ schedule }: TrainSpecInput) => schedule.rate;
const normal = (deviation: number) => ({ initializer: { type: 'normal', deviation } });
const plain = (spec: TrainSpecInput): TrainSpecInput => ({
  ...spec,
  data: { ...spec.data, scale: 'none', preprocessing: [] },
});

export const faults: readonly Fault[] = [
  { name: 'rate x 100', cause: 'learning-rate-too-high', put: (spec) => withRate(spec, 100 * rate(spec)) },
  { name: 'rate x 1000', cause: 'learning-rate-too-high', put: (spec) => withRate(spec, 1000 * rate(spec)) },
  { name: 'rate / 1000', cause: 'learning-rate-too-low', put: (spec) => withRate(spec, rate(spec) / 1000) },
  { name: 'rate / 10000', cause: 'learning-rate-too-low', put: (spec) => withRate(spec, rate(spec) / 10000) },
  {
    name: 'a fiftieth after every epoch',
    cause: 'decay-too-early',
    put: (spec) => ({ ...spec, schedule: { type: 'step', rate: rate(spec), factor: 0.02, every: 1 } }),
  },
  {
    name: 'momentum 0.9995',
    cause: 'momentum-out-of-range',
    put: only(
      ({ update }) => ['momentum', 'nesterov'].includes(update.rule),
      (spec) => ({ ...spec, update: { rule: 'momentum', momentum: 0.9995 } }),
    ),
  },
  {
    name: 'epsilon 10',
    cause: 'epsilon-too-large',
    put: only(
      (spec) => isAdaptive(spec) && isClasses(spec),
      (spec) => ({ ...spec, update: { ...spec.update, epsilon: 10 } as never }),
    ),
  },
  {
    name: 'clipped to 1e-4',
    cause: 'clipping-too-tight',
    put: only(
      (spec) => !isAdaptive(spec),
      (spec) => ({ ...spec, clip: { globalNorm: 1e-4 } }),
    ),
  },
  { name: 'kernels of 0', cause: 'units-start-the-same', put: (spec) => hidden(spec, { initializer: 'zeros' }) },
  {
    name: 'kernels of deviation 3',
    cause: 'initialisation-too-large',
    put: only(isClasses, (spec) => last(hidden(spec, normal(3)), normal(3))),
  },
  {
    name: 'kernels of deviation 1e-5',
    cause: 'initialisation-too-small',
    put: only(isClasses, (spec) => hidden(spec, normal(1e-5))),
  },
  {
    name: 'biases of -30',
    cause: 'dead-units',
    put: only(
      ({ model }) => model.layers.some((layer) => 'activation' in layer && layer.activation === 'relu'),
      (spec) => hidden(spec, { initialBias: -30 }, ['dense', 'conv2d']),
    ),
  },
  {
    name: 'ten sigmoid layers',
    cause: 'vanishing-gradient',
    put: only(
      (spec) => isClasses(spec) && spec.model.layers.every(({ type }) => type !== 'gru'),
      (spec) =>
        withLayers(spec, [
          ...flat(spec),
          ...Array.from({ length: 10 }, () => dense(24, 'sigmoid')),
          spec.model.layers.at(-1)!,
        ]),
    ),
  },
  {
    name: 'softmax twice',
    cause: 'wrong-final-activation',
    put: only(isSoftmax, (spec) => last(spec, { activation: 'softmax' })),
  },
  {
    name: 'sigmoid answers',
    cause: 'wrong-final-activation',
    put: (spec) => (isSoftmax(spec) || !isClasses(spec) ? last(spec, { activation: 'sigmoid' }) : null),
  },
  {
    name: 'softmax within',
    cause: 'softmax-in-hidden-layer',
    put: (spec) => hidden(spec, { activation: 'softmax' }, ['dense', 'conv2d']),
  },
  {
    name: 'one hidden unit',
    cause: 'too-small-net',
    put: only(isClasses, (spec) => withLayers(spec, [...flat(spec), dense(1, 'tanh'), spec.model.layers.at(-1)!])),
  },
  {
    name: 'L2 of 1',
    cause: 'regularisation-dominates',
    put: (spec) => ({ ...spec, regularization: { l2: isClasses(spec) ? 1 : 1000 } }),
  },
  {
    name: 'dropout of 0.97',
    cause: 'dropout-too-strong',
    put: (spec) => insert(spec, { type: 'dropout', rate: 0.97 }),
  },
  {
    name: 'noise of 10',
    cause: 'augmentation-too-strong',
    put: (spec) => ({ ...spec, augmentation: [{ type: 'noise', deviation: 10 }] }),
  },
  {
    name: 'smoothing of 0.9',
    cause: 'label-smoothing-too-strong',
    put: only(isSoftmax, (spec) => ({ ...spec, loss: { type: 'softmax-cross-entropy', labelSmoothing: 0.9 } })),
  },
  {
    name: 'inputs as stored',
    cause: 'input-scale',
    put: only(({ data }) => ['wine', 'breast-cancer', 'mnist', 'fashion-mnist'].includes(data.type), plain),
  },
  {
    name: 'labels of others',
    cause: 'labels-misaligned',
    put: only(isClasses, (spec) => spec),
    damage: shuffledLabels,
  },
  {
    name: 'two labels of five wrong, for long',
    cause: 'overfitting',
    put: only(
      ({ loss, data, budget }) =>
        loss.type === 'softmax-cross-entropy' &&
        ['digits', 'mnist', 'fashion-mnist'].includes(data.type) &&
        budget.epochs !== undefined,
      (spec) => ({ ...spec, budget: { epochs: 6 * spec.budget.epochs! } }),
    ),
    damage: noisyLabels(0.4),
  },
  {
    name: 'few steps an epoch',
    cause: 'batch-too-large',
    put: only(
      ({ data }) => ['digits', 'mnist', 'fashion-mnist'].includes(data.type),
      (spec) => ({ ...spec, batchSize: 2400, budget: { epochs: 12 } }),
    ),
  },
];

export const oddities: readonly Omit<Fault, 'cause'>[] = [
  { name: 'as it is', put: (spec) => spec },
  {
    name: 'a tenth of the rate, four times as long',
    put: (spec) => ({ ...withRate(spec, rate(spec) / 10), budget: { epochs: 4 * spec.budget.epochs! } }),
  },
  {
    name: 'warm-up, then cosine',
    put: (spec) => ({
      ...spec,
      schedule: {
        type: 'cosine',
        rate: 2 * rate(spec),
        length: 0.9 * spec.budget.epochs!,
        warmUp: { length: 0.1 * spec.budget.epochs! },
      },
    }),
  },
  {
    name: 'restarts',
    put: (spec) => ({
      ...spec,
      schedule: { type: 'cosine-restarts', rate: 2 * rate(spec), length: spec.budget.epochs! / 4 },
    }),
  },
  {
    name: 'half the rate every fifth',
    put: (spec) => ({
      ...spec,
      schedule: { type: 'step', rate: rate(spec), factor: 0.5, every: Math.ceil(spec.budget.epochs! / 5) },
    }),
  },
  {
    name: 'one label of ten wrong, early stopping',
    put: only(isClasses, (spec) => ({ ...spec, earlyStopping: { patience: 5 } })),
    damage: noisyLabels(0.1),
  },
  { name: 'dropout of 0.3', put: (spec) => insert(spec, { type: 'dropout', rate: 0.3 }) },
  { name: 'weak L2', put: (spec) => ({ ...spec, regularization: { l2: 1e-4 } }) },
  { name: 'a running average', put: (spec) => ({ ...spec, averaging: { decay: 0.99 } }) },
];
