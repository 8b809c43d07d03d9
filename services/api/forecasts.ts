/** What a train job is expected to take on the machines of the service, and whether its budget allows that. */
import { forecastOf } from '@anneal/core/forecast/predict.ts';
import { priceNote } from '@anneal/core/forecast/prices.ts';
import {
  type Forecast,
  runWork,
  SpecError,
  type SplitSizes,
  type TrainSpec,
  type Validated,
  type ValidationReport,
} from '@anneal/schemas';
import type { Forecasting } from './services.ts';

type Forecasts = Pick<ValidationReport, 'flopsPerStep' | 'forecast' | 'forecastReason' | 'prices'>;

const none = (forecastReason: string): Forecasts => ({
  flopsPerStep: null,
  forecast: null,
  forecastReason,
  prices: null,
});

/** @throws SpecError budget_exceeded where no machine can do it for the money, invalid_spec where none has a price */
export async function forecastJob(
  valid: Validated,
  sizes: SplitSizes | null,
  forecasting: Forecasting | undefined,
): Promise<Forecasts> {
  const { kind } = valid.spec;
  if (kind !== 'train') return none(`only train jobs are forecast, not ${kind} jobs`);
  const { dollars } = valid.spec.budget;
  if (forecasting && dollars !== undefined) needsPrice(forecasting);
  if (sizes === null) return none('how many examples there are is known only when the data are read');
  const work = runWork(valid as Validated<TrainSpec>, sizes);
  const flopsPerStep = work.step.flops;
  if (!forecasting) return { ...none('this service does not know the machines that its jobs run on'), flopsPerStep };
  const forecast = await Promise.all(
    forecasting.machines.map(async (machine) =>
      forecastOf(machine, work, await forecasting.calibrations.of(machine.name, work.kind), dollars),
    ),
  );
  if (dollars !== undefined) checkAffordable(forecast, dollars);
  const priced = forecast.some((each) => each.dollars !== null);
  return { flopsPerStep, forecast, forecastReason: null, prices: priced ? priceNote(Date.now()) : null };
}

function needsPrice({ machines }: Forecasting): void {
  if (machines.some(({ price }) => price !== null)) return;
  const names = machines.map(({ name }) => name).join('; ');
  const message = `budget.dollars: jobs of this service run on ${names}, which has no price; bound the run by budget.seconds`;
  throw new SpecError('invalid_spec', message, 'budget.dollars');
}

/** A run that would be cut off wherever it runs is not begun: its money would be spent for less than was asked for. */
function checkAffordable(forecast: readonly Forecast[], dollars: number): void {
  const costs = forecast.flatMap(({ machine, dollars: cost }) => (cost ? [{ machine, low: cost.low }] : []));
  const cheapest = costs.reduce((a, b) => (b.low < a.low ? b : a));
  if (cheapest.low <= dollars) return;
  const message = `budget.dollars: ${dollars} is not enough; the run takes at least ${cheapest.low} dollars, on ${cheapest.machine}; raise it, or lower budget.epochs or budget.steps`;
  throw new SpecError('budget_exceeded', message, 'budget.dollars');
}
