/** Validation of a spec: syntax, shapes, fit of model, loss and data, and size. No I/O, no TensorFlow. */
import { checkAugmentation } from './augmentation.ts';
import { checkStreaming, type Data, dataShape, datasetOf, missingLabels } from './dataset/index.ts';
import { SpecError } from './error.ts';
import { parse } from './explain.ts';
import { checkHessian } from './full-batch/compose.ts';
import { FEWEST_MINIBATCHES, minibatchesOf } from './full-batch/sfo.ts';
import { checkSfo, sfoBytes, sfoSizes } from './full-batch/sfo-memory.ts';
import type { InspectSpec } from './inspect-spec.ts';
import { checkOutput, type InferredLayer, inferModel } from './model.ts';
import { checkMonitor } from './monitor.ts';
import { size } from './shape.ts';
import { type Spec, spec } from './spec.ts';
import type { TrainSpec } from './train-spec.ts';
import { checkTrainingOptions } from './training-options.ts';
import { updateSlots } from './updates/index.ts';
import { checkReadsFiles } from './uploaded-dataset.ts';

export interface Limits {
  /** Memory that a runner may use, in bytes. */
  readonly memoryBytes: number;
}

export interface Validated<S extends Spec = Spec> {
  readonly spec: S;
  /** Of what is trained; none for jobs that train nothing. */
  readonly layers: readonly InferredLayer[];
  readonly parameters: number;
  /** Estimated peak memory of the runner, in bytes. */
  readonly memoryBytes: number;
}

/** @throws SpecError listing what is wrong */
export function validateSpec(input: unknown, limits: Limits): Validated {
  const valid = parse(spec, input);
  if (valid.kind === 'train') return validateTrain(valid, limits);
  if (valid.kind === 'check') return { ...within('spec', () => validateTrain(valid.spec, limits)), spec: valid };
  if (valid.data) checkStreaming(valid.data);
  if (valid.kind === 'inspect') checkInspected(valid);
  else if (valid.data && valid.kind !== 'predict') needsLabels(valid.data, valid.kind);
  return { spec: valid, layers: [], parameters: 0, memoryBytes: BASE_BYTES };
}

/** @throws SpecError for data that are not those of the data set */
function checkInspected({ dataset, data }: InspectSpec): void {
  if (!data) return;
  checkReadsFiles(data, 'data.type');
  const named = datasetOf(data) ?? dataset;
  if (named === dataset) return;
  const message = `data.dataset: '${named}' is another data set than '${dataset}', which is to be looked at`;
  throw new SpecError('invalid_spec', message, 'data.dataset');
}

/** @throws SpecError listing what is wrong */
export function validateTrain(valid: TrainSpec, limits: Limits): Validated<TrainSpec> {
  needsLabels(valid.data, valid.kind);
  checkStreaming(valid.data);
  checkTrainingOptions(valid);
  const shape = dataShape(valid.data);
  const layers = inferModel(valid.model, shape.input);
  checkTrains(layers);
  checkAugmentation(valid.augmentation, shape.input);
  checkOutput(layers, valid.loss, shape);
  checkMonitor(valid.monitor, shape.target, Object.keys(valid.metrics ?? {}));
  const members = valid.ensemble?.members ?? 1;
  const parameters = members * layers.reduce((sum, layer) => sum + layer.parameters, 0);
  checkHessian(valid, parameters);
  checkSfo(valid, trainedParameters(layers), null);
  const memoryBytes = estimateMemory(valid, layers, parameters);
  if (memoryBytes > limits.memoryBytes) {
    const largest = layers.reduce((a, b) => (b.parameters > a.parameters ? b : a));
    throw new SpecError(
      'model_too_large',
      `model: ${parameters.toLocaleString('en-US')} parameters need about ${gib(memoryBytes)} of memory to train with ${valid.update.rule}, ` +
        `the runner has ${gib(limits.memoryBytes)}; most are in layer '${largest.name}' (${largest.parameters.toLocaleString('en-US')})`,
      `model.layers[${layers.indexOf(largest)}]`,
    );
  }
  return { spec: valid, layers, parameters, memoryBytes };
}

/** @throws SpecError where no layer has a weight that is trained */
function checkTrains(layers: readonly InferredLayer[]): void {
  const weighty = layers.filter(({ parameters }) => parameters > 0);
  if (weighty.some(({ layer }) => !layer.frozen)) return;
  const why =
    weighty.length === 0
      ? 'no layer has weights; add one that has, as { type: dense, units: … }'
      : `all layers that have weights are frozen (${weighty.map(({ name }) => name).join(', ')}); leave frozen out of one`;
  throw new SpecError('invalid_spec', `model.layers: there is nothing to train: ${why}`, 'model.layers');
}

function needsLabels(data: Data, kind: Spec['kind']): void {
  const field = missingLabels(data);
  if (!field) return;
  const article = /^[ae]/.test(kind) ? 'an' : 'a';
  throw new SpecError(
    'invalid_spec',
    `${field}: is missing; only a predict job does without labels, not ${article} ${kind} job`,
    field,
  );
}

/** Of layers that aren't frozen; a few of them, as moving averages, may not be trained all the same. */
export const trainedParameters = (layers: readonly InferredLayer[]): number =>
  layers.reduce((sum, { layer, parameters }) => sum + (layer.frozen ? 0 : parameters), 0);

const gib = (bytes: number): string => `${(bytes / 2 ** 30).toFixed(1)} GiB`;

/** TensorFlow and Node with nothing loaded, measured. */
const BASE_BYTES = 450 * 2 ** 20;

/** Weights, gradients, slots and one host copy, and activations forward and backward, all float32. */
function estimateMemory(valid: TrainSpec, layers: readonly InferredLayer[], parameters: number): number {
  const copies = 3 + updateSlots(valid.update).length + (valid.averaging ? 1 : 0);
  const activations = (valid.ensemble?.members ?? 1) * layers.reduce((sum, layer) => sum + size(layer.output), 0);
  return BASE_BYTES + 4 * (parameters * copies + 2 * activations * valid.batchSize) + rememberedBytes(valid, layers);
}

/** What SFO keeps, with the copy and the file of a checkpoint; the most examples have the most minibatches, which a spec alone doesn't tell. */
function rememberedBytes({ update }: TrainSpec, layers: readonly InferredLayer[]): number {
  if (update.rule !== 'sfo') return 0;
  return 3 * sfoBytes(sfoSizes(update, trainedParameters(layers), minibatchesOf(update, FEWEST_MINIBATCHES)));
}

/** What is wrong with a part of a document, by its place in the whole. @throws SpecError */
function within<T>(param: string, check: () => T): T {
  try {
    return check();
  } catch (error) {
    if (!(error instanceof SpecError)) throw error;
    const placed = (inner: string | null): string => (inner === null ? param : `${param}.${inner}`);
    const errors = error.errors.map((each) => ({ ...each, param: placed(each.param) }));
    throw new SpecError(error.code, error.message, placed(error.param), errors);
  }
}
