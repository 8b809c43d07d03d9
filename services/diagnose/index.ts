/** Diagnosis: rules over a run's record. No TensorFlow, no I/O. */
export { conclude, diagnose } from './diagnose.ts';
export { rankedAgain, trialSteps, weigh, worthTrying } from './experiment.ts';
export type * from './record.ts';
export { type RecorderState, RunRecorder } from './recorder.ts';
export { type WatchState, watch, watchStart } from './watch.ts';
