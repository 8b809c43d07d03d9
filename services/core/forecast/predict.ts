/**
 * The forecast of a run on a machine.
 *
 * Where runs of the kind were measured there, their times bound it: a step that does x times the work of a measured one takes no less
 * than that and no more than x times as long (and the other way round for less work), since a step costs a fixed part and one in
 * proportion. The range goes from the 10th to the 90th percentile of the nearest runs, so that one that was held up doesn't decide it, and
 * is widened by 1 + 1/√n, as n runs don't show how far the next one will be off.
 * Where none was, the published peak rates of the machine bound it.
 */
import type { Forecast, Range, RunWork, Work } from '@anneal/schemas';
import type { Observation } from './calibrations.ts';
import type { Machine, Rates } from './machine.ts';

/** Runs nearest in work that a forecast rests on, and how many times as much or as little work they may do. */
const NEAREST = 8;
const FARTHEST = 30;
const HOUR = 3600;
const DIGITS = 3;
/** Nothing takes less. */
const LEAST_SECONDS = 1e-9;

interface Parts {
  readonly start: Range;
  /** Of a step. */
  readonly step: Range;
  readonly end: Range;
  readonly runs: number;
}

/** @param dollars budget, where the run has one */
export function forecastOf(
  machine: Machine,
  work: RunWork,
  measured: readonly Observation[],
  dollars?: number,
): Forecast {
  const { start, step, end, runs } = partsOf(machine, work, measured);
  const steps = stepsWorth(work, machine.rates);
  const limit = work.seconds ?? Number.POSITIVE_INFINITY;
  const training = {
    low: Math.min(limit, steps(work.leastSteps) * step.low),
    high: Math.min(limit, steps(work.steps ?? Number.POSITIVE_INFINITY) * step.high),
  };
  // What money ends is known by its price; a limit that is passed all the same is left to be seen.
  const affordable = (price: number | undefined) =>
    dollars === undefined || price === undefined ? Number.POSITIVE_INFINITY : (dollars / price) * HOUR;
  const low = start.low + training.low + end.low;
  const least = Number.isFinite(low) ? low : affordable(machine.price?.high);
  const most = Math.min(start.high + training.high + end.high, affordable(machine.price?.low));
  const seconds = { low: least, high: Math.max(least, most) };
  const spent = machine.price && costOf(machine.price, seconds, dollars);
  return {
    machine: machine.name,
    steps: work.steps,
    seconds: rounded(seconds),
    dollars: spent && rounded(spent),
    basis: runs > 0 ? 'measured' : 'prior',
    runs,
  };
}

function costOf(price: Range, seconds: Range, dollars = Number.POSITIVE_INFINITY): Range {
  const low = (seconds.low * price.low) / HOUR;
  return { low, high: Math.max(low, Math.min((seconds.high * price.high) / HOUR, dollars)) };
}

/** How long the end of a run takes at most, in seconds: what a budget keeps back for it. */
export const endSeconds = (machine: Machine, work: RunWork, measured: readonly Observation[]): number =>
  partsOf(machine, work, measured).end.high;

/** So many steps with the evaluations between them, in steps that would take as long. */
export function stepsWorth({ step, evaluation, stepsPerEpoch }: RunWork, { flops, bytes }: Rates) {
  const time = (work: Work): number => work.flops / flops.high + work.bytes / bytes.high;
  const share = time(evaluation) / time(step);
  return (steps: number): number => (Number.isFinite(steps) ? steps + Math.ceil(steps / stepsPerEpoch) * share : steps);
}

function partsOf(machine: Machine, work: RunWork, measured: readonly Observation[]): Parts {
  const near = nearest(machine.rates, work, measured);
  if (near.length === 0) return priorOf(machine.rates, work);
  const margin = 1 + 1 / Math.sqrt(near.length);
  const spanning = (lows: readonly number[], highs = lows): Range => ({
    low: percentile(lows, 0.1) / margin,
    high: percentile(highs, 0.9) * margin,
  });
  const same = near.filter(({ seen }) => seen.data === work.data);
  const alike = (same.length > 0 ? same : near).map(({ seen }) => seen);
  return {
    start: spanning(alike.map(({ startSeconds }) => startSeconds)),
    step: spanning(
      near.map(({ seen, ratio }) => seen.secondsPerStep * Math.min(1, ratio)),
      near.map(({ seen, ratio }) => seen.secondsPerStep * Math.max(1, ratio)),
    ),
    end: spanning(alike.map(({ endSeconds }) => endSeconds)),
    runs: near.length,
  };
}

/** Between two runs in proportion, as times are: halfway between 1 s and 100 s are 10 s. */
function percentile(values: readonly number[], share: number): number {
  const logs = values.map((value) => Math.log(Math.max(value, LEAST_SECONDS))).sort((a, b) => a - b);
  const place = share * (logs.length - 1);
  const below = logs[Math.floor(place)]!;
  return Math.exp(below + (logs[Math.ceil(place)]! - below) * (place - Math.floor(place)));
}

/** With how many times their work that of `step` is, the later one first of those that are as near. */
function nearest({ flops, bytes }: Rates, { step }: RunWork, measured: readonly Observation[]) {
  const time = (work: Work): number => work.flops / flops.high + work.bytes / bytes.high;
  const far = (ratio: number): number => Math.abs(Math.log(ratio));
  return [...measured]
    .reverse()
    .map((seen) => ({ seen, ratio: time(step) / time(seen) }))
    .filter(({ ratio }) => far(ratio) <= Math.log(FARTHEST))
    .sort((a, b) => far(a.ratio) - far(b.ratio))
    .slice(0, NEAREST);
}

function priorOf({ flops, bytes, kernel, start, end }: Rates, { step, kernels, mostPasses }: RunWork): Parts {
  return {
    start,
    step: {
      low: Math.max(step.flops / flops.high, step.bytes / bytes.high, kernels * kernel.low),
      high: mostPasses * (step.flops / flops.low + step.bytes / bytes.low + kernels * kernel.high),
    },
    end,
    runs: 0,
  };
}

/** Outwards, to three digits: more would be pretended. */
function rounded({ low, high }: Range): Range {
  return { low: toDigits(low, Math.floor), high: toDigits(high, Math.ceil) };
}

function toDigits(value: number, round: (scaled: number) => number): number {
  if (value === 0 || !Number.isFinite(value)) return value;
  const scale = 10 ** (DIGITS - 1 - Math.floor(Math.log10(Math.abs(value))));
  // What is off in the tenth digit is the arithmetic's.
  const scaled = Number((value * scale).toPrecision(9));
  return Number((round(scaled) / scale).toPrecision(DIGITS + 2));
}
