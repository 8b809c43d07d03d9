/** What an attempt of a train job is forecast and bounded by: its machine, what was measured on it, and the money that is left. */
import type { Calibrations, Observation } from '@anneal/core/forecast/calibrations.ts';
import { isMachine, type Machine, type machineHere } from '@anneal/core/forecast/machine.ts';
import type { Log } from '@anneal/core/log.ts';
import { AnnealError, type RunCost, runKind, type TrainSpec } from '@anneal/schemas';
import type { History } from './history.ts';
import { type Spent, spentWith } from './spending.ts';
import type { Measured } from './trainer-host.ts';

export interface Reckoning {
  readonly machine: Machine;
  readonly measured: readonly Observation[];
  /** Whether the job still has no forecast. */
  readonly first: boolean;
  /** Of the budget in dollars, at the price of this machine; null where there is none. */
  readonly secondsLeft: number | null;
}

export interface ReckoningOptions {
  readonly here: ReturnType<typeof machineHere>;
  readonly calibrations: Calibrations;
  readonly history: History;
  readonly log: Log;
}

const HOUR = 3600;

/** What an hour here counts for a budget: what it costs at most. */
export const pricePerHour = (machine: Machine): number | null => machine.price?.high ?? null;

/** Null where the machine is not known, which only a budget in dollars minds.
 *  @throws AnnealError invalid_spec for a budget in dollars on a machine without a price, budget_exceeded where it is spent */
export async function reckon(
  spec: TrainSpec,
  { here, calibrations, history, log }: ReckoningOptions,
): Promise<Reckoning | null> {
  const { dollars } = spec.budget;
  if (!isMachine(here)) {
    if (dollars !== undefined) throw withoutPrice(here.unknown);
    log.warn({ reason: here.unknown }, 'no forecast: the machine is not known');
    return null;
  }
  const secondsLeft = dollars === undefined ? null : affordable(dollars, here, history);
  const measured = await calibrations.of(here.name, runKind(spec)).catch((err): readonly Observation[] => {
    log.warn({ err }, 'the calibration can’t be read; the forecast does without');
    return [];
  });
  return { machine: here, measured, first: history.forecast === null, secondsLeft };
}

function affordable(dollars: number, machine: Machine, history: History): number {
  const price = pricePerHour(machine);
  if (price === null) throw withoutPrice(`${machine.name} has none`);
  const spent = history.spending.before(price).dollars ?? 0;
  const left = ((dollars - spent) / price) * HOUR;
  if (left > 0) return left;
  throw overspent(dollars, `earlier attempts took ${spent.toPrecision(3)} dollars`, history);
}

const withoutPrice = (why: string) =>
  new AnnealError(
    'invalid_spec',
    `budget.dollars: the runner can't tell what its machine costs: ${why}; bound the run by budget.seconds`,
    'budget.dollars',
  );

/** The budget is spent before the run could be ended in good order. */
export function overspent(dollars: number, why: string, history: History): AnnealError {
  const kept = [...history.checkpoints.keys()].at(-1);
  const left = kept ? `the last checkpoint is ${kept}` : 'there is no checkpoint yet';
  return new AnnealError('budget_exceeded', `budget.dollars: ${dollars} is spent: ${why}; ${left}`, 'budget.dollars');
}

/** Of a job that has succeeded; `seconds` are those of this attempt. */
export function costOf(here: ReckoningOptions['here'], history: History, seconds: number): RunCost {
  const price = isMachine(here) ? pricePerHour(here) : null;
  const before: Spent = history.spending.before(price);
  const machine = isMachine(here) ? here.name : 'unknown';
  return { machine, ...spentWith(before, seconds, price), forecast: history.forecast };
}

/** Notes a run for the forecasts to come. What fails is told to the log: it takes nothing from the job. */
export async function noteRun(
  measured: Measured,
  claimedAt: number,
  { here, calibrations, log }: Pick<ReckoningOptions, 'here' | 'calibrations' | 'log'>,
): Promise<void> {
  if (!isMachine(here)) return;
  const { kind, firstStepAt, trainedAt, ...step } = measured;
  const startSeconds = (firstStepAt - claimedAt) / 1000;
  const endSeconds = (Date.now() - trainedAt) / 1000;
  // A clock that was set meanwhile has measured nothing.
  if (startSeconds < 0 || endSeconds < 0 || !(step.secondsPerStep > 0)) return;
  await calibrations
    .note(here.name, kind, { ...step, startSeconds, endSeconds })
    .catch((err) => log.warn({ err }, 'the run is not noted for forecasts'));
}
