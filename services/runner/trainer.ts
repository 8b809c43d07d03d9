/** The training thread as the main thread sees it: started, told to stop, and ended by force if it does not. */
import { Worker } from 'node:worker_threads';
import type { ErrorDetail, TrainSpec } from '@anneal/schemas';
import { Control, type FromTrainer, type Stop, type TrainerData } from './messages.ts';
import type { TrainContext, TrainOutcome } from './trainer-host.ts';

export type Ended = { readonly kind: 'failed'; readonly error: ErrorDetail; readonly stack: string } | TrainOutcome;

/** Milliseconds that training gets to end by itself once it has been asked to. */
const PATIENCE = 8000;

export interface TrainerEvents {
  /** Every message but the last. `sent` is to be called when the bytes of a `put` have been stored. */
  onMessage(message: Exclude<FromTrainer, { type: 'done' | 'failed' }>, sent: () => void): void;
}

export class Trainer {
  private readonly control = new Control();
  private readonly worker: Worker;
  private forced: NodeJS.Timeout | null = null;
  readonly ended: Promise<Ended>;

  constructor(entry: URL, spec: TrainSpec, context: TrainContext, events: TrainerEvents, execArgv?: string[]) {
    const data: TrainerData = { spec, context, control: this.control.buffer };
    this.worker = new Worker(entry, { workerData: data, ...(execArgv && { execArgv }) });
    this.ended = new Promise((resolve) => {
      this.worker.on('message', (message: FromTrainer) => {
        if (message.type === 'done') resolve(message.outcome);
        else if (message.type === 'failed') resolve({ kind: 'failed', error: message.error, stack: message.stack });
        else events.onMessage(message, () => message.type === 'put' && this.control.sent(message.bytes.byteLength));
      });
      this.worker.on('error', (error: Error & { code?: string }) => resolve(broken(error)));
      this.worker.on('exit', () => resolve(this.killed()));
    });
    void this.ended.then(() => this.forced && clearTimeout(this.forced));
  }

  /** Asks for an end after the step in hand; ends by force what does not listen. */
  stop(why: NonNullable<Stop>): void {
    if (this.control.stop === why) return;
    this.control.stop = why;
    this.forced ??= setTimeout(() => void this.worker.terminate(), PATIENCE);
  }

  async terminate(): Promise<void> {
    await this.worker.terminate();
  }

  private killed(): Ended {
    const why = this.control.stop;
    if (why) return { kind: 'stopped', by: why };
    return failed('internal', 'the training thread ended without a word');
  }
}

function broken(error: Error & { code?: string }): Ended {
  if (error.code === 'ERR_WORKER_OUT_OF_MEMORY')
    return failed('out_of_memory', 'training ran out of memory: the training thread reached its limit');
  return {
    ...failed('internal', `the training thread broke: ${error.message.split('\n')[0]}`),
    stack: error.stack ?? '',
  };
}

const failed = (code: ErrorDetail['code'], message: string) => ({
  kind: 'failed' as const,
  error: { code, message, param: null, retryable: false },
  stack: '',
});
