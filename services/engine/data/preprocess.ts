/** Fits the preprocessing of a spec on the training rows and applies it to all; see schemas/dataset/preprocessing.ts. */
import type { PreprocessingStep } from '@anneal/schemas';
import { applyStep, type FittedStep, type Rows, stepShape } from './apply-step.ts';
import { inputWidth, type StoredExamples } from './data-set.ts';
import { eachRowInMemory, eachStoredRow } from './each-row.ts';
import { fitStep } from './fit-step.ts';
import type { Inputs } from './load.ts';

const paramOf = (index: number) => `data.preprocessing[${index}]`;

/** @throws AnnealError `invalid_spec` where a step doesn't fit the inputs */
export function preprocess(
  inputs: Inputs,
  training: Int32Array,
  steps: readonly PreprocessingStep[],
): { inputs: Inputs; fitted: readonly FittedStep[] } {
  if (steps.length === 0) return { inputs, fitted: [] };
  let rows: Rows = { values: Float32Array.from(inputs.values), shape: inputs.shape };
  const fitted: FittedStep[] = [];
  for (const [index, step] of steps.entries()) {
    const one = fitStep(step, inputWidth(rows), eachRowInMemory(rows, training), paramOf(index));
    rows = applyStep(one, rows);
    fitted.push(one);
  }
  return { inputs: { dtype: 'float32', ...rows }, fitted };
}

/** The same of examples in a file, in one pass a step: the same bits. Steps are applied whenever examples are read. */
export function preprocessStored(
  data: StoredExamples,
  training: Int32Array,
  steps: readonly PreprocessingStep[],
): StoredExamples & { readonly fitted: readonly FittedStep[] } {
  if (steps.length === 0) return { ...data, fitted: [] };
  let prepared = asFloats(data);
  for (const [index, step] of steps.entries()) {
    const one = fitStep(step, inputWidth(prepared.inputs), eachStoredRow(prepared, training), paramOf(index));
    prepared = withStep(prepared, one);
  }
  return { ...prepared, fitted: prepared.stored.steps };
}

/** Applies what was fitted on the examples that a model was trained on. */
export function preprocessAsFitted(inputs: Inputs, steps: readonly FittedStep[]): Inputs {
  if (steps.length === 0) return inputs;
  const rows: Rows = { values: Float32Array.from(inputs.values), shape: inputs.shape };
  return { dtype: 'float32', ...steps.reduce((before, step) => applyStep(step, before), rows) };
}

export const preprocessStoredAsFitted = (data: StoredExamples, steps: readonly FittedStep[]): StoredExamples =>
  steps.length === 0 ? data : steps.reduce(withStep, asFloats(data));

const asFloats = (data: StoredExamples): StoredExamples => ({
  ...data,
  inputs: { dtype: 'float32', shape: data.inputs.shape },
});

const withStep = ({ inputs, labels, stored }: StoredExamples, step: FittedStep): StoredExamples => ({
  inputs: { dtype: 'float32', shape: stepShape(step, inputs.shape) },
  labels,
  stored: { ...stored, steps: [...stored.steps, step] },
});
