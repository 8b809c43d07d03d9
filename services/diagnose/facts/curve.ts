/** The shape of the loss over the steps: where it began, where it is, whether it still falls, and how much of it is noise. */
import type { RunRecord, Stretch } from '../record.ts';
import { mean } from './numbers.ts';

export interface Curve {
  readonly steps: number;
  /** Share of the planned steps; 1 for a run that has ended. */
  readonly progress: number;
  /** Data loss of the first step. */
  readonly first: number;
  /** Mean data loss of the last tenth of the steps, and the penalty beside it. */
  readonly last: number;
  readonly penalty: number;
  /** Least mean data loss of any tenth. */
  readonly best: number;
  /** (second last fifth − last fifth) / second last fifth of the data loss: above 0 while it falls. */
  readonly fall: number;
  /** The same, in standard errors of the noise. */
  readonly fallSigmas: number;
  /** Deviation of the loss from step to step, without its trend, in the last fifth. */
  readonly noise: number;
  /** Mean data losses of tenths of the run. */
  readonly tenths: readonly number[];
}

/** Null before there are ten stretches to look at. */
export function curveOf({ first, stretches, plannedSteps, end }: RunRecord): Curve | null {
  const newest = stretches.at(-1);
  if (!first || !newest || stretches.length < 10) return null;
  const part = (from: number, to: number): readonly Stretch[] =>
    stretches.slice(Math.floor(from * stretches.length), Math.ceil(to * stretches.length));
  const level = (some: readonly Stretch[]) => weighted(some, ({ dataLoss }) => dataLoss);
  const tenths = Array.from({ length: 10 }, (_value, i) => level(part(i / 10, (i + 1) / 10)));
  const [earlier, later] = [part(0.6, 0.8), part(0.8, 1)];
  const steps = later.reduce((sum, stretch) => sum + stretch.steps, 0);
  const slope = (later.at(-1)!.loss - later[0]!.loss) / Math.max(1, later.at(-1)!.step - later[0]!.step);
  const noise = Math.sqrt(Math.max(0, weighted(later, ({ jump }) => jump) - slope ** 2) / 2);
  const drop = level(earlier) - level(later);
  const lastTenth = part(0.9, 1);
  return {
    steps: newest.step,
    progress: end || plannedSteps === null ? 1 : newest.step / plannedSteps,
    first: first.dataLoss,
    last: level(lastTenth),
    penalty: weighted(lastTenth, ({ loss, dataLoss }) => loss - dataLoss),
    best: Math.min(...tenths),
    fall: drop / Math.abs(level(earlier)),
    fallSigmas: drop / Math.max(noise * Math.sqrt(2 / steps), 1e-12),
    noise,
    tenths,
  };
}

const weighted = (some: readonly Stretch[], of: (stretch: Stretch) => number): number =>
  mean(some.map((stretch) => of(stretch) * stretch.steps)) / mean(some.map(({ steps }) => steps));
