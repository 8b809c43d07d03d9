/** Progress of which only the phase is known, and what is said besides. */
import type { Progress } from '@anneal/schemas';

export const phaseOf = (phase: Progress['phase'], known: Partial<Progress> = {}): Progress => ({
  phase,
  step: 0,
  steps: null,
  epoch: 0,
  epochs: null,
  loss: null,
  validationLoss: null,
  validationScore: null,
  microsecondsPerStep: null,
  secondsLeft: null,
  ...known,
});
