/** Pictures drawn by the code they show: every schedule over a run, and update rules on surfaces. */
import { race, registeredRule, surfaces } from '@anneal/optimizers';
import { parse, plateauNext, plateauStart, schedule, scheduled, type Update, update } from '@anneal/schemas';
import { racePicture } from '../../../sdk/plot/race.ts';

const INK = '#444';
const [WIDTH, HEIGHT, GAP] = [200, 110, 34];

interface Cell {
  readonly title: string;
  readonly body: string;
}

/** A picture of cells, at most four in a row; each draws into WIDTH x HEIGHT. */
function grid(cells: readonly Cell[]): string {
  const columns = Math.min(4, cells.length);
  const rows = Math.ceil(cells.length / columns);
  const [width, height] = [columns * (WIDTH + GAP) + GAP, rows * (HEIGHT + GAP + 14) + 10];
  const placed = cells.map(({ title, body }, i) => {
    const [x, y] = [GAP + (i % columns) * (WIDTH + GAP), 24 + Math.floor(i / columns) * (HEIGHT + GAP + 14)];
    const text = `<text x="0" y="-7" font-size="13" fill="${INK}">${title}</text>`;
    const frame = `<rect width="${WIDTH}" height="${HEIGHT}" fill="none" stroke="#ccc"/>`;
    return `<g transform="translate(${x} ${y})">${frame}${text}${body}</g>`;
  });
  const size = columns < 4 ? ` width="${width}" height="${height}"` : '';
  const open = `<svg xmlns="http://www.w3.org/2000/svg"${size} viewBox="0 0 ${width} ${height}" font-family="sans-serif">`;
  return `${open}<rect width="${width}" height="${height}" fill="#fff"/>${placed.join('')}</svg>\n`;
}

const line = (points: readonly (readonly [number, number])[], colour: string): string =>
  `<polyline fill="none" stroke="${colour}" stroke-width="1.8" points="${points.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' ')}"/>`;

const EPOCHS = 60;
const schedules: [string, object][] = [
  ['constant', { type: 'constant' }],
  ['step: every 15', { type: 'step', every: 15 }],
  ['milestones: 30, 45', { type: 'milestones', at: [30, 45], factor: 0.3 }],
  ['plateau: patience 5', { type: 'plateau', patience: 5 }],
  ['exponential: 0.05', { type: 'exponential', decay: 0.05 }],
  ['1/t: 0.1', { type: '1/t', decay: 0.1 }],
  ['polynomial: power 2', { type: 'polynomial', length: 60, power: 2 }],
  ['cosine', { type: 'cosine', length: 60 }],
  ['cosine-restarts: 8, × 2', { type: 'cosine-restarts', length: 8, growth: 2 }],
  ['one-cycle', { type: 'one-cycle', length: 60 }],
  ['cosine after a warm-up of 6', { type: 'cosine', length: 54, warmUp: { length: 6 } }],
  ['range-test (logarithmic)', { type: 'range-test', length: 60, rate: 1e-4, end: 1 }],
];

/** Where the picture of one rule or schedule lies, from docs/. */
export const pictureOf = (kind: 'rules' | 'schedules', name: string): string =>
  `assets/${kind}/${name.replace('/', '-over-')}.svg`;

/** The rate over 60 epochs; a plateau watches a score that stands still from epoch 20 on. */
function rates(given: object): number[] {
  const spec = parse(schedule, { rate: 1, ...given });
  let state = plateauStart;
  return Array.from({ length: EPOCHS * 4 }, (_value, step) => {
    if (spec.type === 'plateau' && step % 4 === 0) state = plateauNext(state, Math.min(step / 4, 20), spec);
    const rate = scheduled(spec, step, 4) * state.reduced;
    return spec.type === 'range-test' ? 1 + Math.log10(rate) / 4 : rate;
  });
}

function scheduleCell([title, given]: (typeof schedules)[number]): Cell {
  const values = rates(given);
  const points = values.map(
    (rate, i) => [(i / (values.length - 1)) * WIDTH, HEIGHT - 4 - rate * (HEIGHT - 10)] as const,
  );
  return { title, body: line(points, '#c2410c') };
}

