/** Entry of the training thread. */
import { runSpec } from './run-spec.ts';
import { trainHere } from './trainer-side.ts';

trainHere(runSpec);
