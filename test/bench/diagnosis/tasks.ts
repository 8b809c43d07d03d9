/** The tasks that faults are put into: half of them served to set thresholds, the other half only to report. */
import type { TrainSpecInput } from '@anneal/schemas';
import {
  cancer,
  dense,
  descent,
  diabetes,
  digits,
  iris,
  pictures,
  spirals,
  wine,
  withLayers,
} from '../../diagnose/bases.ts';

export interface BenchTask {
  readonly name: string;
  readonly split: 'tuning' | 'reporting';
  readonly spec: TrainSpecInput;
}

const split = { validation: 0.2, test: 0.1 };

const fashion: TrainSpecInput = {
  ...withLayers(digits, [{ type: 'flatten' }, dense(64, 'relu'), dense(32, 'relu'), dense(10)]),
  data: { type: 'fashion-mnist', limit: 3000, split },
  update: { rule: 'momentum' },
  schedule: { type: 'constant', rate: 0.02 },
  batchSize: 64,
  budget: { epochs: 20 },
};

const mnist: TrainSpecInput = {
  ...withLayers(digits, [
    { type: 'conv2d', filters: 8, kernelSize: 5, strides: 2, activation: 'relu' },
    { type: 'conv2d', filters: 16, kernelSize: 3, strides: 2, activation: 'relu' },
    { type: 'flatten' },
    dense(32, 'relu'),
    dense(10),
  ]),
  data: { type: 'mnist', limit: 1500, split },
  schedule: { type: 'constant', rate: 3e-3 },
  budget: { epochs: 8 },
};

const rows: TrainSpecInput = {
  ...withLayers(digits, [{ type: 'reshape', shape: [8, 8] }, { type: 'gru', units: 32 }, dense(10)]),
  schedule: { type: 'constant', rate: 5e-3 },
};

const arms: TrainSpecInput = {
  ...withLayers(digits, [dense(64, 'relu'), dense(64, 'relu'), dense(3)]),
  data: { type: 'three-arm-spiral', split },
  update: { rule: 'rmsprop' },
  schedule: { type: 'constant', rate: 3e-3 },
  budget: { epochs: 60 },
};

const hinge: TrainSpecInput = {
  ...withLayers(cancer, [dense(24, 'tanh'), dense(2)]),
  loss: { type: 'weston-watkins' },
  update: { rule: 'nesterov' },
  schedule: { type: 'constant', rate: 0.01 },
  budget: { epochs: 30 },
};

const progression: TrainSpecInput = {
  ...withLayers(diabetes, [dense(24, 'tanh'), dense(1, 'linear', { initialBias: 150 })]),
  data: { type: 'diabetes', preprocessing: [{ type: 'min-max' }], split },
  loss: { type: 'mean-absolute-error' },
  schedule: { type: 'constant', rate: 0.05 },
};

const of = (kind: BenchTask['split'], specs: Readonly<Record<string, TrainSpecInput>>): BenchTask[] =>
  Object.entries(specs).map(([name, spec]) => ({ name, split: kind, spec }));

export const tasks: readonly BenchTask[] = [
  ...of('tuning', { digits, descent, pictures, iris, wine, cancer, spirals, diabetes }),
  ...of('reporting', { fashion, mnist, rows, arms, hinge, progression }),
];
