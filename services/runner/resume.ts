/** What earlier attempts left: the artifacts that are still good, and the checkpoint to go on from. */
import type { ArtifactStore, JobStore } from '@anneal/core';
import { AnnealError, type Artifact } from '@anneal/schemas';
import { keyOf } from './journal.ts';
import type { ResumePoint } from './trainer-host.ts';

export interface Earlier {
  readonly artifacts: Map<string, Artifact & { readonly attempt: number }>;
  readonly resume: ResumePoint | null;
}

const PAGE = 500;
/** Files that every attempt writes anew. */
const PER_ATTEMPT = /^(spec|diagnostics|manifest)\.json$/;

/** @throws AnnealError data_damaged if the checkpoint's bytes are not those that were stored */
export async function readEarlier(jobs: JobStore, store: ArtifactStore, jobId: string): Promise<Earlier> {
  const artifacts: Earlier['artifacts'] = new Map();
  let last: { name: string; step: number } | null = null;
  for (let after = 0; ; ) {
    const events = await jobs.readEvents(jobId, after, PAGE);
    for (const { seq, body } of events) {
      after = seq;
      if (body.type === 'artifact') artifacts.set(body.artifact.name, body.artifact);
      if (body.type !== 'checkpoint') continue;
      last = { name: body.name, step: body.step };
      for (const name of [...artifacts.keys()]) {
        if (body.replaces.some((old) => name.startsWith(`${old}/`))) artifacts.delete(name);
      }
    }
    if (events.length < PAGE) break;
  }
  const step = last?.step ?? 0;
  for (const [name] of artifacts)
    if (superseded(name, step) || (!last && !PER_ATTEMPT.test(name))) artifacts.delete(name);
  return { artifacts, resume: last && (await load(store, jobId, artifacts, last)) };
}

/** Parts of the metrics that lie beyond the checkpoint are written again. */
function superseded(name: string, step: number): boolean {
  const match = /^metrics\/(?:steps|epochs)-\d+-(\d+)\.parquet$/.exec(name);
  return match !== null && Number(match[1]) > step;
}

async function load(
  store: ArtifactStore,
  jobId: string,
  artifacts: Earlier['artifacts'],
  checkpoint: { name: string; step: number },
): Promise<ResumePoint> {
  const files = new Map<string, Uint8Array>();
  const prefix = `${checkpoint.name}/`;
  for (const [name, { attempt }] of artifacts) {
    if (!name.startsWith(prefix)) continue;
    const parts: Uint8Array[] = [];
    for await (const part of (await store.get(keyOf(jobId, attempt, name))).body) parts.push(part);
    // A buffer of its own: it goes to the training thread.
    files.set(name.slice(prefix.length), new Uint8Array(Buffer.concat(parts)));
  }
  if (files.size === 0)
    throw new AnnealError('data_damaged', `the files of ${checkpoint.name} are gone, so the job can't go on from it`);
  return { ...checkpoint, files };
}
