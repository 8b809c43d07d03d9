/**
 * The moving statistics of batch normalisation belong to the weights they were measured with. For weights made otherwise, as a mean of
 * several, they are measured anew: by steps at rate 0, which change nothing but them (Izmailov et al. 2018, section 3).
 */
import type { Plan, State } from '../plan/plan.ts';
import { initialState, setState, type Task } from '../plan/task.ts';
import type { StepOrder } from './order.ts';

/** Steps after which less than 1 % is left of the old statistics, at the usual momentum of 0.99. */
const STEPS = 500;

const hasBatchStatistics = ({ built }: Pick<Task, 'built'>): boolean =>
  built.layers.some(({ layer }) => layer.type === 'batch-normalization' && !layer.frozen);

/** The weights with the statistics that they have on the training examples; the plan is left with them. */
export function withOwnStatistics(plan: Plan, task: Task, order: StepOrder, weights: State): State {
  if (!hasBatchStatistics(task)) return weights;
  setState(plan, new Map([...initialState(task), ...weights]));
  for (let step = 0; step < STEPS; ) {
    const { rows, batch, steps, window } = order.take(step, Math.min(plan.stepsPerCall, STEPS - step));
    const zeros = new Float32Array(steps);
    plan.train({
      rows,
      batch,
      window,
      rates: zeros,
      momenta: task.spec.momentumSchedule && zeros,
      firstStep: step + 1,
    });
    step += steps;
  }
  return plan.get([...weights.keys()]);
}
