/** Entry of the training thread. */
import { runTrain } from './run-train.ts';
import { trainHere } from './trainer-side.ts';

trainHere(runTrain);
