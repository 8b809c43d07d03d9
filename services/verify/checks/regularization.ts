/**
 * The loss rises with the strength of the regularisation, and the compiled step adds just as much as the formula says; that can't be told of a
 * share below twice the rounding of the whole loss in single precision.
 * Source: CS231n, "Sanity checks tips/tricks".
 */
import { regularizationLoss, scoped } from '@anneal/engine';
import type { Finding } from '@anneal/schemas';
import { type CheckInput, found, one, passed, skipped } from './check.ts';

const NAME = 'regularization';
/** Strengths tried where the spec has none. */
const TRIAL = { l1: 1e-5, l2: 1e-4 };

export const regularization = one(NAME, (input): Finding => {
  const { l1, l2 } = input.spec.regularization;
  if (!input.built.weights.some((weight) => weight.regularized))
    return skipped(NAME, 'no layer of the model has weights that regularisation acts on');
  const strength = l1 > 0 || l2 > 0 ? { l1, l2 } : TRIAL;
  const at = (factor: number) => valueAt(input, strength, factor);
  const [once, tenfold] = [at(1), at(10)];
  const evidence: Record<string, number> = { ...strength, lossAdded: once, lossAddedTenfold: tenfold };
  const rises = once > 0 && Math.abs(tenfold / once - 10) < 0.01;
  let agrees = true;
  let untold = '';
  if (l1 > 0 || l2 > 0) {
    const { added, rounding } = addedByStep(input);
    evidence.lossAddedByStep = added;
    agrees = Math.abs(added - once) <= 1e-3 * once + 1e-5 + rounding;
    if (2 * rounding > once)
      untold = '; whether the step adds it is lost in the rounding of a loss that is so much larger';
  }
  const numbers = `regularisation adds ${once.toPrecision(3)} to the loss, ${tenfold.toPrecision(3)} at ten times the strength${untold}`;
  if (rises && agrees) return passed(NAME, numbers, evidence);
  return found(NAME, 'fail', 'regularisation-lost', `${numbers}: it does not act as it should`, evidence);
});

function valueAt({ built }: CheckInput, { l1, l2 }: typeof TRIAL, factor: number): number {
  return scoped(() => regularizationLoss({ l1: l1 * factor, l2: l2 * factor }, built)?.dataSync()[0] ?? 0);
}

/** Of single precision, relative; both losses are sums of many numbers. */
const ROUNDING = 4 * 2 ** -23;

/** Total loss minus data loss of a compiled step at rate 0. */
function addedByStep({ plan, task, data }: CheckInput): { added: number; rounding: number } {
  const batch = task.batches[0]!;
  const rows = data.splits.training.slice(0, batch);
  const rates = new Float32Array(1);
  const { loss, dataLoss } = plan.train({
    rows,
    batch,
    rates,
    momenta: task.spec.momentumSchedule && rates,
    firstStep: 1,
  });
  return { added: loss[0]! - dataLoss[0]!, rounding: ROUNDING * Math.abs(loss[0]!) };
}
