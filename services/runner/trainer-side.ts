/** The training thread's end: a TrainerHost that hands everything to the main thread. */
import { isMainThread, parentPort, workerData } from 'node:worker_threads';
import { failureOf } from './failure.ts';
import type { RunSpec, TrainerHost } from './trainer-host.ts';
import { type Begin, IN_FLIGHT, kibibytes, STOP, stopReasons, type TrainerMessage } from './trainer-messages.ts';

/** KiB that may be on their way to the store. */
const MOST_IN_FLIGHT = 256 * 1024;

/** Runs `run` when the main thread says so. Called once, by the entry of the thread. */
export function trainHere(run: RunSpec): void {
  if (isMainThread || !parentPort) throw new Error('the trainer runs in a worker thread of the runner');
  const port = parentPort;
  const say = (message: TrainerMessage, transfer: ArrayBuffer[] = []): void => port.postMessage(message, transfer);
  const host = hostOn(workerData as Int32Array<SharedArrayBuffer>, say);
  port.once('message', async ({ spec, context }: Begin) => {
    try {
      const datasets = context.datasets ?? undefined;
      say({ type: 'done', outcome: await run(spec, { ...host, datasets }, context) });
    } catch (error) {
      say({ type: 'failed', failure: failureOf(error) });
    }
  });
}

function hostOn(
  shared: Int32Array<SharedArrayBuffer>,
  say: (message: TrainerMessage, transfer?: ArrayBuffer[]) => void,
): TrainerHost {
  return {
    emit: (body) => say({ type: 'emit', body }),
    report: (update) => say({ type: 'report', update }),
    put(name, contentType, given) {
      const bytes = whole(given);
      const size = kibibytes(bytes);
      for (let now = Atomics.load(shared, IN_FLIGHT); now > 0 && now + size > MOST_IN_FLIGHT; ) {
        Atomics.wait(shared, IN_FLIGHT, now);
        now = Atomics.load(shared, IN_FLIGHT);
      }
      Atomics.add(shared, IN_FLIGHT, size);
      say({ type: 'put', name, contentType, bytes }, [bytes.buffer]);
    },
    stopRequested: () => stopReasons[Atomics.load(shared, STOP)] ?? null,
  };
}

/** Bytes with a buffer of their own, which can be handed over: a copy where they share it, as small Buffers do. */
function whole(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const { buffer } = bytes;
  const own = buffer instanceof ArrayBuffer && buffer.byteLength === bytes.byteLength;
  return own ? new Uint8Array(buffer) : new Uint8Array(bytes);
}
