/**
 * The ε of an adaptive rule is as large as the roots it is added to, so that its steps are those of plain descent at α/ε of the gradient.
 *
 *   ε against the root mean square of a gradient, ‖g‖/√n: suspicious where ε is larger, sure from ten times
 *
 * Source: Kingma & Ba 2015 (1e-8); TheDeepChecker's fault "Adam's epsilon". Large ones, as 0.1 or 1, are used on purpose with large rates.
 */
import { logRamp } from '../facts/numbers.ts';
import { type Rule, short } from './rule.ts';

export const epsilonTooLarge: Rule = {
  cause: 'epsilon-too-large',
  follows: [],
  experiment: 'A twentieth of the run with ε = 1e-8: the loss falls at once if ε was the cause.',
  judge: ({ record, measured, initial, health }) => {
    const { update } = record.spec;
    if (!('epsilon' in update) || !measured || health.poor === 0) return null;
    const { epsilon } = update;
    const sizes = new Map(initial.map(({ name, size }) => [name, size]));
    const roots = measured.kernels.flatMap(({ layer, firstGradient }) => {
      const size = sizes.get(layer);
      return size ? [firstGradient / Math.sqrt(size)] : [];
    });
    const root = Math.max(...roots);
    if (!(root > 0) || epsilon < root || epsilon < 1e-6) return null;
    return {
      score: health.poor * (0.6 + 0.35 * logRamp(epsilon / root, 1, 10)),
      message: `ε is ${epsilon}, but the gradients of the kernels have a root mean square of ${short(root)} at most: it drowns them; 1e-8 is usual`,
      evidence: {
        epsilon,
        gradientRootMeanSquare: root,
        updateRatio: Math.max(...measured.kernels.map(({ ratio }) => ratio)),
      },
      patch: [{ op: 'replace', path: '/update/epsilon', value: 1e-8 }],
    };
  },
};
