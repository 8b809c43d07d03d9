/**
 * The graph plan of a full-batch rule: the graph computes loss and gradient of a batch, the method runs here. A step is one iteration; what the
 * method remembers are float32 vectors by the names of the weights' slots, so that a run goes on from a checkpoint bit for bit.
 */
import { updateSlots } from '@anneal/schemas';
import { pack, unpack } from '../model/packing.ts';
import { readState } from '../plan/graph-program.ts';
import type { Plan, State, StepBatch, StepLosses } from '../plan/plan.ts';
import type { Task } from '../plan/task.ts';
import { slotName } from '../step/emit-updates.ts';
import type { LossAndGradient } from './gradient-program.ts';
import { openGradients } from './gradients.ts';
import { type LineSearchUpdate, methodOf } from './method.ts';
import type { Vector } from './objective.ts';

export function fullBatchPlan(task: Task, update: LineSearchUpdate): Plan {
  const gradients = openGradients(task);
  const { program, feed, trained, width } = gradients;
  const method = methodOf(update);
  const slots = new Map(updateSlots(update).map((slot) => [slot, new Float32Array(width)]));

  const minibatch = 'minibatch' in update && update.minibatch;
  /** Loss and gradient of all rows at the weights that the program holds, where the step before has left them. */
  let known: LossAndGradient | null = null;

  function oneStep(given: Int32Array, rate: number): { loss: number; dataLoss: number; moved: boolean } {
    // Sums in float32 depend on the order of the rows.
    const rows = minibatch ? given : given.slice().sort();
    const x = gradients.weights();
    const lossAt = (at: Vector): LossAndGradient => {
      gradients.put(at);
      return gradients.of(rows);
    };
    const start = known ?? lossAt(x);
    const before = x.slice();
    const next = rate === 0 ? start : method(lossAt, start, { x, slots }, rate);
    known = minibatch ? null : next;
    gradients.put(x);
    const moved = rate === 0 || x.some((value, i) => value !== before[i]);
    return { loss: start.loss, dataLoss: start.dataLoss, moved };
  }

  function train({ rows, batch, rates, window }: StepBatch): StepLosses {
    // A minibatch is evaluated several times: it is there until the next one.
    if (minibatch) feed.place(rows, window);
    const steps = Array.from(rates, (rate, i) => oneStep(rows.subarray(i * batch, (i + 1) * batch), rate));
    return {
      loss: Float32Array.from(steps, ({ loss }) => loss),
      dataLoss: Float32Array.from(steps, ({ dataLoss }) => dataLoss),
      observations: [],
      converged: steps.some(({ moved }) => !moved),
    };
  }

  return {
    ...gradients.judging,
    train,
    get(wanted) {
      const held = new Map([...slots].flatMap(([slot, x]) => [...unpack(x, trained, (name) => slotName(name, slot))]));
      const rest = wanted.filter((name) => !held.has(name));
      const read = readState(program, rest);
      return new Map(wanted.map((name) => [name, held.get(name) ?? read.get(name)!]));
    },
    set(state: State) {
      known = null;
      for (const [slot, x] of slots) {
        if (trained.every(({ name }) => state.has(slotName(name, slot))))
          x.set(pack(state, trained, (name) => slotName(name, slot)));
      }
      gradients.set(state);
    },
  };
}
