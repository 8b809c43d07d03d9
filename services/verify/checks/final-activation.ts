/**
 * The last layer can answer what the loss asks for: logits without bounds for the cross-entropies, numbers as large as the labels for a regression.
 * With bounded logits the loss has a floor, −ln( e^high / (e^high + (C − 1) e^low) ), and a softmax before a loss that has its own is the usual case.
 *
 * Source: CS231n; UMLAUT and NeuraLint (softmax with logits). A floor above 0.05, or labels out of reach, fails; half-bounded logits warn.
 */
import { takeLabels } from '@anneal/engine';
import { type Finding, linearOutput, lossFloor, outputRange, takesLogits } from '@anneal/schemas';
import { type CheckInput, found, one, passed } from './check.ts';

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
  const { activation, range } = bounded;
  const patch = linearOutput(layer, last);
  const limits = `the last layer answers by ${activation}, within ${range[0]} to ${range[1]}`;
  if (takesLogits(type)) {
    const floor = lossFloor(type, target, range);
    const evidence = { activation, loss: type, floor };
    if (floor !== null && floor > FLOOR) {
      const message = `${limits}, but ${type} takes logits: it cannot fall below ${floor.toPrecision(3)}; make it linear`;
      return found(NAME, 'fail', 'wrong-final-activation', message, evidence, patch);
    }
    const message = `${limits}, but ${type} takes logits of any sign; make it linear`;
    return found(NAME, 'warn', 'wrong-final-activation', message, evidence, patch);
  }
  const reach = labelRange(data);
  const evidence = { activation, loss: type, least: reach?.[0] ?? null, most: reach?.[1] ?? null };
  if (!reach || (reach[0] >= range[0] - SLACK && reach[1] <= range[1] + SLACK))
    return passed(NAME, `${limits}, where the labels lie too`, evidence);
  const message = `${limits}, but the labels go from ${reach[0].toPrecision(3)} to ${reach[1].toPrecision(3)}`;
  return found(NAME, 'fail', 'wrong-final-activation', message, evidence, patch);
});

/** Of numbers to learn, over the training split; null for classes. */
function labelRange(data: CheckInput['data']): [number, number] | null {
  if (data.labels.kind === 'class') return null;
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const rows = data.splits.training.slice().sort();
  for (let from = 0; from < rows.length; from += ROWS)
    for (const label of takeLabels(data, rows.subarray(from, from + ROWS))) {
      least = Math.min(least, label);
      most = Math.max(most, label);
    }
  return [least, most];
}
