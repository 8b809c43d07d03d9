/** The thread that reads examples ahead. No TensorFlow here. */
import { parentPort, workerData } from 'node:worker_threads';
import { AnnealError } from '@anneal/schemas';
import type { ReadAnswer, ReadPort, ReadRequest } from './read-ahead.ts';
import { StoredReader, type StoredRows } from './stored-rows.ts';

let reader: StoredReader | undefined;

parentPort!.on('message', ({ port, answered }: ReadPort) => {
  port.on('message', (request: ReadRequest) => {
    const answer = read(request);
    if ('failed' in answer) port.postMessage(answer);
    else port.postMessage(answer, [answer.inputs.buffer, answer.labels.buffer]);
    Atomics.add(answered, 0, 1);
    Atomics.notify(answered, 0);
  });
});
parentPort!.postMessage('ready');

function read({ rows, inputs, labels }: ReadRequest): ReadAnswer {
  try {
    reader ??= new StoredReader(workerData as StoredRows);
    reader.inputs(rows, inputs);
    reader.labels(rows, labels);
    return { inputs, labels };
  } catch (error) {
    const detail = error instanceof AnnealError ? error.detail() : null;
    return { failed: { message: (error as Error).message, detail } };
  }
}
