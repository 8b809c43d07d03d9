/** Has modules recorded by a thread of its own, for one that traces a step and cannot wait for a process in the meantime. */
import { once } from 'node:events';
import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads';
import type { OwnModule, RecordAsk, RecordedFunction } from '@anneal/schemas';
import { ModuleFault } from './fault.ts';
import { type Limits, limits as ordinary } from './limits.ts';

export interface RecordRequest {
  readonly module: OwnModule;
  readonly asks: readonly RecordAsk[];
  readonly limits: Limits;
}

export type RecordAnswer =
  | { readonly functions: readonly RecordedFunction[] }
  | {
      readonly failed: {
        readonly message: string;
        readonly fault: Pick<ModuleFault, 'kind' | 'place' | 'printed'> | null;
      };
    };

/** One end of a channel to the thread. */
export interface RecordPort {
  readonly port: MessagePort;
  /** Counts the answers, and wakes who waits for one. */
  readonly answered: Int32Array<SharedArrayBuffer>;
}

/** The thread's program, from source or as dist/module-recorder.js. */
const entry = (): URL =>
  new URL(import.meta.url.endsWith('.ts') ? './record-thread.mjs' : './module-recorder.js', import.meta.url);

/** Seconds that the thread gets beyond what the module may take. */
const PATIENCE = 60;

/** It keeps nobody alive, and ends with the thread that started it; the confined process ends with it. */
export class RecordThread {
  private seen = 0;

  private constructor(
    private readonly worker: Worker,
    private readonly own: RecordPort,
    private readonly limits: Limits,
  ) {}

  /** Ready when it is there: it could not be loaded while this thread is busy. */
  static async start(limits: Limits = ordinary): Promise<RecordThread> {
    const { port1, port2 } = new MessageChannel();
    const answered = new Int32Array(new SharedArrayBuffer(4));
    const worker = new Worker(entry(), { workerData: { port: port2, answered }, transferList: [port2] });
    await once(worker, 'message');
    worker.unref();
    port1.unref();
    return new RecordThread(worker, { port: port1, answered }, limits);
  }

  /** Waits for it. @throws ModuleFault */
  record(module: OwnModule, asks: readonly RecordAsk[]): readonly RecordedFunction[] {
    const { port, answered } = this.own;
    const request: RecordRequest = { module, asks, limits: this.limits };
    port.postMessage(request);
    const patience = 1000 * (this.limits.seconds + PATIENCE);
    for (;;) {
      const received = receiveMessageOnPort(port) as { message: RecordAnswer } | undefined;
      if (received) return opened(received.message);
      if (Atomics.wait(answered, 0, this.seen, patience) === 'timed-out')
        throw new Error(`the thread that records modules has not answered for ${patience / 1000} s`);
      this.seen = Atomics.load(answered, 0);
    }
  }

  async close(): Promise<void> {
    this.own.port.close();
    await this.worker.terminate();
  }
}

function opened(answer: RecordAnswer): readonly RecordedFunction[] {
  if (!('failed' in answer)) return answer.functions;
  const { message, fault } = answer.failed;
  throw fault ? new ModuleFault(fault.kind, message, fault.place, fault.printed) : new Error(message);
}
