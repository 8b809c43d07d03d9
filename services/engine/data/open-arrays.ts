/** Arrays whose files fit the spec by their headers; the values come some megabytes at a time, checked as they come. */
import { AnnealError } from '@anneal/schemas';
import { type InputLayout, inputWidth, type LabelLayout, labelWidth } from './data-set.ts';
import type { Inputs, Labels } from './load.ts';
import { type InputValues, type LabelValues, newInputs, newLabels } from './stored/stored-rows.ts';

export interface OpenArrays {
  /** Shape [rows, ...example]. */
  readonly inputs: InputLayout;
  readonly inputParts: () => AsyncIterable<InputValues>;
  /** No numbers where the labels are not known. */
  readonly labels: LabelLayout;
  readonly labelParts: () => AsyncIterable<LabelValues>;
  readonly classNames?: readonly string[];
}

/** Labels that are not known. */
export const unlabelled: Pick<OpenArrays, 'labels' | 'labelParts'> = {
  labels: { kind: 'values', shape: [0] },
  labelParts: async function* () {},
};

/** Whole numbers as classes. @param file that they are read from, as the spec names it. @throws AnnealError `data_damaged` */
export async function* classesOf(
  parts: AsyncIterable<ArrayLike<number | bigint>>,
  file: string,
  classes: number,
): AsyncGenerator<Int32Array<ArrayBuffer>> {
  let row = 0;
  for await (const part of parts) {
    const values = new Int32Array(part.length);
    for (let i = 0; i < part.length; i++, row++) {
      const label = part[i]!;
      if (label < 0 || label >= classes) {
        const message = `data.labels: row ${row} of ${file} is of class ${label}, but data.classes is ${classes}: classes are 0 to ${classes - 1}`;
        throw new AnnealError('data_damaged', message, 'data.labels');
      }
      values[i] = Number(label);
    }
    yield values;
  }
}

/** All values in memory. @throws AnnealError what the parts throw */
export async function readOpened({ inputs, labels, inputParts, labelParts, classNames }: OpenArrays): Promise<{
  inputs: Inputs;
  labels: Labels;
  classNames?: readonly string[];
}> {
  const rows = inputs.shape[0] ?? 0;
  const values = newInputs(inputs, rows * inputWidth(inputs));
  await fill(values, inputParts());
  const own = newLabels(labels, rows * labelWidth(labels));
  await fill(own, labelParts());
  return {
    inputs: { ...inputs, values } as Inputs,
    labels: { ...labels, values: own } as Labels,
    ...(classNames && { classNames }),
  };
}

async function fill(into: InputValues | LabelValues, parts: AsyncIterable<InputValues | LabelValues>): Promise<void> {
  let at = 0;
  for await (const part of parts) {
    into.set(part, at);
    at += part.length;
  }
}
