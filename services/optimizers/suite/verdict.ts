/**
 * What a rule with one setting is worth on one test, in the words and colours of the paper. The measure is what was gained, relative to
 * the gain of sgd with the best of its 34 rates.
 */
export const verdicts = {
  excellent: { colour: '#2563eb', says: 'gained more than twice what the best sgd did' },
  good: { colour: '#16a34a', says: 'gained' },
  varies: { colour: '#facc15', says: 'gained, but in over a quarter of the repetitions too little' },
  slow: { colour: '#f97316', says: 'gained less than a tenth of what the best sgd did' },
  unstable: { colour: '#a855f7', says: 'gained, but diverged in some repetitions' },
  diverged: { colour: '#dc2626', says: 'diverged in over half of the repetitions' },
} as const;
export type Verdict = keyof typeof verdicts;

/** Relative gain from which on a rule has moved at all. */
const MOVED = 0.1;
const FAR = 2;
const POOR_SHARE = 0.25;

/** The middle of the finite gains; −∞ where fewer than half of them are. */
export function medianGain(gains: Float64Array): number {
  const stable = gains.filter(Number.isFinite).sort();
  if (stable.length < gains.length / 2) return -Infinity;
  const middle = stable.length >> 1;
  return stable.length % 2 === 1 ? stable[middle]! : (stable[middle - 1]! + stable[middle]!) / 2;
}

/** `best` is the median gain of the best sgd, above 0. */
export function verdictOf(gains: Float64Array, best: number): Verdict {
  const relative = medianGain(gains) / best;
  if (relative === -Infinity) return 'diverged';
  if (relative <= MOVED) return 'slow';
  if (gains.some((gain) => gain === -Infinity)) return 'unstable';
  if (gains.filter((gain) => gain / best < MOVED).length > POOR_SHARE * gains.length) return 'varies';
  return relative > FAR ? 'excellent' : 'good';
}
