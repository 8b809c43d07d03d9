/**
 * The gradient that trains is the derivative of the loss: centred differences in double precision, by the graph of the step itself, at a few
 * parameters of every tensor and along random directions. Dropout and augmentation stay on, with the same numbers drawn every time.
 *
 * Source: CS231n, "Gradient checks". A relative error above 1e-2 fails, above 1e-4 warns; in double precision a right gradient agrees to 1e-7 and
 * better. An op without double precision is named, and the check says that it was skipped.
 */
import type { DoubleLoss } from '@anneal/engine';
import type { Finding } from '@anneal/schemas';
import { burnIn } from '../gradient/burn-in.ts';
import { type Comparison, compareGradient } from '../gradient/compare.ts';
import { inDoubles, isUnavailable, type Unavailable } from '../in-doubles.ts';
import { type CheckInput, found, one, passed, skipped } from './check.ts';

const NAME = 'gradient';
const EXAMPLES = 3;
const WRONG = 1e-2;
const DOUBTFUL = 1e-4;
/** Parameters of a tensor, and directions, that are looked at before a run. */
const BEFORE_A_RUN = { perTensor: 8, directions: 2 };
/** Parameters looked at by parameters of the net, at most: a third of a second. Not by the clock, so that a run finds the same again. */
const WORK = 1.2e7;

export const gradient = one(NAME, (input): Finding => {
  const whole = compared(input, input.spec);
  if (isUnavailable(whole)) return notChecked(whole.unavailable);
  const { compared: all, tensors, unchecked, kinked, bothZero, deterministic, loss, without, burnIn: burned } = whole;
  const [worst] = all;
  const evidence = {
    ...{ parameters: all.length, tensors, unchecked: unchecked.join(', ') || null, kinked, bothZero, burnIn: burned },
    ...{
      examples: Math.min(EXAMPLES, input.data.splits.training.length),
      loss,
      worstError: worst?.error ?? 0,
      worstAt: worst ? nameOf(worst) : null,
    },
    ...{ analytic: worst?.analytic ?? null, numeric: worst?.numeric ?? null, without },
  };
  const said = without ? `; without the ${without}, which has no double precision` : '';
  if (!deterministic) {
    const message = 'two evaluations at the same weights gave two losses: the loss is not deterministic';
    return found(NAME, 'fail', 'non-deterministic-loss', message + said, evidence);
  }
  if (!Number.isFinite(loss)) {
    const message = `the loss is ${loss} before the first step, so it has no gradient: the inputs or the initial weights are too large`;
    return found(NAME, 'fail', 'non-finite-loss', message + said, evidence);
  }
  if (!worst) return notChecked(`all ${kinked} parameters looked at lie on kinks of the loss`);
  const missed = unchecked.length > 0 ? `, all looked at in ${unchecked.join(', ')}` : '';
  const where = burned > 0 ? ` at the start and after ${burned} ${burned === 1 ? 'step' : 'steps'} of descent` : '';
  const numbers = `${all.length} directions in ${tensors} tensors${where}, ${kinked} on kinks set apart${missed}`;
  if (worst.error <= DOUBTFUL) {
    const agreement = worst.error === 0 ? 'up to rounding' : `to ${worst.error.toExponential(0)}`;
    const message = `gradient and differences agree ${agreement} in double precision: ${numbers}`;
    return passed(NAME, message + said, evidence);
  }
  const values = `${nameOf(worst)} has ${worst.analytic.toPrecision(6)} where differences give ${worst.numeric.toPrecision(6)}, a relative error of ${worst.error.toExponential(1)}`;
  const message = `the gradient is wrong: ${values}; ${partAtFault(input)} (${numbers})`;
  return found(NAME, worst.error > WRONG ? 'fail' : 'warn', 'wrong-gradient', message + said, evidence);
});

const nameOf = ({ where, index }: { where: string; index: number | null }): string =>
  index === null ? where : where.replace(/^\S+/, (tensor) => `${tensor}[${index}]`);

/** Whether the data loss alone is wrong, or what the regularisation adds. */
function partAtFault(input: CheckInput): string {
  const alone = compared(input, { ...input.spec, regularization: { l1: 0, l2: 0 } });
  if (isUnavailable(alone)) return 'it was not looked into further';
  const right = (alone.compared[0]?.error ?? 0) <= DOUBTFUL;
  return right
    ? 'that of the data loss alone is right, so it is the regularisation'
    : 'that of the data loss alone is wrong too';
}

/** What had to be left out for the lack of doubles is named. */
type Outcome = Comparison & { readonly without: 'augmentation' | null; readonly burnIn: number };

function compared(input: CheckInput, spec: CheckInput['spec']): Outcome | Unavailable {
  const rows = input.data.splits.training.subarray(0, EXAMPLES);
  const measure = (augmentation: CheckInput['spec']['augmentation']) =>
    inDoubles({ ...spec, augmentation }, input, rows, (loss) => atStartAndLater(loss, spec.seed));
  const whole = measure(spec.augmentation);
  if (!isUnavailable(whole)) return { ...whole, without: null };
  if (spec.augmentation.length === 0) return whole;
  const plain = measure([]);
  return isUnavailable(plain) ? plain : { ...plain, without: 'augmentation' };
}

/** At the start, and with half of the work where a few steps of descent lead. */
function atStartAndLater(loss: DoubleLoss, seed: number): Comparison & { readonly burnIn: number } {
  const most = Math.floor(WORK / loss.start.length);
  const start = compareGradient(loss, { ...BEFORE_A_RUN, most, seed });
  const { x, steps } = burnIn(loss);
  if (steps === 0) return { ...start, burnIn: 0 };
  const half = { perTensor: BEFORE_A_RUN.perTensor / 2, directions: 1, most: most / 2, seed: seed + 1 };
  const later = compareGradient(loss, half, x);
  const named = later.compared.map((one) => ({ ...one, where: `${one.where} after ${steps} steps of descent` }));
  return {
    ...start,
    compared: [...start.compared, ...named].sort((a, b) => b.error - a.error),
    kinked: start.kinked + later.kinked,
    bothZero: start.bothZero + later.bothZero,
    deterministic: start.deterministic && later.deterministic,
    burnIn: steps,
  };
}

const notChecked = (why: string): Finding => skipped(NAME, `the gradient was not checked: ${why}`);
