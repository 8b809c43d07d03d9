/** Faults of the data that no spec can say. */
import type { LoadedData } from '@anneal/engine';
import { permutation, random } from '../../services/engine/data/permutation.ts';

export type Damage = (data: LoadedData) => LoadedData;

const relabelled = (data: LoadedData, label: (row: number) => number): LoadedData => {
  const values = data.labels.values.map((_value: number, row: number) => label(row));
  return { ...data, labels: { ...data.labels, values } as LoadedData['labels'] };
};

/** Every label belongs to another input. */
export const shuffledLabels: Damage = (data) => {
  const order = permutation(data.labels.values.length, 9);
  return relabelled(data, (row) => data.labels.values[order[row]!]!);
};

/** That share of the labels is drawn by chance. */
export const noisyLabels =
  (share: number): Damage =>
  (data) => {
    const { labels } = data;
    if (labels.kind !== 'class') throw new Error('only of classes');
    const next = random(5);
    const uniform = () => next() / 2 ** 32;
    return relabelled(data, (row) =>
      uniform() < share ? Math.floor(uniform() * labels.classes) : labels.values[row]!,
    );
  };

/** Of all classes but the first, one in `one` examples is kept. */
export const rareClasses =
  (one: number): Damage =>
  (data) => {
    const thin = (rows: Int32Array) =>
      Int32Array.from(rows.filter((row, i) => data.labels.values[row] === 0 || i % one === 0));
    const { training, validation, test } = data.splits;
    return { ...data, splits: { training: thin(training), validation: thin(validation), test } };
  };
