/** What passes between the runner's main thread and the training thread. */
import type { ErrorDetail, EventBody, PlanReport, Progress, TrainSpec } from '@anneal/schemas';
import type { TrainContext, TrainOutcome } from './trainer-host.ts';

export type FromTrainer =
  | { readonly type: 'emit'; readonly body: EventBody }
  | { readonly type: 'report'; readonly progress?: Progress; readonly plan?: PlanReport }
  | { readonly type: 'put'; readonly name: string; readonly contentType: string; readonly bytes: Uint8Array }
  | { readonly type: 'done'; readonly outcome: TrainOutcome }
  | { readonly type: 'failed'; readonly error: ErrorDetail; readonly stack: string };

export interface TrainerData {
  readonly spec: TrainSpec;
  readonly context: TrainContext;
  readonly control: SharedArrayBuffer;
}

/** Why training should end; the index is what lies in the shared memory. */
const STOPS = [null, 'cancel', 'pause', 'leave'] as const;
export type Stop = (typeof STOPS)[number];

const STOP = 0;
const IN_FLIGHT = 1;

/** Bytes on their way to the store beyond which the training thread waits. */
const MOST_IN_FLIGHT = 256 * 2 ** 20;
const KIB = 1024;

/** Memory that both threads see: the wish to stop, and how much is on its way to the store. */
export class Control {
  private readonly cells: Int32Array;

  constructor(readonly buffer: SharedArrayBuffer = new SharedArrayBuffer(8)) {
    this.cells = new Int32Array(buffer);
  }

  get stop(): Stop {
    return STOPS[Atomics.load(this.cells, STOP)] ?? null;
  }

  set stop(why: Stop) {
    Atomics.store(this.cells, STOP, STOPS.indexOf(why));
  }

  /** By the training thread, before it sends so many bytes: waits while too much is on its way. */
  send(bytes: number): void {
    for (;;) {
      const now = Atomics.load(this.cells, IN_FLIGHT);
      if (now * KIB <= MOST_IN_FLIGHT) break;
      Atomics.wait(this.cells, IN_FLIGHT, now);
    }
    Atomics.add(this.cells, IN_FLIGHT, Math.ceil(bytes / KIB));
  }

  /** By the main thread, when so many bytes have been stored. */
  sent(bytes: number): void {
    Atomics.sub(this.cells, IN_FLIGHT, Math.ceil(bytes / KIB));
    Atomics.notify(this.cells, IN_FLIGHT);
  }
}
