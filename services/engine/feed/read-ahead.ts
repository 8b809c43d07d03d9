/**
 * Reads examples in a thread of its own, one request at a time, while this thread computes. Both ends talk without an event loop: the steps of
 * a run are taken by one synchronous loop.
 */
import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads';
import { AnnealError, type ErrorDetail } from '@anneal/schemas';
import type { InputValues, LabelValues, StoredRows } from '../data/stored/stored-rows.ts';

/** Memory that rows are read into; its owner changes with the request and with the answer. */
export interface Pair {
  readonly inputs: InputValues;
  readonly labels: LabelValues;
}

export interface ReadRequest extends Pair {
  readonly rows: Int32Array;
}

export type ReadAnswer = Pair | { readonly failed: { readonly message: string; readonly detail: ErrorDetail | null } };

export interface ReadTask {
  readonly stored: StoredRows;
  readonly port: MessagePort;
  /** Counts the answers, and wakes who waits for one. */
  readonly answered: Int32Array<SharedArrayBuffer>;
}

/** The thread's program, from source or as dist/examples-reader.js. */
const entry = (): URL =>
  new URL(import.meta.url.endsWith('.ts') ? './read-thread.ts' : './examples-reader.js', import.meta.url);

/** Milliseconds after which a disk, or the thread, is given up. */
const PATIENCE = 300_000;

export class ReadAhead {
  /** What is being read or has been and is to be taken: the key of its request. */
  pending: number | null = null;
  private readonly worker: Worker;
  private readonly port: MessagePort;
  private readonly answered = new Int32Array(new SharedArrayBuffer(4));
  private seen = 0;

  constructor(stored: StoredRows) {
    const { port1, port2 } = new MessageChannel();
    this.port = port1;
    const task: ReadTask = { stored, port: port2, answered: this.answered };
    this.worker = new Worker(entry(), { workerData: task, transferList: [port2] });
    this.worker.unref();
    this.port.unref();
  }

  /** Hands the pair over to be read into. Nothing may be pending. */
  request(key: number, rows: Int32Array, pair: Pair): void {
    const request: ReadRequest = { rows, ...pair };
    this.port.postMessage(request, [pair.inputs.buffer, pair.labels.buffer]);
    this.pending = key;
  }

  /** Waits for the pending pair and takes it. @throws AnnealError what reading threw */
  take(): Pair {
    for (;;) {
      const received = receiveMessageOnPort(this.port) as { message: ReadAnswer } | undefined;
      if (received) {
        this.pending = null;
        return opened(received.message);
      }
      const outcome = Atomics.wait(this.answered, 0, this.seen, PATIENCE);
      if (outcome === 'timed-out')
        throw new Error(`the thread that reads examples has not answered for ${PATIENCE / 1000} s`);
      this.seen = Atomics.load(this.answered, 0);
    }
  }

  close(): void {
    this.port.close();
    void this.worker.terminate();
  }
}

function opened(answer: ReadAnswer): Pair {
  if (!('failed' in answer)) return answer;
  const { message, detail } = answer.failed;
  throw detail ? new AnnealError(detail.code, detail.message, detail.param) : new Error(message);
}
