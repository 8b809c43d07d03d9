/** The thread that reads examples ahead, from source: Node 20 doesn't hand tsx on to worker threads. */
import { register } from 'tsx/esm/api';

register();
await import('./read-thread.ts');
