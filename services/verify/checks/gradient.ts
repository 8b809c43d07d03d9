/**
 * The gradient that trains is the derivative of the loss: centred differences in double precision, by the graph of the step itself, at a few
 * parameters of every tensor and along random directions. Dropout and augmentation stay on, with the same numbers drawn every time.
 *
 * Source: CS231n, "Gradient checks". A relative error above 1e-2 fails, above 1e-4 warns; in double precision a right gradient agrees to 1e-7 and
 * better. An op without double precision is named, and the check says that it was skipped.
 */
import type { Finding } from '@anneal/schemas';
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
  const { compared: all, tensors, unchecked, kinked, bothZero, deterministic, loss, without } = whole;
  const [worst] = all;
  const evidence = {
    ...{ parameters: all.length, tensors, unchecked: unchecked.join(', ') || null, kinked, bothZero },
    ...{ examples: EXAMPLES, loss, worstError: worst?.error ?? 0, worstAt: worst ? nameOf(worst) : null },
    ...{ analytic: worst?.analytic ?? null, numeric: worst?.numeric ?? null, without },
  };
  const said = without ? `; without the ${without}, which has no double precision` : '';
  if (!deterministic) {
    const message = 'two evaluations at the same weights gave two losses: the loss is not deterministic';
    return found(NAME, 'fail', 'non-deterministic-loss', message + said, evidence);
  }
  if (!worst) return notChecked(`all ${kinked} parameters looked at lie on kinks of the loss`);
  const missed = unchecked.length > 0 ? `, all looked at in ${unchecked.join(', ')}` : '';
  const numbers = `${all.length} directions in ${tensors} tensors, ${kinked} on kinks set apart${missed}`;
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
  index === null ? where : `${where}[${index}]`;

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
type Outcome = Comparison & { readonly without: 'augmentation' | null };

function compared(input: CheckInput, spec: CheckInput['spec']): Outcome | Unavailable {
  const rows = input.data.splits.training.subarray(0, EXAMPLES);
  const measure = (augmentation: CheckInput['spec']['augmentation']): Comparison | Unavailable =>
    inDoubles({ ...spec, augmentation }, input, rows, (loss) => {
      const most = Math.floor(WORK / loss.start.length);
      return compareGradient(loss, { ...BEFORE_A_RUN, most, seed: spec.seed });
    });
  const whole = measure(spec.augmentation);
  if (!isUnavailable(whole)) return { ...whole, without: null };
  if (spec.augmentation.length === 0) return whole;
  const plain = measure([]);
  return isUnavailable(plain) ? plain : { ...plain, without: 'augmentation' };
}

const notChecked = (why: string): Finding => skipped(NAME, `the gradient was not checked: ${why}`);
