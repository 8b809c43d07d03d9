/**
 * Launch tokens: `JOB.SECRET`, by which the runner of a launch shows whose it is. The secret is 256 random bits; only its SHA-256 is kept,
 * one for each job, so a launch makes the tokens of earlier ones worthless.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { AnnealError } from '@anneal/schemas';
import type { Collection, RecordStore } from './ports/record-store.ts';

export interface LaunchTokens {
  /** The token of a new launch. @throws AnnealError conflict if a later one has had its own, store_unavailable */
  issue(jobId: string, launch: number): Promise<string>;
  /** The job of a token; undefined for one that is none, or of an earlier launch. @throws AnnealError store_unavailable */
  jobOf(token: string): Promise<string | undefined>;
}

/** What is kept of the newest launch of a job. */
interface Kept {
  readonly launch: number;
  readonly secretHash: string;
}

const FORM = /^(job_[0-9a-z]{26})\.([A-Za-z0-9_-]{43})$/;
/** Launches of one job at once: one of them tries again. */
const TRIES = 8;

export function launchTokens(records: RecordStore, tenant: string): LaunchTokens {
  const launches: Collection = { tenant, name: 'launches' };
  const read = async (jobId: string) => {
    const found = await records.get(launches, jobId);
    return found && { version: found.version, kept: found.value as unknown as Kept };
  };
  return {
    async issue(jobId, launch) {
      const secret = randomBytes(32).toString('base64url');
      const value: Kept = { launch, secretHash: hashOf(secret).toString('hex') };
      for (let tries = 0; tries < TRIES; tries++) {
        const known = await read(jobId);
        if (known && known.kept.launch > launch) throw new AnnealError('conflict', `${jobId} has been launched again`);
        if (await records.put(launches, jobId, value, known?.version ?? null)) return `${jobId}.${secret}`;
      }
      throw new AnnealError('store_unavailable', `${jobId} is launched by too many at once`);
    },

    async jobOf(token) {
      const [, jobId, secret] = FORM.exec(token) ?? [];
      if (jobId === undefined || secret === undefined) return undefined;
      const kept = (await read(jobId))?.kept;
      return kept && timingSafeEqual(hashOf(secret), Buffer.from(kept.secretHash, 'hex')) ? jobId : undefined;
    },
  };
}

const hashOf = (secret: string): Buffer => createHash('sha256').update(secret).digest();
