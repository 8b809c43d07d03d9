/** A race of update rules on the contours of a surface: an SVG document in which the rules move, 760 wide. */
import type { Runner, Surface } from '@anneal/optimizers';
import { escaped, svgOf } from './svg.ts';

const [WIDTH, HEIGHT, LEGEND] = [560, 440, 200];
const SECONDS = 8;
const colours = [
  ...['#1d4ed8', '#dc2626', '#16a34a', '#f59e0b', '#7c3aed', '#0891b2'],
  ...['#db2777', '#65a30d', '#475569', '#b45309', '#0f766e'],
];

/** `moving` draws the paths as they come to be, over and over; without it they are whole. */
export async function racePicture(surface: Surface, runners: readonly Runner[], moving: boolean): Promise<string> {
  const contours = await contoursOf(surface);
  const steps = Math.max(...runners.map(({ path }) => path.length)) - 1;
  const paths = runners.map((runner, i) => drawn(surface, runner, colours[i % colours.length]!, moving ? steps : 0));
  const names = runners.map(({ rule, rate }, i) => {
    const y = 46 + 22 * i;
    const swatch = `<rect x="${WIDTH + 14}" y="${y - 10}" width="12" height="12" rx="2" fill="${colours[i % colours.length]}"/>`;
    return `${swatch}<text x="${WIDTH + 32}" y="${y}">${escaped(rule)}, rate ${Number(rate.toPrecision(2))}</text>`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH + LEGEND} ${HEIGHT + 40}" font-family="system-ui, sans-serif" font-size="13">`,
    `<rect width="100%" height="100%" fill="#fff"/><text x="8" y="20" font-weight="bold">${escaped(surface.title)}, ${steps} steps</text>`,
    `<defs><clipPath id="plane"><rect width="${WIDTH}" height="${HEIGHT}"/></clipPath></defs>`,
    `<g transform="translate(0 30)" clip-path="url(#plane)">${contours}${paths.join('')}</g>${names.join('')}</svg>\n`,
  ].join('');
}

function drawn(surface: Surface, { rule, path }: Runner, colour: string, steps: number): string {
  const points = path.map(([x, y]) => place(surface, x, y));
  const line = `<polyline fill="none" stroke="${colour}" stroke-width="2" stroke-opacity="0.85" stroke-linejoin="round" points="${points.map(([x, y]) => `${x},${y}`).join(' ')}"`;
  const [endX, endY] = points.at(-1)!;
  const dot = `<circle r="4.5" fill="${colour}" stroke="#fff"`;
  const title = `<title>${escaped(rule)}</title>`;
  if (steps === 0) return `${line}>${title}</polyline>${dot} cx="${endX}" cy="${endY}"/>`;
  // Where a rule diverged its dot stays; the picture rests for a quarter of its time at the end.
  const frames = Array.from(
    { length: Math.ceil(steps * 1.25) },
    (_value, i) => points[Math.min(i, points.length - 1)]!,
  );
  const run = (attribute: string, values: readonly number[]): string =>
    `<animate attributeName="${attribute}" dur="${SECONDS}s" repeatCount="indefinite" values="${values.join(';')}"/>`;
  const length = travelled(points);
  const whole = length.at(-1)!;
  const shown = frames.map((_frame, i) => round(whole - length[Math.min(i, length.length - 1)]!));
  const trail = `${line} stroke-dasharray="${round(whole)}">${title}${run('stroke-dashoffset', shown)}</polyline>`;
  const moves = [
    run(
      'cx',
      frames.map(([x]) => x),
    ),
    run(
      'cy',
      frames.map(([, y]) => y),
    ),
  ];
  return `${trail}${dot} cx="${endX}" cy="${endY}">${moves.join('')}</circle>`;
}

/** The length of the path up to each of its points. */
function travelled(points: readonly (readonly [number, number])[]): number[] {
  let sum = 0;
  return points.map(([x, y], i) => {
    const [beforeX, beforeY] = points[Math.max(i - 1, 0)]!;
    sum += Math.hypot(x - beforeX, y - beforeY);
    return sum;
  });
}

const round = (value: number): number => Number(value.toFixed(1));

/** In pixels, kept near the plane: a path that leaves it leaves the picture. */
function place({ x: [left, right], y: [low, high] }: Surface, x: number, y: number): [number, number] {
  const [px, py] = [((x - left) / (right - left)) * WIDTH, ((high - y) / (high - low)) * HEIGHT];
  const near = (value: number): number => round(Math.min(Math.max(value, -2000), 3000));
  return [near(px), near(py)];
}

/** Contours close together where the surface is low: evenly spaced in the logarithm of the height above the lowest place shown. */
async function contoursOf({ value, x, y }: Surface): Promise<string> {
  const heights = grid(x).flatMap((a) => grid(y).map((b) => value(a, b)));
  const lowest = Math.min(...heights);
  const range = Math.max(...heights) - lowest;
  const figure = await svgOf((Plot) => ({
    ...{ width: WIDTH, height: HEIGHT, margin: 0, axis: null },
    x: { domain: x },
    y: { domain: y },
    color: { type: 'linear', range: ['#ffffff', '#a5c8f0'] },
    marks: [
      Plot.contour({
        ...{ x1: x[0], x2: x[1], y1: y[0], y2: y[1], pixelSize: 4, thresholds: 18 },
        value: ((a: number, b: number) => Math.log1p((value(a, b) - lowest) * (1000 / range))) as never,
        ...{ fill: 'value', stroke: '#94a3b8', strokeWidth: 0.6 },
      } as never),
    ],
  }));
  // What lies inside the figure, without its style sheet, is a group of this picture.
  return figure.replace(/^<svg[^>]*>(<style>.*?<\/style>)?/s, '').replace(/<\/svg>$/, '');
}

const grid = ([from, to]: readonly [number, number]): number[] =>
  Array.from({ length: 101 }, (_value, i) => from + ((to - from) * i) / 100);
