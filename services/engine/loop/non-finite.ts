/**
 * After a loss that is not finite: replays the steps from the last snapshot with a probe on every tensor, and names the step and the
 * first tensor that went bad.
 */
import type { Feed } from '../feed/feed.ts';
import { openFeed } from '../feed/open-feed.ts';
import { addGraphStep, declareVariables, stepFeeds } from '../plan/graph-program.ts';
import type { State, StepBatch } from '../plan/plan.ts';
import type { Task } from '../plan/task.ts';
import { type Program, ProgramBuilder } from '../program.ts';
import { DataType } from '../tensorflow.ts';
import type { StepOrder } from './order.ts';

export interface BadTensor {
  /** From 1. */
  readonly step: number;
  /** In words, as in `the output of MatMul in layer 'dense_2'`. */
  readonly tensor: string;
}

export interface Snapshot {
  /** Steps taken when it was made. */
  readonly step: number;
  readonly state: State;
}

/** Replays `snapshot` up to and with step `until` (from 1). Null if every tensor stays finite in the replay. */
export function findBadTensor(
  task: Task,
  order: StepOrder,
  snapshot: Snapshot,
  until: number,
  /** Rates and momenta of so many steps from a step (from 0) on. */
  scheduled: (from: number, steps: number) => Pick<StepBatch, 'rates' | 'momenta'>,
): BadTensor | null {
  const { program, feed, trails } = probedProgram(task);
  try {
    program.set(snapshot.state);
    for (let step = snapshot.step; step < until; step++) {
      const { rows: taken, batch, window } = order.take(step, 1);
      const rows = feed.place(taken, window);
      const feeds = stepFeeds({ rows, batch, ...scheduled(step, 1), firstStep: step + 1 }, 0);
      const [, finite] = program.run(feeds, [`train-${batch}/losses`, `train-${batch}/finite`]);
      const bad = finite!.indexOf(0);
      if (bad >= 0) return { step: step + 1, tensor: describe(trails.get(batch)![bad]!, task) };
    }
    return null;
  } finally {
    feed.close();
    program.dispose();
  }
}

function probedProgram(task: Task): { program: Program; feed: Feed; trails: Map<number, string[]> } {
  const builder = new ProgramBuilder();
  const trails = new Map<number, string[]>();
  declareVariables(builder, task);
  for (const batch of task.batches) {
    const { trail } = addGraphStep(builder, task, batch);
    const { graph } = builder;
    graph.within(`train-${batch}`, () => {
      const probes = trail.map(({ output }) => {
        const finite = graph.node('IsFinite', [output], { T: { type: DataType.float32 } });
        const flat = graph.node('Reshape', [finite, graph.integers([-1])], {
          T: { type: DataType.bool },
          Tshape: { type: DataType.int32 },
        });
        return graph.node('All', [flat, graph.integers([0])], {
          Tidx: { type: DataType.int32 },
          keep_dims: { bool: false },
        });
      });
      const all = graph.node('Pack', probes, {
        N: { int: probes.length },
        T: { type: DataType.bool },
        axis: { int: 0 },
      });
      builder.name('finite', all, DataType.bool);
    });
    trails.set(
      batch,
      trail.map(({ name }) => name),
    );
  }
  const program = builder.load();
  return { program, feed: openFeed(program, task), trails };
}

/** `train-64/dense_2/MatMul_1` -> `the output of MatMul in layer 'dense_2'`. */
function describe(name: string, task: Task): string {
  if (name.startsWith('weights ')) return `the weight ${name.slice(8)}`;
  if (name.startsWith('gradient ')) return `the ${name}`;
  const parts = name.split(':')[0]!.split('/').slice(1);
  const op = parts.at(-1)!.replace(/_\d+$/, '');
  const layer = task.built.model.layers.find((candidate) => parts.includes(candidate.name));
  return layer ? `the output of ${op} in layer '${layer.name}'` : `the output of ${op} in the loss or its gradient`;
}
