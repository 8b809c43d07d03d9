/** A sick and a healthy set-up for each check before a run, and which numbers of its evidence tell them apart. */
import type { LoadedData } from '@anneal/engine';
import type { CheckName } from '@anneal/schemas';
import { cancer, dense, digits, iris, withLayers } from '../bases.ts';
import type { Program } from '../corpus.ts';
import { rareClasses } from '../damage.ts';

export interface CheckedPair {
  readonly name: CheckName | `data-${string}`;
  readonly sick: Program;
  readonly healthy: Program;
  /** Title by the name in the evidence; or the loss of both while they train. */
  readonly shows: Readonly<Record<string, string>> | 'loss';
  readonly logarithmic?: boolean;
}

const net = (...layers: Parameters<typeof withLayers>[1]) => withLayers(digits, layers);
const sound: Program = { name: 'digits, two hidden layers', spec: digits };
const kernels = (deviation: number) => ({ initializer: { type: 'normal', deviation } });
const drowned = { initialBias: -30 };
const deep = (more: object) => Array.from({ length: 5 }, () => dense(32, 'tanh', more));

/** `share` of the examples to validate on are examples to train on. */
const leaked =
  (share: number) =>
  (data: LoadedData): LoadedData => {
    const { training, validation } = data.splits;
    const taken = training.subarray(0, Math.floor(share * validation.length));
    const mixed = Int32Array.from([...taken, ...validation.subarray(taken.length)]);
    const inputs = data.inputs;
    const width = inputs.values.length / inputs.shape[0]!;
    const values = inputs.values.slice();
    const labels = data.labels.values.slice();
    validation.forEach((row, i) => {
      const from = mixed[i]!;
      values.set(data.inputs.values.subarray(from * width, (from + 1) * width), row * width);
      labels[row] = data.labels.values[from]!;
    });
    return { ...data, inputs: { ...inputs, values }, labels: { ...data.labels, values: labels } } as LoadedData;
  };

/** The second feature is always the same. */
const constant = (data: LoadedData): LoadedData => {
  const width = data.inputs.values.length / data.inputs.shape[0]!;
  const values = data.inputs.values.map((value: number, i: number) => (i % width === 1 ? 1 : value));
  return { ...data, inputs: { ...data.inputs, values } } as LoadedData;
};

/** The second feature repeats the first. */
const repeated = (data: LoadedData): LoadedData => {
  const width = data.inputs.values.length / data.inputs.shape[0]!;
  const values = data.inputs.values.map((value: number, i: number) =>
    i % width === 1 ? data.inputs.values[i - 1]! : value,
  );
  return { ...data, inputs: { ...data.inputs, values } } as LoadedData;
};

/** All inputs are the same number. */
const blank = (data: LoadedData): LoadedData =>
  ({ ...data, inputs: { ...data.inputs, values: data.inputs.values.map(() => 0.5) } }) as LoadedData;

const lossOf = (code: string) => ({
  ...digits,
  loss: { type: 'module' as const, code, least: 0, atChance: Math.log(10) },
});
const crossEntropy = 'tf.neg(tf.sum(tf.mul(labels, tf.logSoftmax(predictions)), -1))';
const summed = `export const loss = (tf, labels, predictions) => tf.sum(${crossEntropy});`;
const wrong = `
export const loss = (tf, labels, predictions) => tf.mean(${crossEntropy});
export const gradient = (tf, labels, predictions) => tf.div(tf.sub(tf.softmax(predictions), labels), 2 * labels.shape[0]);
`;
const mixing = 'export const layer = (tf, { x }) => tf.sub(x, tf.mean(x, 0, true));';

