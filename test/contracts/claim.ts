/** Claims the job of a SQLite store and prints how it went: a process of the contract's test. */
import { sqliteJobStore } from '../../services/core/adapters/sqlite-job-store/index.ts';

const [file = '', id = ''] = process.argv.slice(2);
const store = sqliteJobStore(file);
const answer = await store.claim(id, `pid ${process.pid}`, 60_000).then(
  () => 'claimed',
  (error: { code?: string }) => error.code ?? String(error),
);
console.log(answer);
await store.close();
