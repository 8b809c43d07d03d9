/** Forecasts, and what became of them, for people. */
import type { Forecast, RunCost, ValidationReport } from '../index.ts';
import { clock, number, table } from './style.ts';

type Range = Forecast['seconds'];

const time = (seconds: number): string => (seconds < 60 ? `${number(seconds)} s` : clock(seconds));

const money = (dollars: number): string => `$${dollars >= 1 ? dollars.toFixed(2) : Number(dollars.toPrecision(2))}`;

const span = ({ low, high }: Range, show: (value: number) => string): string =>
  show(low) === show(high) ? show(low) : `${show(low)} to ${show(high)}`;

const basis = ({ basis: on, runs }: Forecast): string =>
  on === 'prior' ? 'not measured yet' : `measured, ${runs} run${runs === 1 ? '' : 's'}`;

/** As in `forecast: 1200 steps, 12 s to 40 s (measured, 3 runs)`. */
export function forecastLine(forecast: Forecast): string {
  const { steps, seconds, dollars } = forecast;
  const parts = [steps !== null && `${steps} steps`, span(seconds, time), dollars && span(dollars, money)];
  return `forecast: ${parts.filter(Boolean).join(', ')} (${basis(forecast)})`;
}

/** A row for each machine, or why there is none. */
export function forecastTable({ forecast, forecastReason, prices }: ValidationReport): string {
  if (!forecast) return `no forecast: ${forecastReason}`;
  const rows = forecast.map((each) => [
    each.machine,
    each.steps === null ? '–' : String(each.steps),
    span(each.seconds, time),
    each.dollars ? span(each.dollars, money) : '–',
    basis(each),
  ]);
  const stale = prices?.stale ? '; they are old, check them' : '';
  const note = prices ? `\nprices of ${prices.region} as of ${prices.asOf}, spot to on demand${stale}` : '';
  return `${table(['machine', 'steps', 'time', 'dollars', 'basis'], rows)}${note}`;
}

/** As in `took 21 s on the machine, $0.003; forecast: …`. */
export function costLine({ seconds, dollars, forecast }: RunCost): string {
  const spent = dollars === null ? '' : `, about ${money(dollars)}`;
  return `took ${time(seconds)} on the machine${spent}${forecast ? `; ${forecastLine(forecast)}` : ''}`;
}
