/**
 * Everything a runner writes, in the order it was said: artifacts go to the store, then their events to the job's record. An artifact
 * counts only once its event is there, and events need the lease: a runner that lost it can write nothing that is seen.
 */

import { setTimeout as pause } from 'node:timers/promises';
import type { ArtifactStore, JobStore, Lease } from '@anneal/core';
import { AnnealError, type Artifact, type EventBody } from '@anneal/schemas';

/** Attempts at a store that can't be reached, and milliseconds before the second one. */
const TRIES = 5;
const FIRST_PAUSE = 500;

type KnownArtifact = Artifact & { readonly attempt: number };

type Entry =
  | { readonly body: EventBody }
  | { readonly put: { name: string; contentType: string; bytes: Uint8Array }; readonly stored: () => void };

export class Journal {
  private readonly queue: Entry[] = [];
  private writing: Promise<void> | null = null;
  private failure: unknown = null;

  /** `artifacts` are those of earlier attempts that are still good, by name. */
  constructor(
    private readonly jobs: JobStore,
    private readonly store: ArtifactStore,
    private readonly lease: Lease,
    readonly artifacts: Map<string, KnownArtifact>,
    private readonly onFailure: (error: unknown) => void,
  ) {}

  emit(body: EventBody): void {
    this.add({ body });
  }

  /** `stored` is called when the bytes need no memory any more. */
  put(name: string, contentType: string, bytes: Uint8Array, stored: () => void = () => undefined): void {
    this.add({ put: { name, contentType, bytes }, stored });
  }

  /** Done when all is written. @throws what kept it from being written */
  async flush(): Promise<void> {
    while (this.writing) await this.writing;
    if (this.failure) throw this.failure;
  }

  private add(entry: Entry): void {
    if (this.failure) return;
    this.queue.push(entry);
    this.writing ??= this.write().finally(() => {
      this.writing = null;
    });
  }

  private async write(): Promise<void> {
    try {
      while (this.queue.length > 0) {
        const bodies: EventBody[] = [];
        let entry = this.queue[0];
        while (entry && 'body' in entry) {
          bodies.push(entry.body);
          this.queue.shift();
          entry = this.queue[0];
        }
        if (bodies.length > 0) await this.append(bodies);
        else {
          this.queue.shift();
          if (entry && 'put' in entry) await this.storeBlob(entry);
        }
      }
    } catch (error) {
      this.failure = error;
      this.queue.length = 0;
      this.onFailure(error);
    }
  }

  private async storeBlob({
    put: { name, contentType, bytes },
    stored,
  }: Extract<Entry, { put: unknown }>): Promise<void> {
    const { jobId, attempt } = this.lease;
    const { size, sha256 } = await retrying(() =>
      this.store.putIfAbsent(keyOf(jobId, attempt, name), bytes, contentType),
    );
    stored();
    const artifact = { name, size, sha256, contentType, attempt };
    await this.append([{ type: 'artifact', artifact }]);
    this.artifacts.set(name, artifact);
  }

  private async append(bodies: readonly EventBody[]): Promise<void> {
    await retrying(() => this.jobs.appendEvents(this.lease.jobId, bodies, this.lease));
    for (const body of bodies) if (body.type === 'checkpoint') await this.removeCheckpoints(body.replaces);
  }

  private async removeCheckpoints(names: readonly string[]): Promise<void> {
    for (const [name, { attempt }] of this.artifacts) {
      if (!names.some((checkpoint) => name.startsWith(`${checkpoint}/`))) continue;
      await this.store.remove(keyOf(this.lease.jobId, attempt, name));
      this.artifacts.delete(name);
    }
  }
}

export const keyOf = (jobId: string, attempt: number, name: string): string => `jobs/${jobId}/${attempt}/${name}`;

/** Again after a pause while the store says that it may work later; a full disk is tried as long. */
async function retrying<T>(action: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await action();
    } catch (error) {
      if (!(error instanceof AnnealError && error.retryable) || attempt === TRIES) throw error;
      await pause(FIRST_PAUSE * 2 ** (attempt - 1));
    }
  }
}