export const schedulesPicture = (): string => grid(schedules.map(scheduleCell));

const rules: [string, number, object][] = [
  ['sgd', 0.09, { rule: 'sgd' }],
  ['momentum', 0.012, { rule: 'momentum' }],
  ['nesterov', 0.012, { rule: 'nesterov' }],
  ['adagrad', 0.9, { rule: 'adagrad' }],
  ['rmsprop', 0.08, { rule: 'rmsprop', decay: 0.9 }],
  ['adadelta', 6, { rule: 'adadelta' }],
  ['adam', 0.25, { rule: 'adam' }],
  ['adamw', 0.25, { rule: 'adamw', weightDecay: 0.05 }],
  ['amsgrad', 0.25, { rule: 'amsgrad' }],
  ['nadam', 0.25, { rule: 'nadam' }],
  ['lion', 0.08, { rule: 'lion' }],
];

/** A hundred steps through the ravine, in pixels. */
function path(options: Update, rate: number): [number, number][] {
  const { rule, ...usual } = options;
  const [runner] = race([{ ...registeredRule(rule), usual }], surfaces.ravine, 100, rate);
  return runner!.path.map(([x, y]) => [((x + 10) / 14) * WIDTH, ((2 - y) / 4) * HEIGHT]);
}

/** Curvature of the ravine along its two axes. */
const CURVATURE = [0.1, 10] as const;

function contours(): string {
  const levels = [0.05, 0.4, 1.2, 2.5, 4.5, 8];
  const [x, y] = [(10 / 14) * WIDTH, HEIGHT / 2];
  return levels
    .map((level) => {
      const [rx, ry] = [
        Math.sqrt((2 * level) / CURVATURE[0]) * (WIDTH / 14),
        Math.sqrt((2 * level) / CURVATURE[1]) * (HEIGHT / 4),
      ];
      return `<ellipse cx="${x.toFixed(1)}" cy="${y}" rx="${rx.toFixed(1)}" ry="${ry.toFixed(1)}" fill="none" stroke="#d6d3d1"/>`;
    })
    .join('');
}

function ruleCell([title, rate, given]: (typeof rules)[number]): Cell {
  const points = path(parse(update, given), rate);
  const [endX, endY] = points.at(-1)!;
  const end = `<circle cx="${endX.toFixed(1)}" cy="${endY.toFixed(1)}" r="3" fill="#1d4ed8"/>`;
  const clip = `<clipPath id="cell"><rect width="${WIDTH}" height="${HEIGHT}"/></clipPath>`;
  return {
    title: `${title}, rate ${rate}`,
    body: `${clip}<g clip-path="url(#cell)">${contours()}${line(points, '#1d4ed8')}${end}</g>`,
  };
}

export const rulesPicture = (): string => grid(rules.map(ruleCell));

/** One picture a rule and a schedule, for their sections in the reference. */
export function singlePictures(): Record<string, string> {
  const ofRules = rules.map((rule) => [`docs/${pictureOf('rules', rule[0])}`, grid([ruleCell(rule)])] as const);
  const ofSchedules = schedules
    .filter(([_title, given], i) => schedules.findIndex(([, other]) => typeOf(other) === typeOf(given)) === i)
    .map((one) => [`docs/${pictureOf('schedules', typeOf(one[1]))}`, grid([scheduleCell(one)])] as const);
  return Object.fromEntries([...ofRules, ...ofSchedules]);
}

const typeOf = (given: object): string => (given as { type: string }).type;

/** The races that the guide shows, as `anneal optimizers race` draws them. */
export async function racePictures(): Promise<Record<string, string>> {
  const rules = ['sgd', 'momentum', 'nesterov', 'adagrad', 'rmsprop', 'adam'].map(registeredRule);
  const shown = ['beale', 'saddle'] as const;
  const drawn = shown.map(async (name) => {
    const surface = surfaces[name];
    return [`docs/assets/race-${name}.svg`, await racePicture(surface, race(rules, surface, 120), true)] as const;
  });
  return Object.fromEntries(await Promise.all(drawn));
}
