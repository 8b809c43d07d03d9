/** The main thread's end: starts the training thread, hears it, stops it. */
import { Worker } from 'node:worker_threads';
import type { EventBody } from '@anneal/schemas';
import { failureOf } from './failure.ts';
import type { RunOutcome } from './trainer-host.ts';
import {
  type Begin,
  type Failure,
  IN_FLIGHT,
  kibibytes,
  newSharedMemory,
  type Progressed,
  STOP,
  type StopReason,
  stopReasons,
  type TrainerMessage,
} from './trainer-messages.ts';

/** Called in the order in which the training thread said it. */
export interface TrainerListener {
  emit(body: EventBody): void;
  report(update: Progressed): void;
  /** `stored` makes room for more. */
  put(name: string, contentType: string, bytes: Uint8Array, stored: () => void): void;
}

export type TrainerEnd = RunOutcome | { readonly kind: 'failed'; readonly failure: Failure };

export interface Trainer {
  /** Before `begin`. */
  listen(listener: TrainerListener): void;
  begin(task: Begin): void;
  /** Everything that was said before has been heard by then. */
  readonly end: Promise<TrainerEnd>;
  /** Seen by the training thread after the step in hand. A stronger reason replaces a weaker one. */
  requestStop(why: StopReason): void;
  /** Hears nothing more and ends the thread as soon as native code lets go of it. Whether it ended in time. */
  terminate(milliseconds: number): Promise<boolean>;
}

/** The thread loads its libraries at once and waits for `begin`. */
export function startTrainer(entry: URL): Trainer {
  let listener: TrainerListener | undefined;
  let terminated: Promise<boolean> | undefined;
  const shared = newSharedMemory();
  const worker = new Worker(entry, { workerData: shared });
  const gone = new Promise<true>((resolve) => worker.once('exit', () => resolve(true)));

  function stored(size: number): void {
    Atomics.sub(shared, IN_FLIGHT, size);
    Atomics.notify(shared, IN_FLIGHT);
  }

  const end = new Promise<TrainerEnd>((resolve) => {
    worker.on('message', (message: TrainerMessage) => {
      if (message.type === 'emit') listener?.emit(message.body);
      if (message.type === 'report') listener?.report(message.update);
      if (message.type === 'put') {
        const { name, contentType, bytes } = message;
        const size = kibibytes(bytes);
        listener?.put(name, contentType, bytes, () => stored(size));
      }
      if (message.type === 'done') resolve(message.outcome);
      if (message.type === 'failed') resolve({ kind: 'failed', failure: message.failure });
    });
    worker.once('error', (error) => resolve({ kind: 'failed', failure: failureOf(error) }));
    worker.once('exit', (code) => {
      const failure = failureOf(new Error(`the training thread ended by itself with exit code ${code}`));
      resolve({ kind: 'failed', failure });
    });
  });

  return {
    listen(to) {
      listener = to;
    },
    begin: (task) => worker.postMessage(task),
    end,
    requestStop: (why) => void Atomics.store(shared, STOP, stopReasons.indexOf(why)),
    terminate(milliseconds) {
      worker.removeAllListeners('message');
      terminated ??= Promise.race([gone, late(milliseconds)]);
      void worker.terminate();
      return terminated;
    },
  };
}

const late = (milliseconds: number): Promise<false> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds, false).unref());
