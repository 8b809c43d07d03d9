/** The benchmark's table, for each half. */
import type { Row } from './row.ts';

export function report(rows: readonly Row[]): string {
  const head =
    '| half | faults | found | right cause first | sound runs | accused | found at (median share of the run) |\n|---|---|---|---|---|---|---|';
  const halves = ['tuning', 'reporting'].filter((split) => rows.some((row) => row.split === split));
  return [
    head,
    ...halves.map((split) =>
      line(
        split,
        rows.filter((row) => row.split === split),
      ),
    ),
  ].join('\n');
}

function line(split: string, rows: readonly Row[]): string {
  const faulty = rows.filter(({ cause, harmless }) => cause !== null && !harmless);
  const sound = rows.filter(({ cause }) => cause === null);
  const found = faulty.filter(({ ranked }) => ranked.length > 0);
  const first = faulty.filter(({ ranked, cause }) => ranked[0]?.cause === cause);
  const accused = sound.filter(({ ranked, foundAtStep }) => ranked.length > 0 || foundAtStep !== null);
  const shares = found.map(({ foundAtStep, steps }) => foundAtStep! / steps).sort((a, b) => a - b);
  const percent = (some: readonly unknown[], all: readonly unknown[]) =>
    `${some.length} (${((100 * some.length) / all.length).toFixed(1)} %)`;
  const cells = [
    split,
    faulty.length,
    percent(found, faulty),
    percent(first, faulty),
    sound.length,
    percent(accused, sound),
  ];
  return `| ${[...cells, shares[shares.length >> 1]?.toFixed(2) ?? '-'].join(' | ')} |`;
}
