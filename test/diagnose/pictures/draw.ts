/** The two kinds of pictures: lines of a sick and a healthy run beside each other, and the numbers of a check of both. SVG documents, 760 wide. */
import { svgOf } from '../../../sdk/plot/svg.ts';

export interface Line {
  readonly name: string;
  readonly points: readonly (readonly [x: number, y: number])[];
}

export interface Panel {
  /** Above it. */
  readonly title: string;
  readonly lines: readonly Line[];
}

export interface LinesPicture {
  readonly x: string;
  readonly y: string;
  readonly scale: 'linear' | 'log' | 'symlog';
  /** Drawn across: where the rule becomes suspicious. */
  readonly threshold?: number | undefined;
  readonly panels: readonly Panel[];
}

const COLOURS = ['#4269d0', '#ef8135', '#3ca951', '#a463f2', '#ff8ab7', '#9c6b4e'];
/** Ticks of an axis that is logarithmic on both sides of 0. */
const BOTH_SIGNS = [-1e6, -1e4, -1e2, 0, 1e2, 1e4, 1e6];
const [SICK, HEALTHY] = ['#dc2626', '#16a34a'];
/** Points of a line that are drawn as dots too. */
const FEW = 5;
const style = { fontFamily: 'system-ui, sans-serif', fontSize: '13px', background: 'white' };

/** The panels share their axes. A logarithmic one is linear where all lies within a decade, which would have hardly a tick. */
export function linesPicture({ x, y, scale, threshold, panels }: LinesPicture): Promise<string> {
  const names = [...new Set(panels.flatMap(({ lines }) => lines.map(({ name }) => name)))].slice(0, COLOURS.length);
  const taken = panels.flatMap(({ title, lines }) =>
    lines
      .filter(({ name }) => names.includes(name))
      .flatMap(({ name, points: own }) =>
        own.map(([at, value]) => ({ panel: title, name, at, value, alone: own.length <= FEW })),
      ),
  );
  const finite = taken
    .map(({ value }) => value)
    .filter((value) => Number.isFinite(value) && (scale !== 'log' || value > 0));
  const [least, most] = [Math.min(...finite), Math.max(...finite)];
  const narrow = scale === 'log' && most < 10 * least && taken.every(({ value }) => value !== 0);
  // A logarithmic axis has no 0: it lies at the bottom.
  const points = taken.map((point) => (scale === 'log' && point.value === 0 ? { ...point, value: least / 3 } : point));
  const last = panels.at(-1)!;
  return svgOf((Plot) => ({
    ...{ width: 760, height: 310, marginLeft: 60, marginTop: 62, marginBottom: 40, marginRight: 16, style },
    fx: { domain: panels.map(({ title }) => title), label: null, padding: 0.06 },
    x: { label: x, grid: true, ticks: 4 },
    y: {
      label: y,
      grid: true,
      type: narrow ? 'linear' : scale,
      ticks: scale === 'symlog' ? BOTH_SIGNS.filter((tick) => tick < most) : 6,
      tickFormat: short,
      labelOffset: 52,
    },
    color: { domain: names, range: COLOURS.slice(0, names.length) },
    marks: [
      Plot.frame({ stroke: '#ccc' }),
      ...(threshold === undefined ? [] : [Plot.ruleY([threshold], { stroke: SICK, strokeDasharray: '4 3' })]),
      Plot.lineY(points, { fx: 'panel', x: 'at', y: 'value', z: 'name', stroke: 'name', strokeWidth: 1.8 }),
      Plot.dot(
        points.filter(({ alone }) => alone),
        { fx: 'panel', x: 'at', y: 'value', fill: 'name', r: 3 },
      ),
      ...(names.length > 1 ? names : []).map((name, i) =>
        Plot.text([{ panel: last.title }], {
          ...{ fx: 'panel', frameAnchor: 'top-right', textAnchor: 'end', dx: -legendAt(names, i), dy: -46 },
          ...{ fill: COLOURS[i]!, text: () => `● ${name}` },
        }),
      ),
    ],
  }));
}

/** Pixels from the right end of a row of names to the end of this one. */
const legendAt = (names: readonly string[], index: number): number =>
  names.slice(index + 1).reduce((sum, name) => sum + 26 + 7 * name.length, 0);

export interface NumbersPicture {
  readonly logarithmic: boolean;
  readonly rows: readonly { readonly name: string; readonly sick: number; readonly healthy: number }[];
}

/** A dot for each: red for the sick one, green for the healthy one. */
export function numbersPicture({ logarithmic, rows }: NumbersPicture): Promise<string> {
  const least = Math.min(...rows.flatMap(({ sick, healthy }) => [sick, healthy]).filter((value) => value > 0));
  const shown = (value: number): number => (logarithmic ? Math.max(value, least / 10) : value);
  const dots = rows.flatMap(({ name, sick, healthy }) => [
    { name, value: shown(healthy), run: 'healthy' },
    { name, value: shown(sick), run: 'sick' },
  ]);
  return svgOf((Plot) => ({
    ...{ width: 760, height: 90 + 44 * rows.length, marginLeft: 230, marginTop: 40, marginBottom: 40, marginRight: 40 },
    style,
    x: { label: null, grid: true, type: logarithmic ? 'log' : 'linear', ticks: 6, tickFormat: short, nice: true },
    y: { label: null, domain: rows.map(({ name }) => name), padding: 0.5 },
    color: { domain: ['sick', 'healthy'], range: [SICK, HEALTHY] },
    marks: [
      Plot.ruleY(rows, { y: 'name', stroke: '#eee' }),
      ...(['healthy', 'sick'] as const).map((run) =>
        Plot.dot(
          dots.filter((dot) => dot.run === run),
          { x: 'value', y: 'name', fill: 'run', r: 5, dy: run === 'sick' ? 5 : -5 },
        ),
      ),
      Plot.text(['● healthy'], {
        frameAnchor: 'top-right',
        dx: -70,
        dy: -22,
        fill: HEALTHY,
        text: (text: string) => text,
      }),
      Plot.text(['● sick'], { frameAnchor: 'top-right', dx: -8, dy: -22, fill: SICK, text: (text: string) => text }),
    ],
  }));
}

const short = (value: number): string => {
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e5)) {
    const text = value.toExponential(0);
    return Number(text) === value ? text.replace('e+', 'e') : '';
  }
  return String(Number(value.toPrecision(6)));
};
