/** The `graph` plan: a TensorFlow session runs one step a call, with fused update kernels and oneDNN. */
import { isFullBatch } from '@anneal/schemas';
import { openFeed } from '../feed/open-feed.ts';
import { fullBatchPlan } from '../full-batch/full-batch-plan.ts';
import { sfoPlan } from '../full-batch/sfo/sfo-plan.ts';
import { ProgramBuilder } from '../program.ts';
import {
  addEvaluation,
  addGraphStep,
  declareVariables,
  readState,
  runEvaluation,
  runGraphSteps,
  runPrediction,
} from './graph-program.ts';
import type { Plan } from './plan.ts';
import type { Task } from './task.ts';

export function graphPlan(task: Task): Plan {
  const { update } = task.spec;
  if (update.rule === 'sfo') return sfoPlan(task, update);
  if (isFullBatch(update)) return fullBatchPlan(task, update);
  const builder = new ProgramBuilder();
  declareVariables(builder, task);
  for (const batch of task.batches) addGraphStep(builder, task, batch);
  addEvaluation(builder, task);
  const program = builder.load();
  const feed = openFeed(program, task);
  return {
    name: 'graph',
    stepsPerCall: 1,
    train: (steps) => runGraphSteps(program, feed, task, steps),
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
