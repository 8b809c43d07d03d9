/** The thread that reads examples ahead. No TensorFlow here. */
import { workerData } from 'node:worker_threads';
import { AnnealError } from '@anneal/schemas';
import { StoredReader } from '../data/stored/stored-rows.ts';
import type { ReadAnswer, ReadRequest, ReadTask } from './read-ahead.ts';

const { stored, port, answered } = workerData as ReadTask;
let reader: StoredReader | undefined;

port.on('message', (request: ReadRequest) => {
  const answer = read(request);
  if ('failed' in answer) port.postMessage(answer);
  else port.postMessage(answer, [answer.inputs.buffer, answer.labels.buffer]);
  Atomics.add(answered, 0, 1);
  Atomics.notify(answered, 0);
});

function read({ rows, inputs, labels }: ReadRequest): ReadAnswer {
  try {
    reader ??= new StoredReader(stored);
    reader.inputs(rows, inputs);
    reader.labels(rows, labels);
    return { inputs, labels };
  } catch (error) {
    const detail = error instanceof AnnealError ? error.detail() : null;
    return { failed: { message: (error as Error).message, detail } };
  }
}
