/** Fits the preprocessing of a spec on the training rows and applies it to all; see schemas/dataset/preprocessing.ts. */
import type { PreprocessingStep } from '@anneal/schemas';
import { applyStep, type FittedStep, type Rows, stepShape } from './apply-step.ts';
import { eachChunk } from './chunks.ts';
import { inputWidth, type StreamedData } from './data-set.ts';
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
  const ordered = training.slice().sort();
  const fitted: FittedStep[] = [];
  for (const [index, step] of steps.entries()) {
    const { values } = rows;
    const width = inputWidth(rows);
    const each = (visit: (values: Float32Array, at: number) => void) => {
      for (const row of ordered) visit(values, row * width);
    };
    const one = fitStep(step, width, each, paramOf(index));
    rows = applyStep(one, rows);
    fitted.push(one);
  }
  return { inputs: { dtype: 'float32', ...rows }, fitted };
}

/** The same of examples in a file, in one pass a step: the same bits. Steps are applied whenever examples are read. */
export function preprocessStored(
  data: Stored,
  training: Int32Array,
  steps: readonly PreprocessingStep[],
): Stored & { readonly fitted: readonly FittedStep[] } {
  if (steps.length === 0) return { ...data, fitted: [] };
  const trains = new Uint8Array(data.inputs.shape[0] ?? 0);
  for (const row of training) trains[row] = 1;
  let prepared = asFloats(data);
  for (const [index, step] of steps.entries()) {
    const width = inputWidth(prepared.inputs);
    const each = (visit: (values: ArrayLike<number>, at: number) => void) =>
      eachChunk(prepared, ({ first, count, inputs }) => {
        for (let i = 0; i < count; i++) if (trains[first + i]) visit(inputs, i * width);
      });
    prepared = withStep(prepared, fitStep(step, width, each, paramOf(index)));
  }
  return { ...prepared, fitted: prepared.stored.steps };
}

/** Applies what was fitted on the examples that a model was trained on. */
export function preprocessAsFitted(inputs: Inputs, steps: readonly FittedStep[]): Inputs {
  if (steps.length === 0) return inputs;
  const rows: Rows = { values: Float32Array.from(inputs.values), shape: inputs.shape };
  return { dtype: 'float32', ...steps.reduce((before, step) => applyStep(step, before), rows) };
}

type Stored = Pick<StreamedData, 'inputs' | 'labels' | 'stored'>;

export const preprocessStoredAsFitted = (data: Stored, steps: readonly FittedStep[]): Stored =>
  steps.length === 0 ? data : steps.reduce(withStep, asFloats(data));

const asFloats = (data: Stored): Stored => ({ ...data, inputs: { dtype: 'float32', shape: data.inputs.shape } });

const withStep = ({ inputs, labels, stored }: Stored, step: FittedStep): Stored => ({
  inputs: { dtype: 'float32', shape: stepShape(step, inputs.shape) },
  labels,
  stored: { ...stored, steps: [...stored.steps, step] },
});
