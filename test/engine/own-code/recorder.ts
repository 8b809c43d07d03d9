/** The real recorder: confined processes, by a thread. Closed when the tests of the file are over. */
import { after } from 'node:test';
import { useRecorder } from '@anneal/engine';
import { RecordThread } from '@anneal/usercode';

export async function confinedRecorder(): Promise<void> {
  const thread = await RecordThread.start();
  after(() => thread.close());
  useRecorder(thread);
}
