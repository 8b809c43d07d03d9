/** Verdicts of the unit tests as a map of colours, as in the paper: a row is a test, a column one setting of a rule. */
import { type Family, families, type RuleReport, type Suite, type Verdict, verdicts } from '@anneal/optimizers';
import { escaped } from './svg.ts';

/** Pixels of a cell, between blocks, left of them for the names of the families, above them, and the least for a rule's name. */
const [COLUMN, ROW, GAP, LEFT, TOP, NAME] = [5, 3, 8, 140, 64, 60];

export function verdictMap({ tests }: Suite, reports: readonly RuleReport[]): string {
  const present = families.filter((family) => tests.some((test) => test.family === family));
  const rowOf = rowsOf(tests.map(({ family }) => family));
  const columns = reports.map((report) => columnsOf(report));
  const widths = columns.map((order) => Math.max(order.length * COLUMN, NAME) + GAP * 2);
  const lefts = widths.map((_width, i) => widths.slice(0, i).reduce((sum, width) => sum + width, LEFT));
  const width = lefts.at(-1)! + widths.at(-1)!;
  const height = rowOf.height + GAP;

  const blocks = reports.map(({ rule, settings }, i) => {
    const cells = new Map<Verdict, string[]>();
    for (const [column, setting] of columns[i]!.entries()) {
      for (const [test, verdict] of settings[setting]!.verdicts.entries()) {
        const at = `M${lefts[i]! + column * COLUMN} ${rowOf.top[test]!}h${COLUMN}v${ROW}h-${COLUMN}z`;
        cells.set(verdict, [...(cells.get(verdict) ?? []), at]);
      }
    }
    const paths = [...cells].map(([verdict, d]) => `<path fill="${verdicts[verdict].colour}" d="${d.join('')}"/>`);
    return `<text x="${lefts[i]}" y="${TOP - 8}" font-weight="bold">${escaped(rule)}</text>${paths.join('')}`;
  });
  const names = present.map((family) => `<text x="4" y="${rowOf.middle(family) + 4}">${family}</text>`);
  const legend = (Object.keys(verdicts) as Verdict[]).map((verdict, i) => {
    const x = 4 + i * 92;
    return `<rect x="${x}" y="8" width="11" height="11" fill="${verdicts[verdict].colour}"/><text x="${x + 15}" y="18">${verdict}</text>`;
  });
  const open = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${Math.max(width, 560)} ${height}" font-family="system-ui, sans-serif" font-size="11">`;
  return `${open}<rect width="100%" height="100%" fill="#fff"/>${legend.join('')}${names.join('')}${blocks.join('')}</svg>\n`;
}

/** Where the row of each test begins; families lie one below the other. */
function rowsOf(list: readonly Family[]): {
  readonly top: readonly number[];
  readonly height: number;
  middle(family: Family): number;
} {
  let y = TOP;
  const top: number[] = [];
  const middles = new Map<Family, number>();
  for (const [i, family] of list.entries()) {
    if (i > 0 && family !== list[i - 1]) y += GAP;
    if (!middles.has(family)) middles.set(family, y + (list.filter((one) => one === family).length * ROW) / 2);
    top.push(y);
    y += ROW;
  }
  return { top, height: y, middle: (family) => middles.get(family)! };
}

/** Settings in the order of their rates: left of each block are the smallest. */
const columnsOf = ({ settings }: RuleReport): number[] =>
  settings.map((_setting, i) => i).sort((a, b) => settings[a]!.setting.rate - settings[b]!.setting.rate || a - b);
