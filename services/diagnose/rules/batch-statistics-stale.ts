/**
 * The moving averages of batch normalisation have not arrived: the run is shorter than they remember, so the net is judged with half of what they
 * started with.
 *
 *   share of the start that is left, momentum^steps: suspicious from 0.02, sure from 0.3
 *   loss on training examples with the moving statistics / with the batch's own: suspicious from 1.5, sure from 3
 *
 * Source: Ioffe & Szegedy 2015; Keras's momentum of 0.99 needs about 500 steps.
 */
import { logRamp } from '../facts/numbers.ts';
import { percent, type Rule, short } from './rule.ts';

export const batchStatisticsStale: Rule = {
  cause: 'batch-statistics-stale',
  follows: ['batch-norm-small-batch'],
  experiment:
    'The same weights judged with the statistics of the training examples: the validation loss falls to that of training.',
  judge: ({ record, curve, trainingLoss }) => {
    if (!record.end || !curve) return null;
    const layers = record.layers.flatMap(({ layer }, index) =>
      layer.type === 'batch-normalization' && !layer.frozen ? [{ layer, index }] : [],
    );
    const momentum = Math.max(0, ...layers.map(({ layer }) => layer.momentum));
    const left = momentum ** curve.steps;
    const worse = trainingLoss / curve.last;
    const [stale, apart] = [logRamp(left, 0.02, 0.3), logRamp(worse, 1.5, 3)];
    if (layers.length === 0 || stale === 0 || apart === 0) return null;
    const quick = Number(Math.max(0, 1 - 10 / curve.steps).toPrecision(2));
    return {
      score: 0.5 + 0.25 * stale + 0.2 * apart,
      message: `${percent(left)} of what the moving averages of batch normalisation started with is left after ${curve.steps} steps: the training loss is ${short(curve.last)} by batches and ${short(trainingLoss)} by the averages`,
      evidence: { momentum, steps: curve.steps, leftOfStart: left, lossOfBatches: curve.last, trainingLoss },
      patch: layers.map(({ index }) => ({
        op: 'replace',
        path: `/model/layers/${index}/momentum`,
        value: Math.min(quick, 0.9),
      })),
    };
  },
};
