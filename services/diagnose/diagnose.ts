/** Why a run went wrong, if it did: its causes as findings, the surest first. */
import type { Finding } from '@anneal/schemas';
import { type Facts, factsOf } from './facts/index.ts';
import { findingOf, rank } from './rank.ts';
import type { RunRecord } from './record.ts';
import { rules } from './rules/index.ts';
import { short } from './rules/rule.ts';
import type { WatchState } from './watch.ts';

/** Empty for a healthy run, for one too short to judge, and for a range test, which is meant to go wrong. */
export function diagnose(record: RunRecord): Finding[] {
  if (record.spec.schedule.type === 'range-test') return [];
  const facts = factsOf(record);
  return rank(rules, facts).map((suspicion) => findingOf(suspicion, facts));
}

/** What is told at the end of a run: the causes, or that there are none; and which of those told while it trained are so no more. */
export function conclude(record: RunRecord, { told }: WatchState): Finding[] {
  const causes = diagnose(record);
  const facts = factsOf(record);
  const over = told.filter((cause) => causes.every((finding) => finding.cause !== cause));
  const withdrawn = over.map((cause) => passed(facts, `diagnosis/${cause}`, `${cause} is so no more`));
  if (causes.length > 0) return [...withdrawn, ...causes];
  return [...withdrawn, passed(facts, 'diagnosis', `${rules.length} rules found no fault`)];
}

function passed({ curve, validationScore }: Facts, rule: string, what: string): Finding {
  const base = { rule, cause: null, patch: null };
  if (!curve) return { ...base, verdict: 'skipped', message: 'too few steps to judge by', evidence: {} };
  const { first, last, steps } = curve;
  const message = `${what}: the data loss went from ${short(first)} to ${short(last)} in ${steps} steps`;
  return { ...base, verdict: 'pass', message, evidence: { firstLoss: first, lastLoss: last, steps, validationScore } };
}
