/** What a job has made so far, as its events tell it: of earlier attempts, and of this one as it goes on. */
import type { JobStore } from '@anneal/core';
import type { Artifact, EventBody, Forecast } from '@anneal/schemas';
import { Spending } from './spending.ts';

export interface StoredArtifact extends Artifact {
  readonly attempt: number;
}

export interface StoredCheckpoint {
  readonly name: string;
  readonly step: number;
  readonly files: readonly StoredArtifact[];
}

export const artifactKey = (jobId: string, { attempt, name }: { attempt: number; name: string }): string =>
  `jobs/${jobId}/${attempt}/${name}`;

export class History {
  /** By name; of two attempts the later one wins. */
  readonly artifacts = new Map<string, StoredArtifact>();
  /** Parts of the metrics, those of the same name in several attempts included. */
  readonly parts: StoredArtifact[] = [];
  /** By name, in the order they were written, without those that were replaced. */
  readonly checkpoints = new Map<string, StoredCheckpoint>();
  /** Of attempts before this one. */
  readonly spending = new Spending();
  /** Made by the first attempt. */
  forecast: Forecast | null = null;

  /** Takes note of an event. Returns the artifacts that it makes worthless. */
  add(body: EventBody): readonly StoredArtifact[] {
    if (body.type === 'artifact') {
      this.artifacts.set(body.artifact.name, body.artifact);
      if (body.artifact.name.startsWith('metrics/')) this.parts.push(body.artifact);
    }
    if (body.type === 'forecast') this.forecast ??= body.forecast;
    if (body.type !== 'checkpoint') return [];
    const { name, step } = body;
    const worthless = body.replaces.flatMap((old) => this.#drop(old));
    this.checkpoints.delete(name);
    this.checkpoints.set(name, { name, step, files: this.#filesOf(name) });
    return worthless;
  }

  #filesOf(checkpoint: string): StoredArtifact[] {
    return [...this.artifacts.values()].filter(({ name }) => name.startsWith(`${checkpoint}/`));
  }

  #drop(checkpoint: string): StoredArtifact[] {
    const files = this.#filesOf(checkpoint);
    for (const { name } of files) this.artifacts.delete(name);
    this.checkpoints.delete(checkpoint);
    return files;
  }
}

const PAGE = 500;

export async function readHistory(jobs: JobStore, jobId: string): Promise<History> {
  const history = new History();
  for (let after = 0; ; ) {
    const events = await jobs.readEvents(jobId, after, PAGE);
    for (const event of events) {
      after = event.seq;
      history.add(event.body);
      history.spending.add(event);
    }
    if (events.length < PAGE) return history;
  }
}
