/**
 * Joins what the rules say into a ranked list of causes. A cause that another one brings about is a symptom of it: its score is cut to
 * 0.4 of what it was, and the other one names it in its evidence. A cause counts from a score of 0.5; below a counting one, others
 * that might be meant instead are listed down to 0.25.
 */
import type { Finding } from '@anneal/schemas';
import type { Facts } from './facts/index.ts';
import type { Judgement, Rule } from './rules/rule.ts';

const COUNTS = 0.5;
const MENTIONED = 0.25;
const SYMPTOM = 0.4;
/** Least score at which a cause explains another; at least three quarters of the other's as well. */
const EXPLAINS = 0.4;
const MOST = 5;

export interface Suspicion {
  readonly rule: Rule;
  readonly judgement: Judgement;
  readonly score: number;
  /** Other causes found that are symptoms of this one. */
  readonly explains: readonly string[];
}

/** The surest first; empty if none counts. */
export function rank(rules: readonly Rule[], facts: Facts): Suspicion[] {
  const found = rules.flatMap((rule) => {
    const judgement = rule.judge(facts);
    return judgement && judgement.score >= MENTIONED ? [{ rule, judgement }] : [];
  });
  const explains = (cause: string, score: number) =>
    found.some(({ rule, judgement }) => rule.cause === cause && judgement.score >= Math.max(EXPLAINS, 0.75 * score));
  const ranked = found.map(({ rule, judgement }) => {
    const symptom = rule.follows.some((cause) => explains(cause, judgement.score));
    const symptoms = found.filter((other) => other.rule.follows.includes(rule.cause)).map((other) => other.rule.cause);
    return { rule, judgement, score: (symptom ? SYMPTOM : 1) * judgement.score, explains: symptoms };
  });
  ranked.sort((a, b) => b.score - a.score);
  if (!ranked[0] || ranked[0].score < COUNTS) return [];
  return ranked.filter(({ score }) => score >= MENTIONED).slice(0, MOST);
}

export function findingOf({ rule, judgement, score, explains }: Suspicion, facts: Facts): Finding {
  const { message, evidence, patch } = judgement;
  const symptoms: Finding['evidence'] = explains.length > 0 ? { explains: explains.join(', ') } : {};
  return {
    rule: `diagnosis/${rule.cause}`,
    verdict: score >= 0.6 && facts.health.stuck >= 0.6 ? 'fail' : 'warn',
    message,
    cause: rule.cause,
    evidence: { ...evidence, ...symptoms },
    patch: patch && patch.length > 0 ? patch : null,
    score: Number(score.toFixed(2)),
    experiment: rule.experiment,
  };
}
