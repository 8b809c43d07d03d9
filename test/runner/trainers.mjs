/** Entry of the tests' training thread: Node 20 doesn't hand tsx on to worker threads. */
import { register } from 'tsx/esm/api';

register();
await import('./trainers.ts');
