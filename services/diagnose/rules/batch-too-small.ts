/**
 * The loss wiggles from step to step by more than it has left to fall: a batch is too small for its rate.
 *
 *   deviation of the noise / mean loss of the last fifth: suspicious from 0.5, sure from 2; only at 8 examples a step or fewer, and where the loss does
 *   not fall
 *
 * Source: CS231n: "the amount of wiggle in the loss is related to the batch size"; TheDeepChecker counts the turns of the loss.
 */
import { logRamp } from '../facts/numbers.ts';
import { type Rule, short } from './rule.ts';

export const batchTooSmall: Rule = {
  cause: 'batch-too-small',
  follows: [
    'learning-rate-too-high',
    'batch-norm-small-batch',
    'momentum-out-of-range',
    'labels-misaligned',
    'input-scale',
    'target-scale',
  ],
  experiment:
    'A tenth of the run at eight times the batch size: the wiggle falls to a third if the batch was the cause; if not, it is the rate.',
  judge: ({ record, curve, health }) => {
    const examples = record.spec.batchSize * record.spec.accumulate;
    if (!curve || examples > 8 || health.poor === 0 || health.falling) return null;
    const wiggle = curve.noise / Math.abs(curve.last);
    const wild = logRamp(wiggle, 0.5, 2);
    if (wild === 0) return null;
    return {
      score: health.poor * (0.5 + 0.35 * wild),
      message: `with ${examples} examples a step the loss wiggles by ${short(curve.noise)} around ${short(curve.last)} and falls no more`,
      evidence: { examples, noise: curve.noise, lastLoss: curve.last, fall: curve.fall },
      patch: [{ op: 'replace', path: '/batchSize', value: 32 }],
    };
  },
};
