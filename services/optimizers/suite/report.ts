/** What the verdicts of a rule come to. */
import type { Rule, Setting } from '../rule.ts';
import { type Family, families } from './catalogue.ts';
import type { Suite } from './suite.ts';
import { type Verdict, verdicts } from './verdict.ts';

export interface RuleReport {
  readonly rule: string;
  readonly settings: readonly { readonly setting: Setting; readonly verdicts: readonly Verdict[] }[];
  /** The setting that does well on most tests, by its place in `settings`. */
  readonly best: number;
  /** Share of the tests on which the best setting does well: of each family, and of all. */
  readonly well: Readonly<Record<Family, number>>;
  readonly wellOfAll: number;
  /** Share of each verdict among all settings and tests: how much a setting matters. */
  readonly shares: Readonly<Record<Verdict, number>>;
}

const isWell = (verdict: Verdict): boolean => verdict === 'good' || verdict === 'excellent';

const share = <T>(list: readonly T[], holds: (value: T, i: number) => boolean): number =>
  list.filter(holds).length / list.length;

export function reportOn(suite: Suite, rule: Rule, onSetting: (done: number) => void = () => {}): RuleReport {
  const settings = rule.settings.map((setting, i) => {
    const found = suite.judge(rule, setting);
    onSetting(i + 1);
    return { setting, verdicts: found };
  });
  const scores = settings.map(({ verdicts }) => share(verdicts, isWell));
  const best = scores.indexOf(Math.max(...scores));
  const ofFamily = (family: Family): number => {
    const chosen = settings[best]!.verdicts.filter((_verdict, i) => suite.tests[i]!.family === family);
    return share(chosen, isWell);
  };
  const everything = settings.flatMap(({ verdicts }) => verdicts);
  const words = Object.keys(verdicts) as Verdict[];
  return {
    rule: rule.name,
    settings,
    best,
    well: Object.fromEntries(families.map((family) => [family, ofFamily(family)])) as Record<Family, number>,
    wellOfAll: scores[best]!,
    shares: Object.fromEntries(words.map((word) => [word, share(everything, (one) => one === word)])) as Record<
      Verdict,
      number
    >,
  };
}
