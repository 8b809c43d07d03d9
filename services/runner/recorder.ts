/**
 * Writes what an attempt makes, in order: an artifact is stored first and told by an event after that, under the lease. An artifact
 * without an event does not exist for anybody, so a runner whose lease is lost leaves nothing that can be seen.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { ArtifactStore, JobStore, Lease } from '@anneal/core';
import type { Log } from '@anneal/core/log.ts';
import { AnnealError, type EventBody } from '@anneal/schemas';
import { artifactKey, type History, type StoredArtifact } from './history.ts';

interface Put {
  readonly name: string;
  readonly contentType: string;
  readonly bytes: Uint8Array;
  readonly stored: () => void;
}

export interface RecorderOptions {
  readonly jobs: JobStore;
  readonly artifacts: ArtifactStore;
  readonly lease: Lease;
  /** Follows what is written. */
  readonly history: History;
  readonly log: Log;
}

/** Tries of a store that is out of reach or full; the waits between them add up to 6 s. */
const TRIES = 7;
const FIRST_WAIT = 100;

export class Recorder {
  /** Rejects with the error that ended the writing. */
  readonly failed: Promise<never>;
  #fail: (error: unknown) => void = () => undefined;
  #waiting: (Put | EventBody)[] = [];
  #writing: Promise<void> | undefined;
  #stopped = false;

  constructor(private readonly options: RecorderOptions) {
    this.failed = new Promise((_resolve, reject) => {
      this.#fail = reject;
    });
    this.failed.catch(() => undefined);
  }

  event(body: EventBody): void {
    this.#add(body);
  }

  /** Takes the bytes over; `stored` is called once they are in the store. */
  put(name: string, contentType: string, bytes: Uint8Array, stored: () => void = () => undefined): void {
    this.#add({ name, contentType, bytes, stored });
  }

  /** Done when everything has been written. @throws what ended the writing */
  async idle(): Promise<void> {
    await Promise.race([this.#writing, this.failed]);
  }

  /** Writes nothing more. */
  stop(): void {
    this.#stopped = true;
    this.#waiting = [];
  }

  #add(item: Put | EventBody): void {
    if (this.#stopped) return;
    this.#waiting.push(item);
    this.#writing ??= this.#write()
      .catch((error) => {
        this.stop();
        this.#fail(error);
      })
      .finally(() => {
        this.#writing = undefined;
      });
  }

  async #write(): Promise<void> {
    while (this.#waiting.length > 0) {
      const bodies: EventBody[] = [];
      for (const item of this.#waiting.splice(0)) {
        if (this.#stopped) return;
        bodies.push('type' in item ? item : { type: 'artifact', artifact: await this.#store(item) });
      }
      await this.#append(bodies);
    }
  }

  async #store({ name, contentType, bytes, stored }: Put): Promise<StoredArtifact> {
    const { artifacts, lease } = this.options;
    const key = artifactKey(lease.jobId, { attempt: lease.attempt, name });
    const { size, sha256 } = await this.#insist(() => artifacts.putIfAbsent(key, bytes, contentType));
    stored();
    return { name, size, sha256, contentType, attempt: lease.attempt };
  }

  async #append(bodies: readonly EventBody[]): Promise<void> {
    const { jobs, artifacts, lease, history, log } = this.options;
    await this.#insist(() => jobs.appendEvents(lease.jobId, bodies, lease));
    for (const worthless of bodies.flatMap((body) => history.add(body))) {
      const key = artifactKey(lease.jobId, worthless);
      await artifacts.remove(key).catch((err) => log.warn({ err, key }, 'a replaced checkpoint could not be removed'));
    }
  }

  async #insist<T>(act: () => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries++) {
      try {
        return await act();
      } catch (error) {
        const again = error instanceof AnnealError && error.retryable && tries < TRIES;
        if (!again || this.#stopped) throw error;
        await pause(FIRST_WAIT * 2 ** (tries - 1));
      }
    }
  }
}
