/** The training thread: runs the job and posts what happens. Native work blocks this thread only. */
import { parentPort, workerData } from 'node:worker_threads';
import { AnnealError, type ErrorDetail } from '@anneal/schemas';
import { Control, type FromTrainer, type TrainerData } from './messages.ts';
import { runTrain } from './run-train.ts';
import type { RunTrain, TrainerHost } from './trainer-host.ts';

/** Runs a job by `run` in the thread that this is called in. */
export async function runInThread(run: RunTrain): Promise<void> {
  const { spec, context, control: buffer } = workerData as TrainerData;
  const control = new Control(buffer);
  const post = (message: FromTrainer, transfer: ArrayBuffer[] = []) => parentPort!.postMessage(message, transfer);
  const host: TrainerHost = {
    emit: (body) => post({ type: 'emit', body }),
    report: (update) => post({ type: 'report', ...update }),
    put: (name, contentType, bytes) => {
      control.send(bytes.byteLength);
      const own = ownBuffer(bytes);
      post({ type: 'put', name, contentType, bytes: own }, [own.buffer as ArrayBuffer]);
    },
    stopRequested: () => control.stop,
  };
  try {
    post({ type: 'done', outcome: await run(spec, host, context) });
  } catch (error) {
    post({
      type: 'failed',
      error: explain(error),
      stack: error instanceof Error ? (error.stack ?? '') : String(error),
    });
  }
}

/** Bytes in a buffer that may be given away: small Buffers share a pool. */
const ownBuffer = (bytes: Uint8Array): Uint8Array =>
  bytes.byteLength === bytes.buffer.byteLength && !(bytes.buffer instanceof SharedArrayBuffer)
    ? bytes
    : new Uint8Array(bytes);

function explain(error: unknown): ErrorDetail {
  if (error instanceof AnnealError) return error.detail();
  const text = (error instanceof Error ? error.message : String(error)).split('\n')[0]!.slice(0, 500);
  const memory = /OOM|out of memory|allocat/i.test(text);
  const message = memory ? `training ran out of memory: ${text}` : `training ended by an error inside Anneal: ${text}`;
  return { code: memory ? 'out_of_memory' : 'internal', message, param: null, retryable: false };
}

if (parentPort) await runInThread(runTrain);
