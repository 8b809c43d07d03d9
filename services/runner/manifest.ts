/** The manifest: what of all attempts of a job counts. Written last; without it there is no success. */
import type { ArtifactStore } from '@anneal/core';
import type { Manifest } from '@anneal/schemas';
import { artifactKey, type History, type StoredArtifact } from './history.ts';
import { jsonBytes } from './put-json.ts';

const PART = /^metrics\/[a-z]+-(\d+)-\d+\.parquet$/;

/**
 * Of two attempts the later one's artifact counts; files of checkpoints only if their checkpoint was completed and not replaced; metrics
 * of an attempt only up to the step that the next one went on from. By name.
 */
export function countingArtifacts(history: History, attempt: number, resumedStep: number): StoredArtifact[] {
  const counting = new Map<string, StoredArtifact>();
  for (const artifact of history.artifacts.values()) {
    if (!/^(?:metrics|checkpoints)\//.test(artifact.name)) counting.set(artifact.name, artifact);
  }
  for (const { files } of history.checkpoints.values()) for (const file of files) counting.set(file.name, file);
  for (const part of countingParts(history.parts, attempt, resumedStep)) counting.set(part.name, part);
  counting.delete('manifest.json');
  return [...counting.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** From the first step of a later attempt on, nothing of earlier attempts counts. A part that spans that step is kept: its readers clip it. */
function countingParts(parts: readonly StoredArtifact[], attempt: number, resumedStep: number): StoredArtifact[] {
  const firstStep = ({ name }: StoredArtifact): number => Number(PART.exec(name)?.[1] ?? 0);
  const attempts = [...new Set([attempt, ...parts.map((part) => part.attempt)])].sort((a, b) => b - a);
  const counting: StoredArtifact[] = [];
  let before = Number.POSITIVE_INFINITY;
  for (const each of attempts) {
    const kept = parts.filter((part) => part.attempt === each && firstStep(part) < before);
    counting.unshift(...kept);
    const steps = kept.filter(({ name }) => name.startsWith('metrics/steps-')).map(firstStep);
    before = Math.min(before, ...steps, each === attempt ? resumedStep + 1 : Number.POSITIVE_INFINITY);
  }
  return counting;
}

export function manifestBytes(jobId: string, attempt: number, artifacts: readonly StoredArtifact[]): Uint8Array {
  const manifest: Manifest = {
    jobId,
    attempt,
    createdAt: new Date().toISOString(),
    artifacts: artifacts.map(({ name, size, sha256, contentType }) => ({ name, size, sha256, contentType })),
  };
  return jsonBytes(manifest);
}

/** Removes what lies in the store for the job and does not count: half checkpoints, metrics of steps that were done again. */
export async function removeRest(
  store: ArtifactStore,
  jobId: string,
  counting: readonly Pick<StoredArtifact, 'attempt' | 'name'>[],
): Promise<void> {
  const keys = new Set(counting.map((artifact) => artifactKey(jobId, artifact)));
  const rest: string[] = [];
  for await (const { key } of store.list(`jobs/${jobId}/`)) if (!keys.has(key)) rest.push(key);
  for (const key of rest) await store.remove(key);
}
