/** Update rules on trial: unit tests for stochastic optimisation, and races on surfaces. Pure numbers: no TensorFlow, no files. */
export { ownRuleOf } from './own-rule.ts';
export { type Runner, race } from './race/race.ts';
export { type Surface, type SurfaceName, surfaces } from './race/surfaces.ts';
export { type Rule, registeredRule, ruleNames, type Setting } from './rule.ts';
export { catalogue, type Family, families } from './suite/catalogue.ts';
export { type RuleReport, reportOn } from './suite/report.ts';
export { type Suite, suiteOf } from './suite/suite.ts';
export { type Verdict, verdicts } from './suite/verdict.ts';
