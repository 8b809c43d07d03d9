/** A trained model out of the artifacts of its job, ready to answer for the rows of a data set. */
import { AnnealError, dataShape, inferModel, type TrainSpec } from '@anneal/schemas';
import type { DataSet } from './data/data-set.ts';
import type { TrainedPreprocessing } from './data/load.ts';
import { type NamedTensor, readSafetensors } from './formats/safetensors.ts';
import { type BuiltModel, buildModel } from './model/build.ts';
import { memberName } from './model/member.ts';
import { eagerPlan } from './plan/eager-plan.ts';
import { graphPlan } from './plan/graph-plan.ts';
import type { Plan, State } from './plan/plan.ts';
import type { Task } from './plan/task.ts';
import { HostRead } from './trace/trace.ts';

/** Where a trained model comes from: `name` is how people read it. */
export interface TrainedSource {
  readonly name: string;
  readonly spec: TrainSpec;
  /** A safetensors file that holds the weights by name, and may hold more. */
  readonly weights: Uint8Array;
  /** `model/preprocessing.json` of the job. */
  readonly preprocessing: Uint8Array;
}

type TrainedTensors = ReadonlyMap<string, NamedTensor>;

export interface TrainedModel {
  readonly built: BuiltModel;
  readonly weights: State;
}

/** @throws AnnealError `data_damaged` */
export function readPreprocessing({ name, preprocessing }: TrainedSource): TrainedPreprocessing {
  try {
    const { steps, scale, classNames } = JSON.parse(Buffer.from(preprocessing).toString());
    return { preprocessing: steps, scale, classNames };
  } catch (cause) {
    throw new AnnealError('data_damaged', `${name}: model/preprocessing.json is damaged (${(cause as Error).message})`);
  }
}

/** The tensors of a file by name. @throws AnnealError `data_damaged` */
export const trainedTensors = ({ name, weights }: TrainedSource): TrainedTensors =>
  new Map(readSafetensors(weights, name).tensors.map((tensor) => [tensor.name, tensor]));

/**
 * @param found what the file of the source holds
 * @param member of the ensemble that the job has trained; left out where it trained one model
 * @throws AnnealError `data_damaged` where the file doesn't hold the weights of the model
 */
export function trainedModel({ name, spec }: TrainedSource, found: TrainedTensors, member?: number): TrainedModel {
  const built = buildModel(inferModel(spec.model, dataShape(spec.data).input), spec.seed);
  const weights = built.weights.map(({ name: weight, shape }) => {
    const tensor = found.get(member === undefined ? weight : memberName(member, weight));
    if (tensor?.dtype === 'F32' && tensor.shape.join() === shape.join())
      return [weight, tensor.values as Float32Array] as const;
    const got = tensor ? `is [${tensor.shape.join(', ')}]` : 'is missing';
    throw new AnnealError('data_damaged', `${name}: '${weight}' ${got}, the model needs [${shape.join(', ')}]`);
  });
  return { built, weights: new Map(weights) };
}

/** A plan that evaluates and predicts with the weights, and trains nothing. */
export function answeringPlan({ built, weights }: TrainedModel, spec: TrainSpec, data: DataSet): Plan {
  const { momentumSchedule: _momentum, averaging: _average, ...rest } = spec;
  // A rule that remembers nothing: the memory of the others is not for those who only answer.
  const task: Task = { spec: { ...rest, update: { rule: 'sgd' } }, built, data, batches: [] };
  const plan = simplePlan(task);
  plan.set(weights);
  return plan;
}

/** The graph plan, or the eager one for a model that can't be compiled. */
export function simplePlan(task: Task): Plan {
  try {
    return graphPlan(task);
  } catch (error) {
    if (!(error instanceof HostRead)) throw error;
    return eagerPlan(task);
  }
}
