/** Entry of the runner's process, from source or as dist/runner.js. */
import { runnerProcess } from './runner-process.ts';

const trainer = import.meta.url.endsWith('.ts') ? './trainer-thread.ts' : './trainer.js';
await runnerProcess({ trainerEntry: new URL(trainer, import.meta.url) });
