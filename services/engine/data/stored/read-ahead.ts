/**
 * Reads examples in a thread of its own while this one computes. Once the thread runs both ends talk without an event loop: the steps of a
 * run are taken by one synchronous loop.
 */
import { once } from 'node:events';
import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads';
import { AnnealError, type ErrorDetail } from '@anneal/schemas';
import type { InputValues, LabelValues, StoredRows } from './stored-rows.ts';

/** Memory that rows are read into; its owner changes with the request and with the answer. */
export interface Pair {
  readonly inputs: InputValues;
  readonly labels: LabelValues;
}

export interface ReadRequest extends Pair {
  readonly rows: Int32Array;
}

export type ReadAnswer = Pair | { readonly failed: { readonly message: string; readonly detail: ErrorDetail | null } };

/** One end of a channel to the thread. */
export interface ReadPort {
  readonly port: MessagePort;
  /** Counts the answers, and wakes who waits for one. */
  readonly answered: Int32Array<SharedArrayBuffer>;
}

/** The thread's program, from source or as dist/examples-reader.js. */
const entry = (): URL =>
  new URL(import.meta.url.endsWith('.ts') ? './read-thread.mjs' : './examples-reader.js', import.meta.url);

/** The thread. It keeps nobody alive, and ends with the thread that started it. */
export class ReadThread {
  /** Pairs that nobody uses at the moment, of all who read this data set. */
  readonly free: Pair[] = [];

  private constructor(private readonly worker: Worker) {}

  /** Ready when it is there: it could not be loaded while this thread is busy. */
  static async start(stored: StoredRows): Promise<ReadThread> {
    const worker = new Worker(entry(), { workerData: stored });
    await once(worker, 'message');
    worker.unref();
    return new ReadThread(worker);
  }

  channel(): ReadAhead {
    const { port1, port2 } = new MessageChannel();
    const answered = new Int32Array(new SharedArrayBuffer(4));
    const theirs: ReadPort = { port: port2, answered };
    this.worker.postMessage(theirs, [port2]);
    return new ReadAhead({ port: port1, answered });
  }
}

/** Milliseconds after which a disk, or the thread, is given up. */
const PATIENCE = 300_000;

/** One request at a time. */
export class ReadAhead {
  /** What is being read or has been and is to be taken: the key of its request. */
  pending: number | null = null;
  private seen = 0;

  constructor(private readonly own: ReadPort) {
    own.port.unref();
  }

  /** Hands the pair over to be read into. Nothing may be pending. */
  request(key: number, rows: Int32Array, pair: Pair): void {
    const request: ReadRequest = { rows, ...pair };
    this.own.port.postMessage(request, [pair.inputs.buffer, pair.labels.buffer]);
    this.pending = key;
  }

  /** Waits for the pending pair and takes it. @throws AnnealError what reading threw */
  take(): Pair {
    const { port, answered } = this.own;
    for (;;) {
      const received = receiveMessageOnPort(port) as { message: ReadAnswer } | undefined;
      if (received) {
        this.pending = null;
        return opened(received.message);
      }
      if (Atomics.wait(answered, 0, this.seen, PATIENCE) === 'timed-out')
        throw new Error(`the thread that reads examples has not answered for ${PATIENCE / 1000} s`);
      this.seen = Atomics.load(answered, 0);
    }
  }

  close(): void {
    this.own.port.close();
  }
}

function opened(answer: ReadAnswer): Pair {
  if (!('failed' in answer)) return answer;
  const { message, detail } = answer.failed;
  throw detail ? new AnnealError(detail.code, detail.message, detail.param) : new Error(message);
}
