/**
 * Puts into an artifact store: a process of the contract's tests. `race` waits for a line, then puts one key four times at once and
 * prints the SHA-256 of what won. `series` puts `0`, `1`, … without end, and prints each key once it is stored.
 */
import { once } from 'node:events';
import { fileArtifactStore } from '../../services/core/adapters/file-artifact-store/index.ts';

const [root = '', how] = process.argv.slice(2);
const store = await fileArtifactStore(root);

if (how === 'race') {
  console.log('ready');
  await once(process.stdin, 'data');
  const puts = [0, 1, 2, 3].map((i) =>
    store.putIfAbsent('folder/a', Buffer.alloc(300_000, `${process.pid} ${i} `), 'text/plain').then(
      ({ sha256 }) => console.log(sha256),
      (error: { code?: string }) => console.log(error.code ?? String(error)),
    ),
  );
  await Promise.all(puts);
  process.exit(0);
}

async function* body(i: number) {
  yield Buffer.alloc(i, 'x');
  yield Buffer.from(String(i));
}
for (let i = 0; ; i++) {
  await store.putIfAbsent(`${i % 3}/${i}`, body(i), 'text/plain');
  process.stdout.write(`${i}\n`);
}
