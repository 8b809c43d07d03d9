/** What the main thread and the training thread of a runner say to each other, and the memory they share. */
import type { ErrorDetail, EventBody, PlanReport, Progress, Spec } from '@anneal/schemas';
import type { RunContext, RunOutcome } from './trainer-host.ts';

export type StopReason = 'cancel' | 'pause' | 'leave';

/** To the training thread, once. */
export interface Begin {
  readonly spec: Spec;
  readonly context: RunContext;
}

/** Why training failed: `detail` is what the user sees, `stack` goes into the log. */
export interface Failure {
  readonly detail: ErrorDetail;
  readonly stack: string;
}

export type Progressed = { readonly progress?: Progress; readonly plan?: PlanReport };

/** From the training thread, in order; `done` or `failed` is the last. */
export type TrainerMessage =
  | { readonly type: 'emit'; readonly body: EventBody }
  | { readonly type: 'report'; readonly update: Progressed }
  | { readonly type: 'put'; readonly name: string; readonly contentType: string; readonly bytes: Uint8Array }
  | { readonly type: 'done'; readonly outcome: RunOutcome }
  | { readonly type: 'failed'; readonly failure: Failure };

/** Shared integers: the stop that is asked for (an index into `stopReasons`), and the KiB on their way to the store. */
export const STOP = 0;
export const IN_FLIGHT = 1;
export const stopReasons = [null, 'leave', 'pause', 'cancel'] as const satisfies readonly (StopReason | null)[];

export const newSharedMemory = (): Int32Array<SharedArrayBuffer> => new Int32Array(new SharedArrayBuffer(8));

export const kibibytes = (bytes: Uint8Array): number => Math.ceil(bytes.byteLength / 1024);