export const checkedPairs: readonly CheckedPair[] = [
  {
    name: 'initial-loss',
    sick: {
      name: 'digits, kernels of deviation 1',
      spec: net(dense(64, 'relu', kernels(1)), dense(10, 'linear', kernels(1))),
    },
    healthy: sound,
    shows: { initialLoss: 'loss at the start', lossAtChance: 'loss at chance' },
    logarithmic: true,
  },
  {
    name: 'final-activation',
    sick: {
      name: 'digits, a softmax before a loss that has its own',
      spec: net(dense(64, 'relu'), dense(10, 'softmax')),
    },
    healthy: sound,
    shows: 'loss',
  },
  {
    name: 'regularization',
    sick: {
      name: 'digits, kernels of 0',
      spec: net(dense(64, 'relu', { initializer: 'zeros' }), dense(10, 'linear', { initializer: 'zeros' })),
    },
    healthy: sound,
    shows: { lossAdded: 'added to the loss', lossAddedTenfold: 'at ten times the strength' },
  },
  {
    name: 'gradient',
    sick: { name: 'digits, a loss whose gradient by hand is half of what it should be', spec: lossOf(wrong) },
    healthy: sound,
    shows: { analytic: 'gradient where it is worst', numeric: 'by differences' },
  },
  {
    name: 'gradient-flow',
    sick: {
      name: 'digits, ten sigmoid layers',
      spec: net(...Array.from({ length: 10 }, () => dense(32, 'sigmoid')), dense(10)),
    },
    healthy: sound,
    shows: { leastOfKernels: 'smallest gradient of a kernel', mostOfKernels: 'largest' },
    logarithmic: true,
  },
  {
    name: 'signal',
    sick: { name: 'digits, five layers, kernels of deviation 0.01', spec: net(...deep(kernels(0.01)), dense(10)) },
    healthy: {
      name: 'digits, five layers, glorot-normal',
      spec: net(...deep({ initializer: 'glorot-normal' }), dense(10)),
    },
    shows: { leastDeviation: 'smallest deviation of a layer', mostDeviation: 'largest' },
    logarithmic: true,
  },
  {
    name: 'tiled-batch',
    sick: { name: 'digits, a loss that is a sum over the batch', spec: lossOf(summed) },
    healthy: sound,
    shows: { lossOnce: 'loss of two examples', lossTwice: 'tiled twice' },
  },
  {
    name: 'neighbours',
    sick: {
      name: 'digits, a layer that takes the mean of the batch off',
      spec: net({ type: 'module', code: mixing }, dense(64, 'relu'), dense(10)),
    },
    healthy: sound,
    shows: { lossFirst: 'loss of an example', lossSecond: 'of another one', lossOfBoth: 'of both' },
  },
  {
    name: 'overfit',
    sick: {
      name: 'digits, biases of −30',
      spec: net(dense(64, 'relu', drowned), dense(32, 'relu', drowned), dense(10)),
    },
    healthy: sound,
    shows: { lossBefore: 'loss of twenty examples', lossAfter: 'learned by heart' },
  },
  {
    name: 'zeroed-inputs',
    sick: { name: 'digits, inputs of one value', spec: digits, damage: blank },
    healthy: sound,
    shows: { lossAfter: 'loss with the inputs', lossAfterZeroed: 'with all inputs at 0' },
  },
  {
    name: 'data-balance',
    sick: { name: 'digits, nine classes twenty times rarer', spec: digits, damage: rareClasses(20) },
    healthy: sound,
    shows: { rarest: 'examples of the rarest class', commonest: 'of the commonest' },
  },
  {
    name: 'data-leakage',
    sick: {
      name: 'digits, a third of the validation split from the training split',
      spec: digits,
      damage: leaked(1 / 3),
    },
    healthy: sound,
    shows: { validation: 'repeated in validation', test: 'repeated in test' },
  },
  {
    name: 'data-constant',
    sick: { name: 'iris, a column of one value', spec: iris, damage: constant },
    healthy: { name: 'iris', spec: iris },
    shows: { features: 'features', found: 'that never change' },
  },
  {
    name: 'data-duplicate',
    sick: { name: 'iris, a column twice', spec: iris, damage: repeated },
    healthy: { name: 'iris', spec: iris },
    shows: { features: 'features', found: 'that repeat one' },
  },
  {
    name: 'data-scale',
    sick: {
      name: 'breast cancer, as stored',
      spec: { ...cancer, data: { type: 'breast-cancer', split: { validation: 0.2, test: 0.1 } } },
    },
    healthy: { name: 'breast cancer, standardised', spec: cancer },
    shows: { leastDeviation: 'smallest deviation of a feature', mostDeviation: 'largest' },
    logarithmic: true,
  },
];
