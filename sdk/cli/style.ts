/** Colours and columns for terminals; plain text where the output is none or NO_COLOR is set. */
type Output = { readonly isTTY?: boolean };

const codes = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  cyan: [36, 39],
} as const;
export type Colour = keyof typeof codes;

export const paint = (output: Output, colour: Colour, text: string): string => {
  if (!output.isTTY || process.env.NO_COLOR) return text;
  const [on, off] = codes[colour];
  return `\x1b[${on}m${text}\x1b[${off}m`;
};

/** Columns as wide as their widest cell. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, i) => Math.max(title.length, ...rows.map((row) => (row[i] ?? '').length)));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd();
  return [paint(process.stdout, 'bold', line(head)), ...rows.map(line)].join('\n');
}

/** As in `0:07`, `12:30`, `1:05:00`. */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (n: number): string => String(n).padStart(2, '0');
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

export function bytes(count: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  const power = Math.min(units.length - 1, Math.floor(Math.log2(Math.max(1, count)) / 10));
  const value = count / 1024 ** power;
  return `${power === 0 ? value : value.toFixed(value < 10 ? 1 : 0)} ${units[power]}`;
}

/** Floating-point operations, as in `1.2 GFLOP`. */
export function flops(count: number): string {
  const units = ['', 'k', 'M', 'G', 'T', 'P', 'E'];
  const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, count)) / 3));
  return `${number(count / 1000 ** power)} ${units[power]}FLOP`;
}

/** Four significant digits, without a tail of zeros. */
export const number = (value: number | null | undefined): string =>
  value === null || value === undefined ? '–' : String(Number(value.toPrecision(4)));

/** Microseconds a step, as in `62 µs` or `13.7 ms`. */
export const perStep = (microseconds: number): string =>
  microseconds < 1000 ? `${number(microseconds)} µs` : `${number(microseconds / 1000)} ms`;

/** How long ago. */
export function age(since: string, now = Date.now()): string {
  const seconds = (now - Date.parse(since)) / 1000;
  const [size, unit] =
    seconds < 90 ? [1, 's'] : seconds < 5400 ? [60, 'min'] : seconds < 129_600 ? [3600, 'h'] : [86_400, 'd'];
  return `${Math.round(seconds / Number(size))} ${unit} ago`;
}

const blocks = '▁▂▃▄▅▆▇█';

/** One line of blocks, lowest to highest; gaps where a value is not finite. */
export function sparkline(values: readonly (number | null)[], width = 60): string {
  const finite = values.filter((value): value is number => value !== null);
  if (finite.length === 0) return '';
  const low = Math.min(...finite);
  const range = Math.max(...finite) - low || 1;
  const columns = Math.min(width, values.length);
  return Array.from({ length: columns }, (_, i) => {
    const from = Math.floor((i * values.length) / columns);
    const to = Math.max(from + 1, Math.floor(((i + 1) * values.length) / columns));
    const part = values.slice(from, to).filter((value): value is number => value !== null);
    if (part.length === 0) return ' ';
    const mean = part.reduce((sum, value) => sum + value, 0) / part.length;
    return blocks[Math.round(((mean - low) / range) * (blocks.length - 1))];
  }).join('');
}
