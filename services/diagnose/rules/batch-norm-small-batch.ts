/**
 * Batch normalisation takes mean and variance of so few examples that what it trained with is not what it is judged with.
 *
 *   values a channel and batch: suspicious below 16, sure at 4 or fewer
 *   loss on training examples with the moving statistics / with the batch's own: supports it from 1.5
 *
 * Source: Ioffe & Szegedy 2015; Wu & He 2018, "Group normalization": errors grow below 16 examples.
 */
import { logRamp, ramp } from '../facts/numbers.ts';
import { type Rule, short } from './rule.ts';

export const batchNormSmallBatch: Rule = {
  cause: 'batch-norm-small-batch',
  follows: [],
  experiment:
    'A tenth of the run at a batch size of 32: validation and training loss come together if the batch was the cause.',
  judge: ({ record, curve, trainingLoss, health }) => {
    const found = record.layers.filter(({ layer }) => layer.type === 'batch-normalization' && !layer.frozen);
    const { batchSize } = record.spec;
    if (found.length === 0 || !curve) return null;
    const places = Math.min(...found.map(({ output }) => output.slice(0, -1).reduce((a, b) => a * b, 1)));
    const few = ramp(batchSize * places, 16, 4);
    const worse = trainingLoss / curve.last;
    const ill = Math.max(logRamp(worse, 1.2, 2), health.poor);
    if (few === 0 || ill === 0) return null;
    return {
      score: ill * (0.6 + 0.35 * few),
      message: `batch normalisation has ${batchSize * places} values a channel to take its statistics from; the training loss is ${short(curve.last)} with them and ${short(trainingLoss)} with the moving ones`,
      evidence: { batchSize, values: batchSize * places, lossOfBatches: curve.last, trainingLoss },
      patch: [{ op: 'replace', path: '/batchSize', value: 32 }],
    };
  },
};
