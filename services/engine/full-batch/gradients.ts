/** The graph of a full-batch rule: it computes losses and gradients, and evaluates; the rule itself runs outside of it. */
import { openFeed } from '../feed/open-feed.ts';
import { pack, unpack, widthOf } from '../model/packing.ts';
import { addEvaluation, declareVariables, readState, runEvaluation, runPrediction } from '../plan/graph-program.ts';
import type { Plan, State } from '../plan/plan.ts';
import type { Task } from '../plan/task.ts';
import { type Program, ProgramBuilder } from '../program.ts';
import { addGradient, batchLossAndGradient, type LossAndGradient } from './gradient-program.ts';
import type { Vector } from './objective.ts';

export interface Gradients {
  readonly program: Program;
  readonly feed: ReturnType<typeof openFeed>;
  /** Weights that are trained. */
  readonly trained: readonly Task['built']['weights'][number][];
  /** Numbers in them. */
  readonly width: number;
  /** Trained weights that the program holds, one after the other. */
  weights(): Float32Array;
  put(x: Vector): void;
  /** Means over the rows at the weights that the program holds. */
  of(rows: Int32Array): LossAndGradient;
  /** Takes the weights out of a state, with those that aren't trained. */
  set(state: State): void;
  /** What every plan of such a rule does in the same way. */
  readonly judging: Pick<Plan, 'name' | 'stepsPerCall' | 'evaluate' | 'predict' | 'dispose'>;
}

export function openGradients(task: Task): Gradients {
  const builder = new ProgramBuilder();
  declareVariables(builder, task, task.built.weights);
  for (const batch of task.batches) addGradient(builder, task, batch);
  addEvaluation(builder, task);
  const program = builder.load();
  const feed = openFeed(program, task);
  const trained = task.built.weights.filter(({ trainable }) => trainable);
  const names = trained.map(({ name }) => name);
  const ofGraph = new Set(task.built.weights.map(({ name }) => name));
  return {
    program,
    feed,
    trained,
    width: widthOf(trained),
    weights: () => pack(readState(program, names), trained, (name) => name),
    put: (x) => program.set(unpack(x, trained, (name) => name)),
    of: (rows) => batchLossAndGradient(program, feed, task, rows),
    set: (state) => program.set(new Map([...state].filter(([name]) => ofGraph.has(name)))),
    judging: {
      name: 'graph',
      stepsPerCall: 1,
      evaluate: (rows, of) => runEvaluation(program, feed, task, rows, of),
      predict: (rows) => runPrediction(program, feed, rows),
      dispose() {
        feed.close();
        program.dispose();
      },
    },
  };
}
