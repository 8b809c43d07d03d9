/**
 * Unit tests for stochastic optimisation (Schaul, Antonoglou & Silver 2013, arXiv:1312.6055): small landscapes, each with one
 * difficulty, and the verdict on a rule for each of its settings and tests.
 *
 * Where this differs from the authors' program (optimBench): gains are measured on the landscape without noise, in closed form, instead
 * of by integration; a masked-out gradient is really 0; a rotation turns gradients back by its transpose and starts where the unrotated
 * test does; curl is a skew-symmetric field about the optimum.
 */
import type { Rule, Setting } from '../rule.ts';
import { registeredRule } from '../rule.ts';
import { catalogue, type Family, families, type UnitTest } from './catalogue.ts';
import { gains } from './run.ts';
import { isDeterministic, type Trial, trialOf } from './trial.ts';
import { medianGain, type Verdict, verdictOf } from './verdict.ts';

export interface SuiteOptions {
  /** Every n-th test of the catalogue, at least one of each family; 1 for all of them. */
  readonly every?: number;
  readonly repetitions?: number;
  readonly steps?: number;
}

export interface Suite {
  /** Tests on which some sgd gets anywhere; the others tell nothing. */
  readonly tests: readonly UnitTest[];
  /** Verdicts of a setting, one a test. */
  judge(rule: Rule, setting: Setting): Verdict[];
}

/** The tests with their reference. `onProgress` is told how many of the reference's settings are done, and of how many. */
export function suiteOf(options: SuiteOptions = {}, onProgress: (done: number, of: number) => void = () => {}): Suite {
  const { every = 1, repetitions = 10, steps = 100 } = options;
  const all = sample(every).map(({ test, number }) => ({
    test,
    trials: Array.from({ length: isDeterministic(test) ? 1 : repetitions }, (_value, repetition) =>
      trialOf(test, seedOf(number, repetition), steps),
    ),
  }));
  const sgd = registeredRule('sgd');
  const best = all.map(() => 0);
  for (const [i, setting] of sgd.settings.entries()) {
    const medians = gainsOf(sgd, setting, all, steps).map(medianGain);
    for (const [j, median] of medians.entries()) best[j] = Math.max(best[j]!, median);
    onProgress(i + 1, sgd.settings.length);
  }
  const kept = all.flatMap((entry, i) => (best[i]! > 0 ? [{ ...entry, best: best[i]! }] : []));
  return {
    tests: kept.map(({ test }) => test),
    judge: (rule, setting) => gainsOf(rule, setting, kept, steps).map((list, i) => verdictOf(list, kept[i]!.best)),
  };
}

function sample(every: number): { test: UnitTest; number: number }[] {
  const numbered = catalogue.map((test, number) => ({ test, number }));
  return families.flatMap((family: Family) =>
    numbered.filter(({ test }) => test.family === family).filter((_entry, i) => i % every === 0),
  );
}

/** Distinct for all tests and repetitions, and far from each other: a Weyl sequence of the golden ratio. */
const seedOf = (test: number, repetition: number): number => Math.imul(test * 1009 + repetition + 1, 0x9e3779b9);

/** Gains of each test's repetitions. */
function gainsOf(
  rule: Rule,
  setting: Setting,
  entries: readonly { readonly trials: readonly Trial[] }[],
  steps: number,
): Float64Array[] {
  const flat = gains(
    rule,
    setting,
    entries.flatMap(({ trials }) => trials),
    steps,
  );
  let from = 0;
  return entries.map(({ trials }) => {
    from += trials.length;
    return flat.slice(from - trials.length, from);
  });
}
