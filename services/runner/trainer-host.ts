/** What training says to the process around it, and what it may ask. Called from the training thread; none of it blocks for long. */
import type { EventBody, JobResult, PlanReport, Progress, Spec } from '@anneal/schemas';
import type { Reckoning } from './reckoning.ts';
import type { Sources } from './sources.ts';

export interface TrainerHost {
  /** Holds a folder for each uploaded data set that the job reads, called by its id. */
  readonly datasets?: string | undefined;
  /** An event for the job's record: notice, finding, epoch, checkpoint. */
  emit(body: EventBody): void;
  /** Latest progress or the plan; only the newest is kept. */
  report(update: { readonly progress?: Progress; readonly plan?: PlanReport }): void;
  /** A finished artifact. Waits while more than 256 MiB are on their way to the store. Takes the bytes over: don't touch them after. */
  put(name: string, contentType: string, bytes: Uint8Array): void;
  /** Why training should end after the step in hand, if it should. `leave`: the machine is going away. */
  stopRequested(): 'cancel' | 'pause' | 'leave' | null;
}

/** A checkpoint to go on from: its name, as in `checkpoints/epoch-003-val-0.9123`, and its files by name within it. */
export interface ResumePoint {
  readonly name: string;
  readonly step: number;
  readonly files: ReadonlyMap<string, Uint8Array>;
}

export interface RunContext {
  readonly jobId: string;
  readonly attempt: number;
  /** Milliseconds since 1970. */
  readonly submittedAt: number;
  readonly resume: ResumePoint | null;
  /** Holds the uploaded data sets that it reads; null where it reads none. */
  readonly datasets: string | null;
  /** The trained models of other jobs that it works on; null for a train job. */
  readonly sources: Sources | null;
  /** Of a train job on a machine that is known. */
  readonly reckoning: Reckoning | null;
}

/** What a train job that went through in one attempt has shown about its machine. */
export interface Measured {
  readonly kind: string;
  readonly data: string;
  /** Of a step. */
  readonly flops: number;
  readonly bytes: number;
  readonly secondsPerStep: number;
  /** Milliseconds since 1970. */
  readonly firstStepAt: number;
  readonly trainedAt: number;
}

export type RunOutcome =
  | { readonly kind: 'succeeded'; readonly result: JobResult; readonly measured?: Measured | null }
  | {
      readonly kind: 'stopped';
      readonly by: 'cancel' | 'pause' | 'leave';
      /** Why training stopped of itself; left out where it was asked to. */
      readonly reason?: string;
    };

/** Runs a job of one kind from end to end. @throws AnnealError saying in one sentence why the job failed */
export type RunSpec<S extends Spec = Spec> = (spec: S, host: TrainerHost, context: RunContext) => Promise<RunOutcome>;
