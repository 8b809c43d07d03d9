/** The thread that has modules recorded, from source: Node 20 doesn't hand tsx on to worker threads. */
import { register } from 'tsx/esm/api';

register();
await import('./record-thread.ts');
