/** The files that hold the metrics of a job: which of them counts for which steps. */
import type { StoredArtifact } from '../record.ts';
import type { Range } from './buckets.ts';

export interface Part extends Range {
  readonly artifact: StoredArtifact;
}

export type PartKind = 'steps' | 'observations';

const NAME = /^metrics\/(\w+)-(\d{12})-(\d{12})\.parquet$/;

/**
 * A later attempt goes on from a checkpoint, so it does some steps again: from its first step on, nothing of earlier attempts
 * counts. In order of the steps, without overlap.
 */
export function countingParts(artifacts: readonly StoredArtifact[], kind: PartKind): Part[] {
  const attempts = new Map<number, Part[]>();
  for (const artifact of artifacts) {
    const [, found, from, to] = NAME.exec(artifact.name) ?? [];
    if (found !== kind) continue;
    const parts = attempts.get(artifact.attempt) ?? [];
    attempts.set(artifact.attempt, [...parts, { artifact, from: Number(from), to: Number(to) }]);
  }
  const counting: Part[] = [];
  let before = Number.POSITIVE_INFINITY;
  for (const [, parts] of [...attempts].sort(([a], [b]) => b - a)) {
    const kept = parts.filter(({ from }) => from < before);
    counting.push(...kept.map((part) => ({ ...part, to: Math.min(part.to, before - 1) })));
    before = Math.min(before, ...kept.map(({ from }) => from));
  }
  return counting.sort((a, b) => a.from - b.from);
}
