/** Arrays whose files fit the spec by their headers; the values come some megabytes at a time, checked as they come. */
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
export async function* noParts(): AsyncGenerator<LabelValues> {}

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
