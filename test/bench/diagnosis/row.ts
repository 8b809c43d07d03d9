/** One program trained with one seed: what is counted of it. */
import type { Trained } from '../../diagnose/train.ts';
import type { BenchTask } from './tasks.ts';

export interface Row {
  readonly program: string;
  readonly seed: number;
  /** Null for a sound one. */
  readonly fault: string | null;
  readonly cause: string | null;
  readonly ranked: readonly { readonly cause: string; readonly score: number }[];
  /** Step at which the first finding was told, 0 for one of the checks before the run; null if none was. */
  readonly foundAtStep: number | null;
  readonly steps: number;
  readonly split: BenchTask['split'];
  readonly harmless: boolean;
}

/** How sure a failed check is of its cause. By default it ends the job; here the run goes on, and may know better. */
const CHECKED = 0.6;

export function foundIn({
  checked,
  findings,
  liveSteps,
  record,
}: Trained): Pick<Row, 'ranked' | 'foundAtStep' | 'steps'> {
  const judged = findings.map(({ cause, score }) => ({ cause: cause!, score: score! }));
  const failed = checked
    .filter(({ verdict }) => verdict === 'fail')
    .map(({ cause }) => ({ cause: cause!, score: CHECKED }));
  const more = failed.filter(
    ({ cause }, i) => ![...judged, ...failed.slice(0, i)].some((other) => other.cause === cause),
  );
  const ranked = [...judged, ...more].toSorted((a, b) => b.score - a.score);
  const steps = record.stretches.at(-1)?.step ?? 0;
  const foundAtStep = failed.length > 0 ? 0 : (liveSteps[0] ?? (ranked.length > 0 ? steps : null));
  return { ranked, foundAtStep, steps };
}

export function verdictOf({ cause, ranked, harmless }: Row): 'ok' | 'ALARM' | 'WRONG' | 'harmless' {
  if (cause === null) return ranked.length === 0 ? 'ok' : 'ALARM';
  if (harmless) return 'harmless';
  return ranked[0]?.cause === cause ? 'ok' : 'WRONG';
}
