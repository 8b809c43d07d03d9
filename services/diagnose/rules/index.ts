/** The registry of rules: a new rule is one file here and its line below. */
import { augmentationTooStrong } from './augmentation-too-strong.ts';
import { batchNormSmallBatch } from './batch-norm-small-batch.ts';
import { batchStatisticsStale } from './batch-statistics-stale.ts';
import { batchTooLarge } from './batch-too-large.ts';
import { batchTooSmall } from './batch-too-small.ts';
import { budgetTooShort } from './budget-too-short.ts';
import { classImbalance } from './class-imbalance.ts';
import { clippingTooTight } from './clipping-too-tight.ts';
import { deadUnits } from './dead-units.ts';
import { decayTooEarly } from './decay-too-early.ts';
import { dropoutTooStrong } from './dropout-too-strong.ts';
import { epsilonTooLarge } from './epsilon-too-large.ts';
import { explodingGradient } from './exploding-gradient.ts';
import { frozenLayer } from './frozen-layer.ts';
import { initialisationTooLarge } from './initialisation-too-large.ts';
import { initialisationTooSmall } from './initialisation-too-small.ts';
import { inputScale } from './input-scale.ts';
import { labelSmoothingTooStrong } from './label-smoothing-too-strong.ts';
import { labelsMisaligned } from './labels-misaligned.ts';
import { learningRateTooHigh } from './learning-rate-too-high.ts';
import { learningRateTooLow } from './learning-rate-too-low.ts';
import { missingNonlinearity } from './missing-nonlinearity.ts';
import { momentumOutOfRange } from './momentum-out-of-range.ts';
import { overfitting } from './overfitting.ts';
import { regularisationDominates } from './regularisation-dominates.ts';
import type { Rule } from './rule.ts';
import { saturatedUnits } from './saturated-units.ts';
import { softmaxInHiddenLayer } from './softmax-in-hidden-layer.ts';
import { stoppedTooEarly } from './stopped-too-early.ts';
import { targetScale } from './target-scale.ts';
import { tooSmallNet } from './too-small-net.ts';
import { unitsStartTheSame } from './units-start-the-same.ts';
import { vanishingGradient } from './vanishing-gradient.ts';
import { warmUpTooLong } from './warm-up-too-long.ts';
import { wrongFinalActivation } from './wrong-final-activation.ts';
import { wrongLoss } from './wrong-loss.ts';

export const rules: readonly Rule[] = [
  learningRateTooHigh,
  learningRateTooLow,
  decayTooEarly,
  warmUpTooLong,
  momentumOutOfRange,
  epsilonTooLarge,
  clippingTooTight,
  batchTooSmall,
  batchTooLarge,
  batchNormSmallBatch,
  batchStatisticsStale,
  initialisationTooLarge,
  initialisationTooSmall,
  unitsStartTheSame,
  frozenLayer,
  deadUnits,
  saturatedUnits,
  vanishingGradient,
  explodingGradient,
  wrongFinalActivation,
  softmaxInHiddenLayer,
  missingNonlinearity,
  wrongLoss,
  tooSmallNet,
  budgetTooShort,
  stoppedTooEarly,
  inputScale,
  targetScale,
  labelsMisaligned,
  classImbalance,
  labelSmoothingTooStrong,
  augmentationTooStrong,
  dropoutTooStrong,
  regularisationDominates,
  overfitting,
];
