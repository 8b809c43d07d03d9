/** The trained models that a job works on, out of the artifacts of other jobs. */
import type { ArtifactStore, JobStore } from '@anneal/core';
import type { TrainedSource } from '@anneal/engine';
import {
  AnnealError,
  type EnsembleAverage,
  fittingCheckpoints,
  type ModelSource,
  type Spec,
  type TrainSpec,
} from '@anneal/schemas';
import { artifactKey, type History, readHistory } from './history.ts';
import { readAll } from './read-all.ts';

export interface Source extends TrainedSource {
  readonly from: ModelSource;
}

export interface Sources {
  readonly members: readonly Source[];
  /** How they answer together; one alone answers as it is. */
  readonly average: EnsembleAverage;
}

interface Stores {
  readonly jobs: JobStore;
  readonly artifacts: ArtifactStore;
}

/** Null for a job that works on none. @throws AnnealError `not_found`, `artifact_not_found`, `invalid_spec` */
export async function findSources(stores: Stores, spec: Spec): Promise<Sources | null> {
  if (spec.kind === 'train' || spec.kind === 'check' || spec.kind === 'inspect') return null;
  if (spec.kind !== 'ensemble') return ofJob(stores, spec.model);
  const found = await Promise.all(spec.members.map((member) => ofJob(stores, member)));
  if (found.some(({ average, members }) => members.length > 1 && average !== 'probabilities'))
    throw new AnnealError('invalid_spec', 'an ensemble that averages logits can’t be a member of another', 'members');
  const members = found.flatMap((one) => one.members);
  if (members.length < 2)
    throw new AnnealError('invalid_spec', 'members: an ensemble needs two models at least', 'members');
  return { members, average: spec.average };
}

async function ofJob(stores: Stores, from: ModelSource): Promise<Sources> {
  const { spec } = await stores.jobs.get(from.job);
  if (spec.kind === 'train')
    return { members: await readMembers(stores, from, spec), average: spec.ensemble?.average ?? 'probabilities' };
  if (spec.kind !== 'ensemble')
    throw new AnnealError(
      'invalid_spec',
      `${from.job} is a job of kind ${spec.kind}, which trains nothing`,
      'model.job',
    );
  const members = await findSources(stores, spec);
  if (spec.average !== 'weights') return members!;
  const [first] = members!.members as readonly [Source];
  return { members: await readMembers(stores, from, first.spec), average: 'probabilities' };
}

async function readMembers(stores: Stores, from: ModelSource, spec: TrainSpec): Promise<Source[]> {
  const history = await readHistory(stores.jobs, from.job);
  const preprocessing = await readArtifact(stores, from.job, history, 'model/preprocessing.json');
  const names = matching(from, history);
  return Promise.all(
    names.map(async (weights): Promise<Source> => {
      const file = history.checkpoints.has(weights) ? `${weights}/state.safetensors` : weights;
      const bytes = await readArtifact(stores, from.job, history, file);
      return { name: `${from.job}/${weights}`, from: { job: from.job, weights }, spec, weights: bytes, preprocessing };
    }),
  );
}

/** Names of the artifacts or checkpoints that are meant. */
function matching({ job, weights }: ModelSource, { checkpoints }: History): string[] {
  // Of an artifact that isn't there the reading tells.
  if (!weights.startsWith('checkpoints/') || checkpoints.has(weights)) return [weights];
  const names = fittingCheckpoints(weights, checkpoints.keys());
  if (names.length > 0) return names;
  const kept = [...checkpoints.keys()].join(', ') || 'none';
  throw new AnnealError(
    'artifact_not_found',
    `${job} keeps no checkpoint '${weights}' (any more); it keeps ${kept}`,
    'weights',
  );
}

async function readArtifact({ artifacts }: Stores, job: string, history: History, name: string): Promise<Uint8Array> {
  const found = history.artifacts.get(name);
  if (!found) throw new AnnealError('artifact_not_found', `job ${job} has no artifact '${name}'`, 'weights');
  return readAll((await artifacts.get(artifactKey(job, found))).body);
}
