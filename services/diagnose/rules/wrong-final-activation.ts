/**
 * The last layer bounds what it answers, but the loss takes logits (or numbers that lie outside of the bounds): the loss cannot fall below a floor.
 *
 *   softmax twice    the best logits are 1 and 0, so the loss is at least −ln( e / (e + C − 1) ): 1.46 for ten classes
 *   tanh             −ln( e² / (e² + C − 1) )
 *   sigmoid          as softmax twice
 *   relu             no logit is below 0: units that are dead at the start stay so
 *   numbers          labels beyond [0, 1] of a sigmoid, [−1, 1] of a tanh, below 0 of a relu cannot be reached
 *
 * Source: UMLAUT and NeuraLint (softmax with logits), CS231n. Counts where the loss is at its floor or far from learned.
 */
import { linearOutput, lossFloor, outputRange, takesAnything, takesLogits } from '@anneal/schemas';
import type { Facts } from '../facts/index.ts';
import { type Rule, short } from './rule.ts';

export const wrongFinalActivation: Rule = {
  cause: 'wrong-final-activation',
  follows: [],
  experiment:
    'A twentieth of the run with a linear last layer: the loss falls below its floor if the activation was the cause.',
  judge: (facts) => {
    const { record, trainingLoss, health } = facts;
    const index = record.layers.length - 1;
    const { layer, name } = record.layers[index]!;
    const bounded = outputRange(layer);
    if (!bounded || !Number.isFinite(trainingLoss)) return null;
    const { activation, range } = bounded;
    const { type } = record.spec.loss;
    const problem = unreachable(facts, range);
    if (!problem && !takesLogits(type)) return null;
    const floor = lossFloor(record.spec.loss, record.target, range);
    const near = floor !== null && floor > 0.05 && trainingLoss < 1.3 * floor;
    const ill = near ? 1 : health.poor;
    if (ill === 0) return null;
    const limit =
      floor !== null && floor > 0.05
        ? `, so the loss cannot fall below ${short(floor)}, and is ${short(trainingLoss)}`
        : `, and the loss stays at ${short(trainingLoss)}`;
    return {
      score: (problem ? 0.95 : 0.9) * ill,
      message: `the last layer '${name}' answers by ${activation}, within ${short(range[0])} to ${short(range[1])}, but ${problem ?? `${type} takes logits`}${limit}: it has to be linear`,
      evidence: { activation, loss: type, floor, trainingLoss },
      patch: linearOutput(layer, index),
    };
  },
};

function unreachable({ record }: Facts, [low, high]: readonly [number, number]): string | null {
  const { labels } = record.data;
  const { type } = record.spec.loss;
  if (labels.kind === 'class' || takesLogits(type) || takesAnything(type)) return null;
  const beyond = labels.least < low - 0.02 || labels.most > high + 0.02;
  return beyond ? `labels go from ${short(labels.least)} to ${short(labels.most)}` : null;
}
