/** Finds the checkpoint that a job goes on from. */
import type { ArtifactStore } from '@anneal/core';
import { AnnealError } from '@anneal/schemas';
import { artifactKey, type History, type StoredCheckpoint } from './history.ts';
import { readAll } from './read-all.ts';
import type { ResumePoint } from './trainer-host.ts';

export interface Found {
  /** Null: the job starts afresh. */
  readonly resume: ResumePoint | null;
  /** Later checkpoints that could not be read, newest first, and why. */
  readonly unreadable: readonly { readonly name: string; readonly why: string }[];
}

/** The newest checkpoint whose files are all there and undamaged. @throws AnnealError store_unavailable */
export async function findResumePoint(store: ArtifactStore, jobId: string, history: History): Promise<Found> {
  const unreadable: { name: string; why: string }[] = [];
  for (const checkpoint of [...history.checkpoints.values()].reverse()) {
    try {
      const files = await readFiles(store, jobId, checkpoint);
      return { resume: { name: checkpoint.name, step: checkpoint.step, files }, unreadable };
    } catch (error) {
      if (!(error instanceof AnnealError) || error.retryable) throw error;
      unreadable.push({ name: checkpoint.name, why: error.message });
    }
  }
  return { resume: null, unreadable };
}

/** By name within the checkpoint. */
async function readFiles(store: ArtifactStore, jobId: string, { name, files }: StoredCheckpoint) {
  const attempts = new Set(files.map(({ attempt }) => attempt));
  if (attempts.size !== 1) throw new AnnealError('data_damaged', 'its files are not of one attempt');
  const read = files.map(async (file) => {
    const bytes = await readAll((await store.get(artifactKey(jobId, file))).body);
    return [file.name.slice(name.length + 1), bytes] as const;
  });
  return new Map(await Promise.all(read));
}
