/**
 * The last layer can answer what the loss asks for: logits without bounds for the cross-entropies, scores a margin apart for the hinges, numbers as
 * large as the labels for a regression. Bounded outputs give the loss of classes a floor; a softmax before a loss that has its own is the usual case.
 *
 * Source: CS231n; UMLAUT and NeuraLint (softmax with logits). A floor above 0.05, or labels out of reach, fails; half-bounded logits warn.
 */
import { takeLabels } from '@anneal/engine';
import { type Finding, linearOutput, lossFloor, outputRange, takesAnything, takesLogits } from '@anneal/schemas';
import { type CheckInput, found, one, passed, skipped } from './check.ts';

const NAME = 'final-activation';
const FLOOR = 0.05;
/** Of the range of the labels that may lie beyond the bounds. */
const SLACK = 0.02;
/** Labels that are looked at together. */
const ROWS = 65_536;

export const finalActivation = one(NAME, ({ spec, built, target, data }): Finding => {
  const last = built.layers.length / (built.ensemble?.members ?? 1) - 1;
  const { layer } = built.layers[last]!;
  const { type } = spec.loss;
  const bounded = outputRange(layer);
  if (!bounded) return passed(NAME, `the last layer has no bounds, as ${type} asks for`, { loss: type });
  if (takesAnything(type)) return skipped(NAME, 'what outputs a loss of one’s own takes is not known');
  const { activation, range } = bounded;
  const patch = linearOutput(layer, last);
  const limits = `the last layer answers by ${activation}, within ${range[0]} to ${range[1]}`;
  const floor = lossFloor(spec.loss, target, range);
  if (takesLogits(type) || target.kind === 'class') {
    const evidence = { activation, loss: type, floor };
    if (floor !== null && floor > FLOOR) {
      const why = takesLogits(type) ? `${type} takes logits: it` : type;
      const message = `${limits}, but ${why} cannot fall below ${floor.toPrecision(3)}; make it linear`;
      return found(NAME, 'fail', 'wrong-final-activation', message, evidence, patch);
    }
    if (!takesLogits(type)) return passed(NAME, `${limits}, where ${type} can reach 0`, evidence);
    const message = `${limits}, but ${type} takes logits of any sign; make it linear`;
    return found(NAME, 'warn', 'wrong-final-activation', message, evidence, patch);
  }
  const reach = labelRange(data);
  const [low, high] = type === 'cosine-distance' ? signsOf(range) : range;
  const evidence = { activation, loss: type, least: reach[0], most: reach[1] };
  if (reach[0] >= low - SLACK && reach[1] <= high + SLACK)
    return passed(NAME, `${limits}, where the labels lie too`, evidence);
  const message = `${limits}, but the labels go from ${reach[0].toPrecision(3)} to ${reach[1].toPrecision(3)}`;
  return found(NAME, 'fail', 'wrong-final-activation', message, evidence, patch);
});

/** Where only the direction of an output counts, its size has no bounds. */
const signsOf = ([low]: readonly [number, number]): readonly [number, number] => [
  low < 0 ? Number.NEGATIVE_INFINITY : 0,
  Number.POSITIVE_INFINITY,
];

/** Of numbers to learn, over the training split. */
function labelRange(data: CheckInput['data']): [number, number] {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const rows = data.splits.training.slice().sort();
  for (let from = 0; from < rows.length; from += ROWS)
    for (const label of takeLabels(data, rows.subarray(from, from + ROWS))) {
      least = Math.min(least, label);
      most = Math.max(most, label);
    }
  return [least, most];
}
