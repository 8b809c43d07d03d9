/**
 * The learning rate is too high: the loss is no number any more, or it jumped far above where it began, or it rose again after it had fallen,
 * and the run ends stuck.
 *
 *   peak       largest mean loss of a fiftieth of the run / max(first loss, loss of the constant answer): suspicious from 2, sure from 10
 *   relapse    (last tenth − best tenth) / best tenth: suspicious from 0.1, sure from 0.3, where it is four standard errors of the noise
 *   growth     norm of the kernels / what it was at the start: suspicious from 2, sure from 6, where nothing is learned
 *   ratio      ‖Δw‖/‖w‖ of a kernel: suspicious from 0.1, where the loss does not fall (CS231n: about 1e-3)
 *
 * Source: CS231n, "Babysitting the learning process"; TheDeepChecker's divergence is four ratios of losses of 2 or more.
 */
import type { Facts } from '../facts/index.ts';
import { logRamp, mean, ramp } from '../facts/numbers.ts';
import { growth } from '../facts/tensors.ts';
import type { Stretch } from '../record.ts';
import { type Judgement, percent, type Rule, short } from './rule.ts';

export const learningRateTooHigh: Rule = {
  cause: 'learning-rate-too-high',
  follows: [
    'regularisation-dominates',
    'initialisation-too-large',
    'momentum-out-of-range',
    'input-scale',
    'target-scale',
    'wrong-loss',
  ],
  experiment:
    'A twentieth of the run at a tenth of the rate: the loss falls smoothly if the rate was the cause, and does not if the start or the data are.',
  judge: (facts) => {
    const { record, health } = facts;
    const { rate } = record.spec.schedule;
    const seen = record.nonFiniteStep === null ? signs(facts) : diverged(facts);
    const ill = Math.max(health.stuck, 0.9 * health.poor);
    if (!seen || ill === 0) return null;
    const lower = Number((rate / seen.divide).toPrecision(2));
    return {
      score: ill * seen.score,
      message: `${seen.message}: a learning rate of ${rate} is too high; try ${lower}`,
      evidence: { rate, ...seen.evidence },
      patch: [{ op: 'replace', path: '/schedule/rate', value: lower }],
    };
  },
};

interface Signs {
  readonly score: number;
  readonly message: string;
  readonly evidence: Judgement['evidence'];
  readonly divide: number;
}

function diverged({ record }: Facts): Signs {
  const step = record.nonFiniteStep!;
  return {
    score: 0.75,
    message: `the loss was no number any more at step ${step}`,
    evidence: { nonFiniteStep: step },
    divide: 10,
  };
}

function signs({ record, curve, baseline, measured, initial, health, left }: Facts): Signs | null {
  if (!curve) return null;
  const most = highest(record.stretches);
  const from = Math.max(curve.first, baseline.constant ?? 0);
  // What one odd batch can do is no sign.
  const peak = most > from + 4 * curve.noise ? most / from : 1;
  const wiggle = curve.noise * Math.sqrt(2 / (curve.steps / 10));
  const relapse = curve.last - curve.best > 4 * wiggle ? (curve.last - curve.best) / curve.best : 0;
  const grown = growth(measured, initial, 0.3) ?? 1;
  const ratio = Math.max(0, ...(measured?.kernels ?? []).map(({ mostRatio }) => mostRatio));
  const weighed = Math.max(
    logRamp(peak, 2, 10),
    0.9 * logRamp(grown, 2, 6) * ramp(left, 0.9, 1),
    0.8 * ramp(relapse, 0.1, 0.3),
    health.falling ? 0 : 0.6 * logRamp(ratio, 0.1, 0.3),
  );
  if (weighed === 0) return null;
  const message =
    peak > 2
      ? `the loss rose to ${short(most)}, ${short(peak)} times where it began, and stays at ${short(curve.last)}`
      : relapse > 0.1
        ? `the loss had been at ${short(curve.best)} and rose again to ${short(curve.last)}, by ${percent(relapse)}`
        : grown > 2
          ? `the kernels have grown to ${short(grown)} times the norm they began with, and the loss stays at ${short(curve.last)}`
          : `a step changed a kernel by ${percent(ratio)} of its norm, and the loss stays at ${short(curve.last)}`;
  const evidence = {
    firstLoss: curve.first,
    largestLoss: most,
    bestLoss: curve.best,
    lastLoss: curve.last,
    normGrowth: grown,
    largestUpdateRatio: ratio,
  };
  return { score: 0.45 + 0.5 * weighed, message, evidence, divide: peak > 10 ? 100 : 10 };
}

/** Largest mean loss of a fiftieth of the run. */
function highest(stretches: readonly Stretch[]): number {
  const length = Math.ceil(stretches.length / 50);
  const starts = Array.from({ length: Math.ceil(stretches.length / length) }, (_value, i) => i * length);
  return Math.max(...starts.map((from) => mean(stretches.slice(from, from + length).map(({ loss }) => loss))));
}
