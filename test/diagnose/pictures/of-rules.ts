/** What the picture of each rule shows: the quantity that it looks at, of the run as it was and of the run with the finding's patch. */
import type { RunRecord } from '@anneal/diagnose';
import { rules } from '../../../services/diagnose/rules/index.ts';
import { descent, diabetes, digits, spirals, withRate } from '../bases.ts';
import { type Faulty, faulty, type Program } from '../corpus.ts';
import type { Line, LinesPicture } from './draw.ts';

/** Over the epochs. */
interface Quantity extends Pick<LinesPicture, 'y' | 'scale' | 'threshold'> {
  readonly lines: (record: RunRecord) => Line[];
}

const finite = (value: number | null): number => value ?? Number.NaN;

export const loss: Quantity = {
  ...{ y: 'loss of the batches', scale: 'log' },
  lines: ({ stretches, stepsPerEpoch }) => [
    { name: 'loss', points: stretches.map(({ step, dataLoss }) => [step / stepsPerEpoch, dataLoss]) },
  ],
};

const rate: Quantity = {
  ...{ y: 'learning rate', scale: 'linear' },
  lines: ({ stretches, stepsPerEpoch }) => [
    { name: 'rate', points: stretches.map(({ step, rate: value }) => [step / stepsPerEpoch, value]) },
  ],
};

const splits: Quantity = {
  ...{ y: 'loss of the epochs', scale: 'log' },
  lines: ({ epochs, stepsPerEpoch }) => [
    { name: 'training', points: epochs.map(({ step, trainingLoss }) => [step / stepsPerEpoch, trainingLoss]) },
    {
      name: 'validation',
      points: epochs.map(({ step, validationLoss }) => [step / stepsPerEpoch, finite(validationLoss)]),
    },
  ],
};

/** Of each tensor or layer, as measured inside the net. */
const measured = (quantity: string, y: string, scale: Quantity['scale'] = 'log', kernels = true): Quantity => ({
  ...{ y, scale },
  lines: ({ observed: { names, rows }, stepsPerEpoch }) =>
    names.flatMap((name, i) => {
      const [own, ...rest] = name.split('/');
      if (own !== quantity || (kernels && rest.at(-1) !== 'kernel')) return [];
      return [{ name: rest[0]!, points: rows.map(({ step, values }) => [step / stepsPerEpoch, values[i]!] as const) }];
    }),
});

const ratios = measured('updateRatio', 'update : weight ratio');
const gradients = measured('gradientNorm', 'norm of the gradient');
/** ‖g‖ / ‖w‖ of each kernel. */
const gradientToWeight: Quantity = {
  ...{ y: 'gradient : weight ratio', scale: 'log' },
  lines(record) {
    const weights = new Map(
      measured('weightNorm', '')
        .lines(record)
        .map(({ name, points }) => [name, points]),
    );
    return gradients.lines(record).map(({ name, points }) => ({
      name,
      points: points.map(([at, norm], i) => [at, norm / weights.get(name)![i]![1]] as const),
    }));
  },
};
const outputs = measured('activationDeviation', 'deviation of the outputs', 'log', false);

/** Those not named here are shown by the loss of the batches. */
const quantities: Readonly<Record<string, Quantity>> = {
  'learning-rate-too-low': { ...ratios, threshold: 4e-4 },
  'epsilon-too-large': ratios,
  'clipping-too-tight': ratios,
  'frozen-layer': ratios,
  'decay-too-early': rate,
  'warm-up-too-long': rate,
  'initialisation-too-small': outputs,
  'initialisation-too-large': outputs,
  'dead-units': { ...measured('deadShare', 'share of dead units', 'linear', false), threshold: 0.5 },
  'saturated-units': { ...measured('saturatedShare', 'share of saturated outputs', 'linear', false), threshold: 0.5 },
  'vanishing-gradient': gradients,
  'exploding-gradient': { ...gradientToWeight, threshold: 100 },
  'batch-norm-small-batch': splits,
  'batch-statistics-stale': splits,
  overfitting: splits,
  'wrong-loss': { ...loss, scale: 'symlog' },
  'labels-misaligned': splits,
  'stopped-too-early': splits,
  'augmentation-too-strong': splits,
  'dropout-too-strong': splits,
  'class-imbalance': splits,
};

export const quantityOf = (cause: string): Quantity => quantities[cause] ?? loss;

/** For rules that the corpus has no program for, as they name a symptom alone. */
const more: readonly Faulty[] = [
  {
    cause: 'batch-too-small',
    name: 'digits, one example a step',
    spec: { ...descent, batchSize: 1, budget: { epochs: 6 } },
  },
  {
    cause: 'exploding-gradient',
    name: 'diabetes, one example a step',
    spec: { ...withRate(diabetes, 0.01), batchSize: 1, budget: { epochs: 10 } },
  },
];

/** What stands beside a sick run where the run with its patch shows nothing: one with weights for the classes has another loss. */
export const besides: Readonly<Record<string, Program>> = {
  'class-imbalance': { name: 'spirals, as many of each class, a larger net', spec: spirals },
  'exploding-gradient': {
    name: 'digits, one example a step',
    spec: { ...digits, batchSize: 1, budget: { epochs: 2 } },
  },
};

/** One program for each rule, in their order. */
export const pictured: readonly Faulty[] = rules.map(({ cause }) => program(cause));

function program(cause: string): Faulty {
  const found = [...faulty, ...more].find((one) => one.cause === cause);
  if (!found) throw new Error(`no program shows ${cause}`);
  return found;
}
