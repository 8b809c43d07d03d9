/** The registry of rules: a new rule is one file here and its line below. */
import { dropoutTooStrong } from './dropout-too-strong.ts';
import { epsilonTooLarge } from './epsilon-too-large.ts';
import { initialisationTooLarge } from './initialisation-too-large.ts';
import { initialisationTooSmall } from './initialisation-too-small.ts';
import { learningRateTooHigh } from './learning-rate-too-high.ts';
import { learningRateTooLow } from './learning-rate-too-low.ts';
import { regularisationDominates } from './regularisation-dominates.ts';
import type { Rule } from './rule.ts';
import { unitsStartTheSame } from './units-start-the-same.ts';

export const rules: readonly Rule[] = [
  learningRateTooHigh,
  learningRateTooLow,
  epsilonTooLarge,
  regularisationDominates,
  dropoutTooStrong,
  initialisationTooLarge,
  initialisationTooSmall,
  unitsStartTheSame,
];
