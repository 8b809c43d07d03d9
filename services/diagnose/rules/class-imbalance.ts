/**
 * One class is so much commoner than another that answering it always is nearly best, and that is what the net does.
 *
 *   examples of the rarest / of the commonest class: suspicious below 0.1, sure below 0.02
 *   validation accuracy − share of the commonest class: suspicious below 0.05
 *
 * Class weights have dealt with it already. Source: SageMaker Debugger's ratio of 10; Buda et al. 2018. The patch weighs a class by examples / (classes · its own).
 */
import { logRamp, ramp } from '../facts/numbers.ts';
import { percent, type Rule } from './rule.ts';

export const classImbalance: Rule = {
  cause: 'class-imbalance',
  follows: [
    'learning-rate-too-low',
    'learning-rate-too-high',
    'regularisation-dominates',
    'initialisation-too-small',
    'units-start-the-same',
  ],
  experiment:
    'A tenth of the run with class weights: the accuracies of the rare classes leave 0 if the imbalance was the cause.',
  judge: ({ record, baseline, bestValidationScore, curve }) => {
    const { labels } = record.data;
    if (labels.kind !== 'class' || !curve || curve.progress < 1 || baseline.accuracy === null) return null;
    const [rarest, commonest] = [Math.min(...labels.counts), Math.max(...labels.counts)];
    const rare = logRamp(rarest / commonest, 0.1, 0.02);
    const score = bestValidationScore ?? record.end?.training.score ?? 1;
    const blind = ramp(score - baseline.accuracy, 0.05, 0.01);
    if (rare === 0 || blind === 0) return null;
    const total = labels.counts.reduce((a, b) => a + b, 0);
    const weights = labels.counts.map((count) =>
      Number((total / (labels.counts.length * Math.max(1, count))).toPrecision(3)),
    );
    const { loss } = record.spec;
    const weighable = loss.type === 'softmax-cross-entropy';
    if (weighable && loss.classWeights) return null;
    return {
      score: blind * (0.6 + 0.3 * rare),
      message: `the rarest class has ${rarest} examples, the commonest ${commonest}: always answering that one is right in ${percent(baseline.accuracy)}, and the net is right in ${percent(score)}`,
      evidence: { rarest, commonest, commonestShare: baseline.accuracy, accuracy: score },
      patch: weighable ? [{ op: 'add', path: '/loss/classWeights', value: weights }] : null,
    };
  },
};
