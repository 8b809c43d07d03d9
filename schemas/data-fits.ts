/** Whether other data than a model was trained on can be put to it. */
import { type Data, dataShape, missingLabels } from './dataset/index.ts';
import { SpecError } from './error.ts';
import { formatShape, type Shape } from './shape.ts';
import type { TrainSpec } from './train-spec.ts';

/** @throws SpecError `shape_mismatch` naming both shapes */
export function checkDataFits(data: Data, trained: Pick<TrainSpec, 'data'>): void {
  // The model's own preprocessing is what will be applied.
  const { input, target } = dataShape({ ...data, preprocessing: trained.data.preprocessing } as Data);
  const own = dataShape(trained.data);
  if (formatShape(input) !== formatShape(own.input)) throw misfit('examples', input, own.input);
  if (missingLabels(data)) return;
  const outputs = (of: typeof target): Shape => (of.kind === 'class' ? [of.classes] : of.shape);
  if (target.kind !== own.target.kind)
    throw new SpecError(
      'shape_mismatch',
      `data: the labels are ${target.kind === 'class' ? 'classes' : 'numbers'}, the model was trained on ${own.target.kind === 'class' ? 'classes' : 'numbers'}`,
      'data',
    );
  if (formatShape(outputs(target)) !== formatShape(outputs(own.target)))
    throw misfit('labels', outputs(target), outputs(own.target));
}

const misfit = (what: string, got: Shape, wanted: Shape): SpecError =>
  new SpecError(
    'shape_mismatch',
    `data: the ${what} are ${formatShape(got)}, the model was trained on ${formatShape(wanted)}`,
    'data',
  );
