/** A training thread for tests: the spec's name says how it behaves. It takes steps of 5 milliseconds and saves every tenth. */
import { writeSync } from 'node:fs';
import type { RunSpec, TrainerHost } from '@anneal/runner';
import { trainHere } from '@anneal/runner';
import { AnnealError, type Progress, type TrainResult } from '@anneal/schemas';

const text = (words: string): Uint8Array => Buffer.from(words);
const clock = new Int32Array(new SharedArrayBuffer(4));
const sleep = (milliseconds: number): void => void Atomics.wait(clock, 0, 0, milliseconds);
const EVERY = 10;

/** Trains from the checkpoint, if there is one, to `last`, or until it is asked to stop. */
const steps =
  (last: number): RunSpec =>
  async (_spec, host, { resume, attempt }) => {
    const from = resume?.step ?? 0;
    if (resume) host.emit({ type: 'notice', level: 'info', message: `goes on from ${resume.name}` });
    if (resume && Buffer.from(resume.files.get('state.bin')!).toString() !== `state ${from}`)
      throw new Error('wrong state');
    let saved = resume?.name ?? null;
    let recorded = from;
    const save = (step: number): void => {
      const name = `checkpoints/step-${step}`;
      host.put(part(recorded + 1, step), 'application/vnd.apache.parquet', text(`rows of attempt ${attempt}`));
      recorded = step;
      host.put(`${name}/state.bin`, 'application/octet-stream', text(`state ${step}`));
      host.put(`${name}/run.json`, 'application/json', text('{}'));
      host.emit({ type: 'checkpoint', name, step, score: null, replaces: saved && saved !== name ? [saved] : [] });
      saved = name;
    };
    for (let step = from + 1; step <= last; step++) {
      sleep(5);
      host.report({ progress: progressAt(step) });
      const by = host.stopRequested();
      if (by && by !== 'cancel' && step > recorded) save(step);
      if (by) return { kind: 'stopped', by };
      if (step % EVERY === 0) save(step);
    }
    host.put('model/model.json', 'application/json', text('the model'));
    return { kind: 'succeeded', result: resultAt(last) };
  };

const pad = (step: number): string => String(step).padStart(12, '0');
const part = (from: number, to: number): string => `metrics/steps-${pad(from)}-${pad(to)}.parquet`;

const behaviours: Record<string, RunSpec> = {
  succeed: steps(30),
  spin: steps(Number.POSITIVE_INFINITY),
  /** Goes on for ever the first time, ends soon the second. */
  resume: (spec, host, context) =>
    steps(context.attempt === 1 ? Number.POSITIVE_INFINITY : (context.resume?.step ?? 0) + 25)(spec, host, context),
  async fail(_spec, host) {
    host.put('diagnostics.json', 'application/json', text('{}'));
    throw new AnnealError('non_finite_loss', 'the loss became NaN at step 7', 'schedule.rate');
  },
  async throw() {
    throw new TypeError('x is not a function');
  },
  async abort() {
    // As native code writes: a worker's process.stderr goes through the main thread, which is about to end.
    writeSync(2, 'FATAL ERROR: the native library gave up\n');
    process.kill(process.pid, 'SIGABRT');
    for (;;) sleep(1000);
  },
  async exhaust() {
    const kept: number[][] = [];
    for (;;) kept.push(new Array<number>(10_000).fill(kept.length));
  },
  /** Hangs before it has begun its steps, as a download can. */
  async deaf(_spec, host) {
    host.report({ progress: progressAt(0, 'preparing') });
    host.emit({ type: 'notice', level: 'info', message: 'deaf' });
    for (;;) sleep(1000);
  },
  flood,
};

/** Puts ten blobs of 64 MiB, which never fit at once. */
async function flood(_spec: unknown, host: TrainerHost) {
  for (let i = 0; i < 10; i++) host.put(`blob-${i}`, 'application/octet-stream', new Uint8Array(64 * 2 ** 20));
  return { kind: 'succeeded', result: resultAt(0) } as const;
}

function progressAt(step: number, phase: Progress['phase'] = 'training'): Progress {
  const unknown = {
    loss: null,
    validationLoss: null,
    validationScore: null,
    microsecondsPerStep: null,
    secondsLeft: null,
  };
  return { phase, step, steps: null, epoch: 1, epochs: null, ...unknown };
}

function resultAt(steps: number): TrainResult {
  const measured = { trainSeconds: 1, microsecondsPerStep: 1, peakMemoryBytes: 1, submitToFirstStepSeconds: 1 };
  return {
    steps,
    epochs: 1,
    stoppedBy: 'steps',
    parameters: 1,
    validation: null,
    test: null,
    average: null,
    ensemble: null,
    cost: null,
    best: null,
    ...measured,
  };
}

trainHere((spec, host, context) => behaviours[spec.name ?? 'succeed']!(spec, host, context));
