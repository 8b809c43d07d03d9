/** The registry of data sources: where the examples come from, and how they are split. */
import { z } from 'zod';
import { SpecError } from '../error.ts';
import { idx, npy, npz } from './arrays.ts';
import { breastCancer, diabetes, digits, iris, threeArmSpiral, twoSpirals, wine } from './built-in.ts';
import type { DataDefinition, DataShape, NamedFile } from './common.ts';
import { cifar, cifar10, fashionMnist, images, mnist } from './images.ts';
import { preprocessedShape } from './preprocessing.ts';
import { csv, jsonl, parquet } from './tables.ts';

export type { ToyOptions } from './built-in.ts';
export { type DataDefinition, type DataShape, datasetId, type NamedFile } from './common.ts';
export { type CifarLabels, cifarClasses } from './images.ts';
export type { PreprocessingStep } from './preprocessing.ts';
export { labelColumns, type TableOptions, tableWidth } from './tables.ts';

const registry = [
  fashionMnist,
  mnist,
  images,
  cifar10,
  cifar,
  csv,
  jsonl,
  parquet,
  npy,
  npz,
  idx,
  digits,
  iris,
  wine,
  breastCancer,
  diabetes,
  twoSpirals,
  threeArmSpiral,
] as const;

export const data = z
  .discriminatedUnion('type', [
    fashionMnist.schema,
    mnist.schema,
    images.schema,
    cifar10.schema,
    cifar.schema,
    csv.schema,
    jsonl.schema,
    parquet.schema,
    npy.schema,
    npz.schema,
    idx.schema,
    digits.schema,
    iris.schema,
    wine.schema,
    breastCancer.schema,
    diabetes.schema,
    twoSpirals.schema,
    threeArmSpiral.schema,
  ])
  .meta({ id: 'Data', description: 'Where the examples come from, and how they are split.' });

export type Data = z.output<typeof data>;

const definitions: ReadonlyMap<string, DataDefinition> = new Map(
  registry.map((definition) => [definition.type, definition as unknown as DataDefinition]),
);

export function dataDefinition(type: string): DataDefinition {
  const definition = definitions.get(type);
  if (!definition) throw new Error(`data '${type}' is not in the registry`);
  return definition;
}

/** The field that would say where the labels are, of a source that leaves it out. */
export function missingLabels(spec: Data): 'data.label' | 'data.labels' | 'data.classes' | null {
  if (spec.type === 'csv' || spec.type === 'jsonl' || spec.type === 'parquet')
    return spec.label === undefined ? 'data.label' : null;
  if (spec.type === 'images') return spec.classes === undefined ? 'data.classes' : null;
  if (spec.type === 'npz') return spec.labels === null ? 'data.labels' : null;
  return (spec.type === 'npy' || spec.type === 'idx') && spec.labels === undefined ? 'data.labels' : null;
}

/** Sources whose examples can be streamed. */
export const streamedTypes = (): string[] =>
  registry.filter(({ residentOnly }) => residentOnly === null).map(({ type }) => type);

/** @throws SpecError where streaming is asked of a source that can't */
export function checkStreaming({ type, streaming }: Data): void {
  const { residentOnly } = dataDefinition(type);
  if (streaming !== 'always' || residentOnly === null) return;
  const message = `data.streaming: 'always' is for ${streamedTypes().join(', ')}, not for ${type}: ${residentOnly}`;
  throw new SpecError('invalid_spec', message, 'data.streaming');
}

/** Whether a source reads files, which may be those of an uploaded data set. */
export const readsFiles = (type: Data['type']): boolean => 'dataset' in dataDefinition(type).schema.shape;

/** The uploaded data set that a source reads; undefined for the data folder. */
export const datasetOf = (spec: Data): string | undefined => ('dataset' in spec ? spec.dataset : undefined);

/** The same, out of the files of an uploaded data set. */
export const withDataset = (spec: Data, dataset: string): Data => ({ ...spec, dataset }) as Data;

/** Files under the data folder that a source reads. */
export const dataFiles = (spec: Data): readonly NamedFile[] => dataDefinition(spec.type).files(spec as never);

/** Shape of one example, as the model gets it, and kind of its label: known before any file is opened. */
export function dataShape(spec: Data): DataShape {
  const { input, target } = dataDefinition(spec.type).shape(spec as never);
  return { input: preprocessedShape(input, spec.preprocessing), target };
}
