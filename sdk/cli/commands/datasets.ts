/** `anneal datasets`: uploads data of one's own, and lists, shows and removes it. */
import { Argument, type Command } from 'commander';
import type { Dataset, NewDatasetInput } from '../../index.ts';
import { contextOf, result, tell } from '../context.ts';
import { InputError } from '../exit.ts';
import { age, bytes, paint, table } from '../style.ts';

const idArgument = (): Argument => new Argument('<dataset>', 'its id, as in the list');

interface UploadOptions {
  readonly name?: string;
  readonly data?: string;
  readonly to?: string;
}

export function register(program: Command): void {
  const datasets = program.command('datasets').description('upload data of your own, list and remove it');

  datasets
    .command('upload')
    .description('upload files as one data set, and have them checked; starts a service if none runs')
    .argument('<files...>', 'files, or folders with all that is in them')
    .option('--name <text>', 'what to call it, for people')
    .option('--data <file>', 'how the files are read: the `data` of a spec, in YAML or JSON; the check opens them so')
    .option('--to <dataset>', 'go on with a data set whose upload was cut off')
    .action(async (files: string[], { data: read, ...options }: UploadOptions, command: Command) => {
      const context = contextOf(command);
      const { uploadFiles } = await import('../upload-files.ts');
      if (read === undefined) return show(await uploadFiles(context, files, options));
      if (options.to !== undefined) throw new InputError('--data belongs to a new data set, not to one given by --to');
      const { readSubmission } = await import('../submission.ts');
      const submission = await readSubmission(read, []);
      const data = submission.spec as unknown as NewDatasetInput['data'];
      return show(await submission.send(() => uploadFiles(context, files, { ...options, data }), 'data'));

      function show(dataset: Dataset | undefined): void {
        if (dataset) result(context, dataset, () => `${describe(dataset)}\n${howToUse(dataset)}`);
      }
    });

  datasets
    .command('list')
    .description('list data sets, newest first')
    .option('-n, --limit <datasets>', 'at most so many', parseLimit, 20)
    .action(async ({ limit }: { limit: number }, command: Command) => {
      const context = contextOf(command);
      const found: Dataset[] = [];
      for await (const dataset of context.client.datasets.list({ limit: Math.min(limit, 100) })) {
        found.push(dataset);
        if (found.length === limit) break;
      }
      if (!context.json && found.length === 0) return tell('There are no data sets.');
      result(context, found, () =>
        table(
          ['dataset', 'name', 'state', 'files', 'size', 'made'],
          found.map(({ id, name, state, files, createdAt }) => [
            ...[id, name ?? '', state, String(files.length), bytes(sizeOf(files)), age(createdAt)],
          ]),
        ),
      );
    });

  datasets
    .command('show')
    .description('show a data set: its files, and what was found in them')
    .addArgument(idArgument())
    .action(async (id: string, _options: object, command: Command) => {
      const context = contextOf(command);
      const dataset = await context.client.datasets.retrieve(id);
      result(context, dataset, () => describe(dataset));
    });

  datasets
    .command('remove')
    .description('remove a data set and its files')
    .addArgument(idArgument())
    .action(async (id: string, _options: object, command: Command) => {
      const context = contextOf(command);
      await context.client.datasets.remove(id);
      result(context, { id }, () => `${id} is removed.`);
    });
}

function parseLimit(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw new InputError(`--limit ${text}: must be a whole number above 0`);
}

const sizeOf = (files: Dataset['files']): number => files.reduce((sum, { size }) => sum + size, 0);

function describe({ id, name, state, error, check, files }: Dataset): string {
  const colour = state === 'ready' ? 'green' : state === 'failed' ? 'red' : 'yellow';
  const why = error ? `: ${error.message}` : state === 'checking' ? ` by ${check}` : '';
  const head = `${id}${name === null ? '' : ` (${name})`} is ${paint(process.stdout, colour, state)}${why}`;
  const rows = files.map(({ name: file, size, contents }) => [file, bytes(size), ...found(contents)]);
  return [head, table(['file', 'size', 'rows', 'holds'], rows)].join('\n');
}

/** Columns that are shown of a table. */
const SHOWN = 8;

function found(contents: Dataset['files'][0]['contents']): [string, string] {
  if (!contents) return ['', ''];
  const { rows, columns, shape } = contents;
  const more = columns && columns.length > SHOWN ? ` and ${columns.length - SHOWN} more` : '';
  const holds = columns ? columns.slice(0, SHOWN).join(', ') + more : shape ? `[${shape.join(', ')}]` : '';
  return [rows === null ? '' : String(rows), holds];
}

/** What to write into a spec. */
function howToUse({ id, data, files }: Dataset): string {
  const first = files.find(({ contents }) => contents?.columns || contents?.shape);
  const { columns, shape } = first?.contents ?? {};
  const known = data
    ? `{ type: ${data.type}, dataset: ${id}, … }`
    : columns && columns.length > 1 && columns.length <= SHOWN
      ? `{ type: ${first!.contents!.format}, dataset: ${id}, file: ${first!.name}, features: [${columns.slice(0, -1).join(', ')}], label: ${columns.at(-1)} }`
      : shape && shape.length > 1
        ? `{ type: npy, dataset: ${id}, inputs: ${first!.name}, shape: [${shape.slice(1).join(', ')}] }`
        : `{ dataset: ${id}, … }`;
  return `In a spec:\n  data: ${known}`;
}
