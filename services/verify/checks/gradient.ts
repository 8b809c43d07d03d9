/**
 * The gradient that trains is the derivative of the loss: centred differences in double precision, by the graph of the step itself, at a few
 * parameters of every tensor and along random directions. Dropout and augmentation stay on, with the same numbers drawn every time.
 *
 * Source: CS231n, "Gradient checks". A relative error above 1e-2 fails, above 1e-4 warns; in double precision a right gradient agrees to 1e-7 and
 * better. An op without double precision is named, and the check says that it was skipped.
 */
import { type DoubleLoss, doubleLoss, HostRead, NoDoubles } from '@anneal/engine';
import type { Finding } from '@anneal/schemas';
import { type Comparison, compareGradient } from '../gradient/compare.ts';
import type { Check, CheckInput } from './check.ts';

const EXAMPLES = 3;
const WRONG = 1e-2;
const DOUBTFUL = 1e-4;
/** Parameters of a tensor, and directions, that are looked at before a run. */
const BEFORE_A_RUN = { perTensor: 8, directions: 2 };
/** Parameters looked at by parameters of the net, at most: a third of a second. Not by the clock, so that a run finds the same again. */
const WORK = 1.2e7;

export const gradient: Check = (input): Finding => {
  const whole = compared(input, input.spec);
  if ('skipped' in whole) return skipped(whole.skipped);
  const { compared: all, tensors, unchecked, kinked, bothZero, deterministic, loss } = whole;
  const [worst] = all;
  const evidence = {
    ...{
      parameters: all.length,
      tensors,
      unchecked: unchecked.join(', ') || null,
      kinked,
      bothZero,
      examples: EXAMPLES,
      loss,
    },
    ...{ worstError: worst?.error ?? 0, worstAt: worst ? nameOf(worst) : null },
    ...{ analytic: worst?.analytic ?? null, numeric: worst?.numeric ?? null, without: whole.without },
  };
  const finding = (verdict: Finding['verdict'], message: string, cause: string | null): Finding => {
    return { rule: 'gradient', verdict, message: message + whole.said, cause, evidence, patch: null };
  };
  if (!deterministic)
    return finding(
      'fail',
      'two evaluations at the same weights gave two losses: the loss is not deterministic',
      'non-deterministic-loss',
    );
  if (!worst) return skipped(`all ${kinked} parameters looked at lie on kinks of the loss`);
  const missed = unchecked.length > 0 ? `, all looked at in ${unchecked.join(', ')}` : '';
  const numbers = `${all.length} directions in ${tensors} tensors, ${kinked} on kinks set apart${missed}`;
  if (worst.error <= DOUBTFUL)
    return finding(
      'pass',
      `gradient and differences agree ${worst.error === 0 ? 'up to rounding' : `to ${worst.error.toExponential(0)}`} in double precision: ${numbers}`,
      null,
    );
  const values = `${nameOf(worst)} has ${worst.analytic.toPrecision(6)} where differences give ${worst.numeric.toPrecision(6)}, a relative error of ${worst.error.toExponential(1)}`;
  return finding(
    worst.error > WRONG ? 'fail' : 'warn',
    `the gradient is wrong: ${values}; ${partAtFault(input)} (${numbers})`,
    'wrong-gradient',
  );
};

const nameOf = ({ where, index }: { where: string; index: number | null }): string =>
  index === null ? where : `${where}[${index}]`;

/** Whether the data loss alone is wrong, or what the regularisation adds. */
function partAtFault(input: CheckInput): string {
  const alone = compared(input, { ...input.spec, regularization: { l1: 0, l2: 0 } });
  if ('skipped' in alone) return 'it was not looked into further';
  const right = (alone.compared[0]?.error ?? 0) <= DOUBTFUL;
  return right
    ? 'that of the data loss alone is right, so it is the regularisation'
    : 'that of the data loss alone is wrong too';
}

type Outcome = (Comparison & { readonly said: string; readonly without: string | null }) | { readonly skipped: string };

function compared({ built, data }: CheckInput, spec: CheckInput['spec']): Outcome {
  const rows = data.splits.training.subarray(0, EXAMPLES);
  const measure = (augmentation: CheckInput['spec']['augmentation']): Comparison => {
    let loss: DoubleLoss | undefined;
    try {
      loss = doubleLoss({ ...spec, augmentation }, built, data, rows);
      const most = Math.floor(WORK / loss.start.length);
      return compareGradient(loss, { ...BEFORE_A_RUN, most, seed: spec.seed });
    } finally {
      loss?.dispose();
    }
  };
  try {
    return { ...measure(spec.augmentation), said: '', without: null };
  } catch (error) {
    if (!(error instanceof NoDoubles) || spec.augmentation.length === 0) return { skipped: reason(error) };
  }
  try {
    return {
      ...measure([]),
      said: '; without the augmentation, which has no double precision',
      without: 'augmentation',
    };
  } catch (error) {
    return { skipped: reason(error) };
  }
}

/** The op that can't be computed in doubles; TensorFlow names one without a kernel in the first line. @throws what is no answer of TensorFlow's */
function reason(error: unknown): string {
  if (error instanceof NoDoubles || error instanceof HostRead) return error.message;
  const [line] = (error instanceof Error ? error.message : String(error)).split('\n');
  if (/^(?:Session fail|Failed to load SavedModel)/.test(line ?? '')) return line!.slice(0, 200);
  throw error;
}

const skipped = (why: string): Finding => ({
  rule: 'gradient',
  verdict: 'skipped',
  message: `the gradient was not checked: ${why}`,
  cause: null,
  evidence: {},
  patch: null,
});
