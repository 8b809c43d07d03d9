/** `anneal metrics`: numbers over steps, as small charts, as a table in CSV, or as JSON. */
import { type Command, Option } from 'commander';
import type { MetricName, Metrics, Series } from '../../index.ts';
import { contextOf, print, result } from '../context.ts';
import { InputError } from '../exit.ts';
import { number, sparkline } from '../style.ts';
import { jobArgument } from './jobs.ts';

const known = [
  'loss',
  'dataLoss',
  'rate',
  'seconds',
  'trainingLoss',
  'validationLoss',
  'validationScore',
  'averageLoss',
  'averageScore',
];
/** Of a tensor or a layer: the service knows which there are. */
const observed = [
  'weightNorm',
  'gradientNorm',
  'updateNorm',
  'updateRatio',
  'activationMean',
  'activationDeviation',
  'deadShare',
  'saturatedShare',
];
/** Of the user's own, by their names in the spec. */
const own = 'metrics';

function parseNames(text: string): MetricName[] {
  const names = text.split(',').map((name) => name.trim());
  const wrong = names.find(
    (name) => !known.includes(name) && ![...observed, own].some((quantity) => name.startsWith(`${quantity}/`)),
  );
  if (wrong === undefined) return names;
  const allowed = [...known, ...[...observed, own].map((quantity) => `${quantity}/*`)];
  throw new InputError(`--names: '${wrong}' is not known; allowed: ${allowed.join(', ')}`);
}

function parseResolution(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0 && value <= 10_000) return value;
  throw new InputError(`--resolution ${text}: must be a whole number from 1 to 10000`);
}

interface Options {
  readonly names?: MetricName[];
  readonly resolution?: number;
  readonly csv?: true;
}

export function register(program: Command): void {
  program
    .command('metrics')
    .description('show the metrics of a job')
    .addArgument(jobArgument())
    .option(
      '--names <names>',
      `separated by commas: ${known.join(', ')}, measured inside the net: updateRatio/* …, or of one’s own: metrics/*`,
      parseNames,
    )
    .option('-r, --resolution <points>', 'most points a series', parseResolution)
    .addOption(new Option('--csv', 'print a table in CSV').conflicts('json'))
    .action(async (id: string, { names, resolution, csv }: Options, command: Command) => {
      const context = contextOf(command);
      const metrics = await context.client.jobs.metrics(id, { names, resolution });
      if (csv) print(toCsv(metrics));
      else result(context, metrics, () => charts(metrics));
    });
}

const entries = ({ series }: Metrics): [string, Series][] =>
  Object.entries(series).filter((entry): entry is [string, Series] => entry[1] !== undefined);

/** One row a step that any series has a point at; a cell is empty where its series has none. */
export function toCsv(metrics: Metrics): string {
  const rows = new Map<number, Map<string, number | null>>();
  for (const [name, { step, value }] of entries(metrics))
    step.forEach((at, i) => {
      const row = rows.get(at) ?? new Map<string, number | null>();
      rows.set(at, row.set(name, value[i] ?? null));
    });
  const names = entries(metrics).map(([name]) => name);
  const line = ([step, row]: [number, Map<string, number | null>]): string =>
    [step, ...names.map((name) => row.get(name) ?? '')].join(',');
  return [['step', ...names].join(','), ...[...rows].sort(([a], [b]) => a - b).map(line)].join('\n');
}

function charts(metrics: Metrics): string {
  const shown = entries(metrics).filter(([name, { step }]) => step.length > 0 && name !== 'seconds');
  if (shown.length === 0) return 'Nothing is recorded yet.';
  const width = Math.max(...shown.map(([name]) => name.length));
  const lines = shown.map(([name, { value }]) => {
    const last = value.findLast((one) => one !== null);
    const steep = isSteep(value);
    const drawn = steep ? value.map((one) => (one === null ? null : Math.log(one))) : value;
    return `${name.padEnd(width)}  ${sparkline(drawn)}  ${number(value[0])} → ${number(last)}${steep ? '  (logarithmic)' : ''}`;
  });
  return [`steps ${metrics.from} to ${metrics.to}`, ...lines].join('\n');
}

/** On a linear scale a loss that falls by more than ten times is a flat line. */
function isSteep(values: readonly (number | null)[]): boolean {
  const finite = values.filter((value) => value !== null);
  return Math.min(...finite) > 0 && Math.max(...finite) > 10 * Math.min(...finite);
}
