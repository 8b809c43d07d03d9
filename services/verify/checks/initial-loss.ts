/**
 * The data loss of an untrained model is that of guessing: ln C for softmax cross-entropy, Δ(C−1) for the Weston-Watkins hinge.
 * A much larger one means inputs or weights of the wrong scale, a smaller one that labels leak or the loss is wrong.
 *
 * Source: CS231n, "Sanity checks tips/tricks"; Karpathy, "A recipe for training neural networks". Thresholds: within 25 % passes,
 * twice or half of it fails.
 */
import { type Finding, lossDefinition } from '@anneal/schemas';
import type { Check } from './check.ts';

/** Examples the loss is averaged over. */
const EXAMPLES = 1000;

export const initialLoss: Check = ({ spec, data, target, plan }): Finding => {
  const chance = lossDefinition(spec.loss.type).atChance(target, spec.loss as never);
  if (chance === null) {
    const message = `${spec.loss.type} has no value at chance to compare the initial loss with`;
    return { rule: 'initial-loss', verdict: 'skipped', message, cause: null, evidence: {}, patch: null };
  }
  const examples = Math.min(EXAMPLES, data.splits.training.length);
  const { loss } = plan.evaluate(data.splits.training.subarray(0, examples));
  const ratio = loss / chance;
  const verdict =
    Number.isFinite(ratio) && Math.abs(ratio - 1) <= 0.25 ? 'pass' : ratio < 2 && ratio > 0.5 ? 'warn' : 'fail';
  const evidence = { initialLoss: loss, lossAtChance: chance, ratio, examples };
  const numbers = `initial loss ${loss.toPrecision(4)}, ${chance.toPrecision(4)} at chance`;
  if (verdict === 'pass')
    return { rule: 'initial-loss', verdict, message: numbers, cause: null, evidence, patch: null };
  const unscaled = ratio > 1 && data.scale.multiply === 1 && data.inputs.dtype === 'uint8';
  return {
    rule: 'initial-loss',
    verdict,
    message: `${numbers}: ${ratio > 1 ? 'the inputs or the initial weights are too large' : 'the model knows the labels before it has learned anything'}`,
    cause: ratio > 1 ? (unscaled ? 'input-scale' : 'initialisation-scale') : 'leakage',
    evidence,
    patch: unscaled ? [{ op: 'replace', path: '/data/scale', value: 'unit' }] : null,
  };
};
