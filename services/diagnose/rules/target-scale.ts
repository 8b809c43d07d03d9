/**
 * Labels of a regression are so large that the first errors, and with them the gradients, are enormous, and the last layer has far to go.
 *
 *   √(mean² + deviation²) of the labels: suspicious from 10, sure from 100; where the loss is not below that of a constant answer, left from 0.9 to 1.3,
 *   though the kernels move, ‖Δw‖/‖w‖ from 1e-4 to 4e-4; half as sure where the first loss was no larger than that of a constant answer (1 to 1.5):
 *   the last layer did not have far to go
 *
 * Source: TheDeepChecker's scaling of targets; CS231n on the fragility of L2. The patch starts the last bias at the mean of the labels and clips
 * the gradients, since a spec cannot scale labels.
 */
import { logRamp, ramp } from '../facts/numbers.ts';
import { type Patch, type Rule, short } from './rule.ts';

export const targetScale: Rule = {
  cause: 'target-scale',
  follows: [
    'wrong-final-activation',
    'wrong-loss',
    'units-start-the-same',
    'regularisation-dominates',
    'dropout-too-strong',
  ],
  experiment:
    'A twentieth of the run with labels divided by their deviation: the loss falls below 1 if the scale was the cause.',
  judge: ({ record, curve, measured, left, baseline, health }) => {
    const { labels } = record.data;
    if (labels.kind === 'class' || (!record.end && health.falling)) return null;
    const far = record.nonFiniteStep === null ? ramp(left, 0.9, 1.3) : 1;
    // Steps that are too small for any labels are another matter.
    const moving = measured ? logRamp(Math.max(...measured.kernels.map(({ ratio }) => ratio)), 1e-4, 4e-4) : 1;
    const size = Math.hypot(labels.mean, labels.deviation);
    const large = logRamp(size, 10, 100);
    if (!(far * moving * large > 0)) return null;
    const away = baseline.constant && record.first ? ramp(record.first.dataLoss / baseline.constant, 1, 1.5) : 1;
    const { layers } = record;
    const last = layers.at(-1)!.layer;
    const patch: Patch = [{ op: 'add', path: '/clip', value: { globalNorm: 1 } }];
    if ('initialBias' in last)
      patch.unshift({
        op: 'replace',
        path: `/model/layers/${layers.length - 1}/initialBias`,
        value: Number(labels.mean.toPrecision(3)),
      });
    return {
      score: far * moving * (0.5 + 0.5 * away) * (0.5 + 0.4 * large),
      message: `the labels have a mean of ${short(labels.mean)} and a deviation of ${short(labels.deviation)}, so the first loss was ${short(record.first?.loss ?? Number.NaN)}, and ${Number.isFinite(left) ? `${short(left)} of the loss of a constant answer is left` : 'the loss is no number'}: scale them`,
      evidence: {
        mean: labels.mean,
        deviation: labels.deviation,
        firstLoss: record.first?.loss ?? null,
        lastLoss: curve?.last ?? null,
      },
      patch,
    };
  },
};
