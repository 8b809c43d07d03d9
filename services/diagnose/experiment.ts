/**
 * Experiments tell causes apart: the patch of each of the likeliest is tried for a twentieth of the run, and judged by what the whole run came to.
 *
 *   helped          classes: error ≤ 0.8 of the run's, and accuracy 0.03 above; numbers: loss ≤ 0.7 of the run's      score ← (1 + score) / 2
 *   did not help    the run ended stuck (over 0.6 of the loss of a constant answer is left) and the trial does no
 *                   better: accuracy at most 0.01 above, loss at least 0.95                                            score ← score / 2
 *   says nothing    otherwise: a twentieth of a run that learns need not reach its end; and where numbers are learned by another loss, or the run's is
 *                   not above 0
 */
import type { Finding } from '@anneal/schemas';
import { factsOf } from './facts/index.ts';
import type { Judged, RunRecord } from './record.ts';

const MOST = 3;
const SHARE = 0.05;
const STEPS = { least: 20, most: 2000 };
/** Below it a cause is not worth a trial. */
const LIKELY = 0.4;
/** A first cause so sure, and so far before the next one, needs none. */
const CLEAR = { score: 0.9, lead: 0.5 };
/** What a trial of a twentieth of the run cannot show. */
const untried = ['/budget', '/earlyStopping', '/monitor', '/checkpoints'];

export type Outcome = 'helped' | 'did not help' | 'says nothing';

/** The causes whose patches are to be tried, the surest first; none where there is nothing to tell apart. */
export function worthTrying(findings: readonly Finding[]): Finding[] {
  const causes = findings.filter(({ score, patch }) => (score ?? 0) >= LIKELY && patch !== null);
  const able = causes.filter(({ patch }) => patch!.every(({ path }) => !untried.some((part) => path.startsWith(part))));
  const [first, second] = findings.map(({ score }) => score ?? 0).toSorted((a, b) => b - a);
  if (first !== undefined && first >= CLEAR.score && first - (second ?? 0) >= CLEAR.lead) return [];
  return able.slice(0, MOST);
}

/** Steps of a trial, for a run that took so many. */
export const trialSteps = (steps: number): number =>
  Math.min(STEPS.most, Math.max(STEPS.least, Math.ceil(SHARE * steps)));

/** The finding with what its trial showed. `trial` was judged on the training examples that the run was judged on. */
export function weigh(finding: Finding, record: RunRecord, trial: Judged, steps: number): Finding {
  const run = record.end!.training;
  const outcome = outcomeOf(finding, record, trial);
  const score = finding.score ?? 0;
  const weighed = outcome === 'helped' ? (1 + score) / 2 : outcome === 'did not help' ? score / 2 : score;
  const shown = (value: number): string => String(Number(value.toPrecision(3)));
  const told = `tried for ${steps} steps: ${shown(trial.score)} where the whole run came to ${shown(run.score)}, which ${outcome}`;
  return {
    ...finding,
    message: `${finding.message} (${told})`,
    score: Number(weighed.toFixed(2)),
    evidence: {
      ...finding.evidence,
      ...{ experimentSteps: steps, experimentScore: trial.score, runScore: run.score, experimentOutcome: outcome },
    },
  };
}

function outcomeOf({ patch }: Finding, record: RunRecord, trial: Judged): Outcome {
  const run = record.end!.training;
  const stuck = factsOf(record).left > 0.6 || !Number.isFinite(run.loss);
  if (record.target.kind === 'class') {
    const better = trial.score - run.score;
    if (better >= 0.03 && 1 - trial.score <= 0.8 * (1 - run.score)) return 'helped';
    return stuck && better <= 0.01 ? 'did not help' : 'says nothing';
  }
  // Another loss measures something else, and a loss below 0 has no share that could be left of it.
  if (patch!.some(({ path }) => path.startsWith('/loss')) || run.loss <= 0) return 'says nothing';
  if (!Number.isFinite(trial.score)) return 'did not help';
  if (!Number.isFinite(run.score) || trial.score >= 0.7 * run.score) return 'helped';
  return stuck && trial.score <= 0.95 * run.score ? 'did not help' : 'says nothing';
}

/** The surest first; what is no cause stays where it is, before them. */
export function rankedAgain(findings: readonly Finding[]): Finding[] {
  const causes = findings.filter(({ score }) => score !== undefined);
  const others = findings.filter(({ score }) => score === undefined);
  return [...others, ...causes.toSorted((a, b) => b.score! - a.score!)];
}
