/** The thread that has modules recorded, for one that cannot wait for a process. */
import { parentPort, workerData } from 'node:worker_threads';
import { ModuleFault } from './fault.ts';
import type { RecordAnswer, RecordPort, RecordRequest } from './record-ahead.ts';
import { recordFunctions } from './record-functions.ts';

const { port, answered } = workerData as RecordPort;

port.on('message', async ({ module, asks, limits }: RecordRequest) => {
  let answer: RecordAnswer;
  try {
    answer = { functions: await recordFunctions(module, asks, limits) };
  } catch (error) {
    const { message } = error as Error;
    const fault =
      error instanceof ModuleFault ? { kind: error.kind, place: error.place, printed: error.printed } : null;
    answer = { failed: { message, fault } };
  }
  port.postMessage(answer);
  Atomics.add(answered, 0, 1);
  Atomics.notify(answered, 0);
});
parentPort!.postMessage('ready');
