/**
 * The graph plan of SFO: the graph computes loss and gradient of a minibatch in float32, the method runs here in float64, and so are the weights that
 * it goes on from; the graph holds them rounded. A step is a look at one minibatch.
 */
import { checkSfo, type SfoOptions } from '@anneal/schemas';
import { readState } from '../../plan/graph-program.ts';
import type { Plan, RuleMemory, State, StepBatch, StepLosses } from '../../plan/plan.ts';
import type { Task } from '../../plan/task.ts';
import type { LossAndGradient } from '../gradient-program.ts';
import { openGradients } from '../gradients.ts';
import { seededDraws } from './draws.ts';
import { freshMemory, memoryOf, type SfoMemory, tensorsOf } from './memory.ts';
import { minibatchRows } from './minibatches.ts';
import type { Look, LookAt } from './settle.ts';
import { sizesOf } from './sizes.ts';
import { sfoStep } from './step.ts';

interface Seen extends Look {
  /** Means over the minibatch. */
  readonly mean: Pick<LossAndGradient, 'loss' | 'dataLoss'>;
}

/** @throws SpecError where the rule would keep more than is allowed */
export function sfoPlan(task: Task, options: SfoOptions): Plan {
  const { seed } = task.spec;
  const { training } = task.data.splits;
  checkSfo({ update: options }, sizesOf(task, options).parameters, training.length);
  const gradients = openGradients(task);
  const minibatches = minibatchRows(options, training, seed);
  /** None until it is asked for: an evaluation needs none. */
  let memory: SfoMemory | null = null;

  function held(): SfoMemory {
    memory ??= freshMemory(gradients.weights(), options, minibatches.length, (numbers) => seededDraws(seed, numbers));
    return memory;
  }

  /** Minibatches of unequal size count by their examples: the mean over all minibatches is then the mean over all examples. */
  const lookAt: LookAt<Seen> = (x, i) => {
    gradients.put(x);
    const rows = minibatches[i]!;
    const { gradient, ...mean } = gradients.of(rows);
    const share = (rows.length * minibatches.length) / training.length;
    return { loss: share * mean.loss, gradient: gradient.map((value) => share * value), mean };
  };

  function oneStep(rate: number): Seen['mean'] {
    const memory = held();
    const { mean } = sfoStep(lookAt, memory, options, seededDraws(seed, memory.numbers), rate);
    gradients.put(memory.weights);
    return mean;
  }

  /** Of as many of the rows as a minibatch has; nothing is learnt. */
  const standStill = (rows: Int32Array): Seen['mean'] => gradients.of(rows.subarray(0, minibatches[0]!.length));

  function train({ rows, batch, rates }: StepBatch): StepLosses {
    const steps = Array.from(rates, (rate, i) =>
      rate === 0 ? standStill(rows.subarray(i * batch, (i + 1) * batch)) : oneStep(rate),
    );
    return {
      loss: Float32Array.from(steps, ({ loss }) => loss),
      dataLoss: Float32Array.from(steps, ({ dataLoss }) => dataLoss),
      observations: [],
    };
  }

  return {
    ...gradients.judging,
    train,
    get: (names) => readState(gradients.program, names),
    memory: () => new Map([...tensorsOf(held())].map(([name, values]) => [name, values.slice()])),
    set(state: State, remembered?: RuleMemory) {
      gradients.set(state);
      // What the run goes on from is changed in place.
      const own = remembered && new Map([...remembered].map(([name, values]) => [name, values.slice()]));
      memory = own ? memoryOf(own, sizesOf(task, options)) : null;
    },
  };
}
