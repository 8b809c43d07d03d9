/**
 * What runs have taken on a machine, kept beside the jobs: one record for each machine and kind of run, with its latest runs. A runner
 * notes each train job that went through in one go; forecasts read them.
 */
import { z } from 'zod';
import type { RecordStore } from '../ports/record-store.ts';
import { tenantOf } from '../tenant.ts';

export const observation = z.object({
  /** Of one step: operations and bytes, as `runWork` reckons them. */
  flops: z.number(),
  bytes: z.number(),
  /** Of training and evaluation, evaluation counted as the steps that it is worth. */
  secondsPerStep: z.number().positive(),
  /** From the start of the runner to the first step, and from the last one to the end. */
  startSeconds: z.number().nonnegative(),
  endSeconds: z.number().nonnegative(),
  data: z.string(),
});
export type Observation = z.output<typeof observation>;

const record = z.object({ machine: z.string(), kind: z.string(), observations: z.array(observation) });

/** Runs that are kept of a machine and kind. */
export const KEPT = 32;
/** Two runners that note at once: one of them tries again. */
const TRIES = 8;

export interface Calibrations {
  /** The latest last; none where nothing was measured. @throws AnnealError store_unavailable */
  of(machine: string, kind: string): Promise<readonly Observation[]>;
  /** @throws AnnealError store_unavailable */
  note(machine: string, kind: string, measured: Observation): Promise<void>;
}

/** @param address of the job store that the records lie beside: a tenant's runs are its own */
export function calibrationsOf(records: RecordStore, address: string): Calibrations {
  const collection = { tenant: tenantOf(address), name: 'calibrations' } as const;

  async function read(machine: string, kind: string) {
    const stored = await records.get(collection, idOf(machine, kind));
    const parsed = record.safeParse(stored?.value);
    // A record of an older shape, or of a machine whose name only looks alike, counts for nothing, and is written anew.
    const valid = parsed.success && parsed.data.machine === machine && parsed.data.kind === kind;
    return { version: stored?.version ?? null, observations: valid ? parsed.data.observations : [] };
  }

  return {
    of: async (machine, kind) => (await read(machine, kind)).observations,

    async note(machine, kind, measured) {
      for (let tries = 0; tries < TRIES; tries++) {
        const { version, observations } = await read(machine, kind);
        const value = { machine, kind, observations: [...observations, measured].slice(-KEPT) };
        if (await records.put(collection, idOf(machine, kind), value, version)) return;
      }
      throw new Error(`the calibration of ${machine} is written by too many at once`);
    },
  };
}

const idOf = (machine: string, kind: string): string =>
  `${machine.replace(/[^A-Za-z0-9]+/g, '-').slice(0, 120)}.${kind}`;
