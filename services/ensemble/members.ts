/** The models that answer together: out of the artifacts of jobs, and out of the state of a run that trains several at once. */
import {
  buildModel,
  memberName,
  memberSeed,
  type State,
  type TrainedSource,
  trainedModel,
  trainedTensors,
} from '@anneal/engine';
import type { InferredLayer, TrainSpec } from '@anneal/schemas';
import type { Member } from './committee.ts';

/** One for a job that trained one model, all for one that trained an ensemble. @throws AnnealError `data_damaged` */
export function membersOfSource(source: TrainedSource): Member[] {
  const { ensemble, ...alone } = source.spec;
  if (!ensemble) return [{ spec: alone, open: () => trainedModel(source, trainedTensors(source)) }];
  const tensors = trainedTensors(source);
  return indices(ensemble.members).map((member) => ({
    spec: alone,
    open: () => trainedModel(source, tensors, member),
  }));
}

/** @param layers of one member */
export function membersOfRun(
  { ensemble: _together, ...alone }: TrainSpec,
  members: number,
  layers: readonly InferredLayer[],
  state: State,
): Member[] {
  return indices(members).map((member) => ({
    spec: alone,
    open() {
      const built = buildModel(layers, memberSeed(alone.seed, member));
      const weights = built.weights.map(({ name }) => [name, state.get(memberName(member, name))!] as const);
      return { built, weights: new Map(weights) };
    },
  }));
}

const indices = (count: number): number[] => Array.from({ length: count }, (_member, index) => index);
