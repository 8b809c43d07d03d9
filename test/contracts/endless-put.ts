/** Puts a blob that never ends: a process that the contract's test kills. */
import { fileArtifactStore } from '../../services/core/adapters/file-artifact-store/index.ts';

async function* endless() {
  yield Buffer.from('the beginning');
  console.log('writing');
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, 1000));
    yield Buffer.from('more');
  }
}

const store = await fileArtifactStore(process.argv[2]!);
await store.putIfAbsent('a', endless(), 'text/plain');
