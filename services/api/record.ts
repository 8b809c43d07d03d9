/**
 * What the events of a job add up to: its artifacts, findings, epochs and checkpoints. A record is kept for the jobs asked about
 * last and reads only the events that came since.
 */
import type { ArtifactStore, JobStore } from '@anneal/core';
import { AnnealError, type ArtifactList, type EventBody, type Finding, manifest } from '@anneal/schemas';

export type StoredArtifact = ArtifactList['artifacts'][number];
export type EpochEvent = Extract<EventBody, { type: 'epoch' }>;

export interface JobRecord {
  readonly jobId: string;
  /** By name; of two attempts the later one wins. */
  readonly artifacts: ReadonlyMap<string, StoredArtifact>;
  /** Whether the manifest is there. */
  readonly complete: boolean;
  /** In the order told; of two by one rule the later one counts. */
  readonly findings: readonly Finding[];
  /** In order of their steps; what a later attempt did again counts once. */
  readonly epochs: readonly EpochEvent[];
  readonly checkpoints: readonly { name: string; step: number; score: number | null }[];
  /** All parts of the per-step metrics, those of superseded attempts included. */
  readonly parts: readonly StoredArtifact[];
}

export interface Records {
  /** @throws AnnealError not_found */
  of(jobId: string): Promise<JobRecord>;
}

export const artifactKey = (jobId: string, { attempt, name }: { attempt: number; name: string }): string =>
  `jobs/${jobId}/${attempt}/${name}`;

const PAGE = 500;

/** Keeps the records of at most `capacity` jobs. */
export function createRecords(jobs: JobStore, artifacts: ArtifactStore, capacity = 64): Records {
  const kept = new Map<string, Fold>();
  return {
    async of(jobId) {
      let fold = kept.get(jobId);
      if (!fold) {
        await jobs.get(jobId);
        fold = kept.get(jobId) ?? new Fold(jobId);
      }
      kept.delete(jobId);
      kept.set(jobId, fold);
      const [oldest] = kept.keys();
      if (kept.size > capacity && oldest !== undefined) kept.delete(oldest);
      await fold.catchUp(jobs);
      return fold.finish(artifacts);
    },
  };
}

class Fold {
  readonly #artifacts = new Map<string, StoredArtifact>();
  readonly #parts: StoredArtifact[] = [];
  readonly #epochs: EpochEvent[] = [];
  readonly #findings = new Map<string, Finding>();
  readonly #checkpoints = new Map<string, { name: string; step: number; score: number | null }>();

  #after = 0;
  #catchingUp: Promise<void> | undefined;
  #listed: ReadonlySet<string> | undefined;

  constructor(readonly jobId: string) {}

  /** Reads what is new; callers at once share one reading. */
  catchUp(jobs: JobStore): Promise<void> {
    this.#catchingUp ??= this.#read(jobs).finally(() => {
      this.#catchingUp = undefined;
    });
    return this.#catchingUp;
  }

  async #read(jobs: JobStore): Promise<void> {
    for (;;) {
      const events = await jobs.readEvents(this.jobId, this.#after, PAGE);
      for (const { seq, body } of events) {
        this.#add(body);
        this.#after = seq;
      }
      if (events.length < PAGE) return;
    }
  }

  #add(body: EventBody): void {
    if (body.type === 'finding') {
      this.#findings.delete(body.finding.rule);
      this.#findings.set(body.finding.rule, body.finding);
    }
    if (body.type === 'checkpoint') {
      const { name, step, score, replaces } = body;
      for (const old of replaces) this.#remove(old);
      this.#checkpoints.set(name, { name, step, score });
    }
    if (body.type === 'epoch') {
      while ((this.#epochs.at(-1)?.step ?? 0) >= body.step) this.#epochs.pop();
      this.#epochs.push(body);
    }
    if (body.type === 'artifact') {
      this.#artifacts.set(body.artifact.name, body.artifact);
      if (body.artifact.name.startsWith('metrics/')) this.#parts.push(body.artifact);
    }
  }

  /** A checkpoint whose files have been removed from the store. */
  #remove(checkpoint: string): void {
    this.#checkpoints.delete(checkpoint);
    for (const name of [...this.#artifacts.keys()]) if (name.startsWith(`${checkpoint}/`)) this.#artifacts.delete(name);
  }

  /** Once the manifest is there, it says which artifacts count. */
  async finish(store: ArtifactStore): Promise<JobRecord> {
    const found = this.#artifacts.get('manifest.json');
    if (found && !this.#listed) this.#listed = await readManifest(store, artifactKey(this.jobId, found));
    const listed = this.#listed;
    const counting = [...this.#artifacts].filter(([name]) => !listed || name === 'manifest.json' || listed.has(name));
    return {
      jobId: this.jobId,
      artifacts: new Map(counting),
      complete: listed !== undefined,
      findings: [...this.#findings.values()],
      epochs: [...this.#epochs],
      checkpoints: [...this.#checkpoints.values()].sort((a, b) => a.step - b.step),
      parts: [...this.#parts],
    };
  }
}

async function readManifest(store: ArtifactStore, key: string): Promise<ReadonlySet<string>> {
  const { body } = await store.get(key);
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of body) text += decoder.decode(chunk, { stream: true });
  const parsed = manifest.safeParse(JSON.parse(text));
  if (!parsed.success) throw new AnnealError('internal', `the manifest at ${key} is damaged`);
  return new Set(parsed.data.artifacts.map(({ name }) => name));
}
