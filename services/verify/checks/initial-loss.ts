/**
 * The data loss of an untrained model is that of guessing: ln C for softmax cross-entropy, Δ(C−1) for the Weston-Watkins hinge.
 * A much larger one means inputs or weights of the wrong scale, a smaller one that labels leak or the loss is wrong.
 *
 * Source: CS231n, "Sanity checks tips/tricks"; Karpathy, "A recipe for training neural networks". Thresholds: within 25 % passes,
 * four times or half of it fails. Four, not two: a few classes and standardised inputs that go together reach 2.2 with Glorot's weights, by chance alone.
 * So they do 0.36, which of three classes or fewer only warns. A model that starts from given weights may know as much as it likes.
 */
import { type Finding, lossDefinition } from '@anneal/schemas';
import { found, one, passed, skipped } from './check.ts';

const NAME = 'initial-loss';
/** Examples the loss is averaged over. */
const EXAMPLES = 1000;
/** Of the loss at chance: beyond them it fails. */
const [LEAST, MOST] = [0.5, 4];
/** So many can be told apart by random weights, with luck. */
const FEW_CLASSES = 3;

export const initialLoss = one(NAME, ({ spec, data, target, plan }): Finding => {
  const chance = lossDefinition(spec.loss.type).atChance(target, spec.loss as never);
  if (chance === null)
    return skipped(NAME, `${spec.loss.type} has no value at chance to compare the initial loss with`);
  const examples = Math.min(EXAMPLES, data.splits.training.length);
  const { loss } = plan.evaluate(data.splits.training.subarray(0, examples));
  const ratio = loss / chance;
  const evidence = { initialLoss: loss, lossAtChance: chance, ratio, examples };
  const numbers = `initial loss ${loss.toPrecision(4)}, ${chance.toPrecision(4)} at chance`;
  if (Number.isFinite(ratio) && Math.abs(ratio - 1) <= 0.25) return passed(NAME, numbers, evidence);
  const verdict = ratio < MOST && ratio > LEAST ? 'warn' : 'fail';
  if (ratio <= 1) {
    if (spec.model.warmStart) return passed(NAME, `${numbers}: the weights it starts from know more`, evidence);
    const few = target.kind === 'class' && target.classes <= FEW_CLASSES;
    const message = `${numbers}: the model knows the labels before it has learned anything${few ? ', or by chance: there are few classes' : ''}`;
    return found(NAME, few ? 'warn' : verdict, 'leakage', message, evidence);
  }
  const unscaled = data.scale.multiply === 1 && data.inputs.dtype === 'uint8';
  const message = `${numbers}: the inputs or the initial weights are too large`;
  const patch = unscaled ? [{ op: 'replace' as const, path: '/data/scale', value: 'unit' }] : null;
  return found(NAME, verdict, unscaled ? 'input-scale' : 'initialisation-too-large', message, evidence, patch);
});
