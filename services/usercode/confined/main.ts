/**
 * The confined process. It reads `{ realm, module, ask, given }` from standard input, runs both scripts in a bare context and writes the answer, a string.
 *
 * No object of this side ever enters the context, so nothing there leads back: the context's own global has no prototype of ours, code out of strings
 * is refused in it and here, and the answer is read as a string. Should something come across all the same, it finds a process without handles to
 * anything: what could open a socket or signal another process is taken away first. Files, processes, threads and addons are refused by Node.
 */
import { readFileSync, writeSync } from 'node:fs';
import { createContext, Script } from 'node:vm';

interface Asked {
  readonly realm: string;
  readonly module: string | null;
  readonly ask: 'check' | 'audit' | 'record';
  /** JSON. */
  readonly given: string;
}

const { realm, module, ask, given } = JSON.parse(readFileSync(0, 'utf8')) as Asked;

function takeAway(): void {
  const host = globalThis as unknown as Record<string, unknown>;
  for (const name of ['fetch', 'WebSocket', 'EventSource', 'XMLHttpRequest', 'navigator', 'require', 'module'])
    Reflect.deleteProperty(host, name);
  Reflect.deleteProperty(host, 'process');
}

const run = (code: string, filename: string, context: object): unknown =>
  new Script(code, { filename }).runInContext(context);

const leave = process.exit.bind(process, 0);
takeAway();
const context = createContext(Object.create(null) as object, { codeGeneration: { strings: false, wasm: false } });
let answer: string;
try {
  run(realm, 'realm.js', context);
  if (module !== null) run(module, 'module.js', context);
  answer = String(run(`anneal.${ask}(${JSON.stringify(given)})`, 'ask.js', context));
} catch (error) {
  // Where not even an error could be put into words, as after a stack that overflowed.
  answer = JSON.stringify({ error: { message: String(error), stack: '', unusable: false }, printed: [] });
}
const bytes = Buffer.from(answer);
for (let at = 0; at < bytes.length; ) at += writeSync(1, bytes, at);
leave();
