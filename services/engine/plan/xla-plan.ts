/**
 * The `xla` plan: up to K steps in one XLA program, a `While` loop whose body is the step. The batch size that occurs most often runs
 * in the loop; the remainder batch of an epoch runs as a graph step.
 */

import type { Feed } from '../feed/feed.ts';
import { feedCapacity, openFeed } from '../feed/open-feed.ts';
import type { ObservationLayout } from '../observe/layout.ts';
import { type Program, ProgramBuilder } from '../program.ts';
import { DataType } from '../tensorflow.ts';
import {
  addEvaluation,
  addGraphStep,
  declareVariables,
  readState,
  runEvaluation,
  runGraphSteps,
  runPrediction,
} from './graph-program.ts';
import type { Observation, Plan, StepBatch, StepLosses } from './plan.ts';
import type { Task } from './task.ts';
import { addLoop } from './xla-loop.ts';

/** Most steps of a call: enough to make its cost vanish. How many are taken is up to the caller. */
const MOST_STEPS = 500;

/** K: the full batches of an epoch, or of the window that is in memory, if they are not too many. */
function stepsPerCall(task: Task): number {
  const rows = Math.min(task.data.splits.training.length, feedCapacity(task));
  return Math.max(1, Math.min(MOST_STEPS, Math.floor(rows / task.batches[0]!)));
}

export function xlaPlan(task: Task): Plan {
  const builder = new ProgramBuilder();
  const [main, ...others] = task.batches;
  const most = stepsPerCall(task);
  declareVariables(builder, task);
  addLoop(builder, task, main!, most);
  for (const batch of others) addGraphStep(builder, task, batch);
  addEvaluation(builder, task);
  const program = builder.load();
  const feed = openFeed(program, task);
  return {
    name: 'xla',
    stepsPerCall: most,
    train: (steps) =>
      steps.batch === main ? runLoop(program, feed, task, most, steps) : runGraphSteps(program, feed, task, steps),
    evaluate: (rows, of) => runEvaluation(program, feed, task, rows, of),
    predict: (rows) => runPrediction(program, feed, rows),
    get: (names) => readState(program, names),
    set: (state) => program.set(state),
    dispose() {
      feed.close();
      program.dispose();
    },
  };
}

function runLoop(
  program: Program,
  feed: Feed,
  task: Task,
  most: number,
  { rows, window, batch, rates, momenta, firstStep }: StepBatch,
): StepLosses {
  const turns = rates.length;
  const allRows = new Int32Array(most * batch);
  allRows.set(feed.place(rows, window));
  const series = (name: string, values: Float32Array) => {
    const all = new Float32Array(most);
    all.set(values);
    return { name: `loop/${name}`, type: DataType.float32, shape: [most], values: all };
  };
  const feeds = [
    { name: 'loop/turns', type: DataType.int32, shape: [], values: new Int32Array([turns]) },
    { name: 'loop/first', type: DataType.int32, shape: [], values: new Int32Array([firstStep]) },
    { name: 'loop/rows', type: DataType.int32, shape: [most, batch], values: allRows },
    series('rates', rates),
    ...(momenta ? [series('momenta', momenta)] : []),
  ];
  const { observed } = task;
  const fetches = observed ? ['loop/losses', 'loop/observations'] : ['loop/losses'];
  const [pairs, vectors] = program.run(feeds, fetches) as [Float32Array, Float32Array?];
  const pick = (offset: number) => Float32Array.from({ length: turns }, (_value, i) => pairs[2 * i + offset]!);
  const observations = observed && vectors ? cut(vectors, observed, firstStep, turns) : [];
  return { loss: pick(0), dataLoss: pick(1), observations };
}

/** The vectors of the steps that were due, in their order. */
function cut(
  vectors: Float32Array,
  { everySteps, length }: ObservationLayout,
  first: number,
  turns: number,
): Observation[] {
  const observations: Observation[] = [];
  for (let step = Math.ceil(first / everySteps) * everySteps; step < first + turns; step += everySteps) {
    const from = observations.length * length;
    observations.push({ step, values: vectors.slice(from, from + length) });
  }
  return observations;
}
