/** `anneal check`: the checks of train specs without the training, and those of modules of the user's own code, for a pipeline that gates a merge on them. */
import { type Command, Option } from 'commander';
import type { Finding, Job, SpecInput } from '../../index.ts';
import type { StepScan } from '../../plot/step-scan.ts';
import { type AttendedOptions, attended, type Run } from '../attended.ts';
import { annotations, type Judged, junit, markdown } from '../check/formats.ts';
import { parseMemory, prepareModule } from '../check/module.ts';
import type { Prepared } from '../check/prepared.ts';
import { type FailOn, type FileReport, failing, fieldOf } from '../check/report.ts';
import { readSettings } from '../check/settings.ts';
import { type Context, contextOf, result, tell } from '../context.ts';
import { exit, InputError } from '../exit.ts';
import { parseTimeout } from '../follow.ts';
import { setOption } from '../set-option.ts';
import { paint } from '../style.ts';

interface Options extends AttendedOptions {
  readonly set: readonly string[];
  readonly only?: readonly string[];
  readonly failOn?: FailOn;
  readonly baseline?: string;
  readonly junit?: string;
  readonly summary?: string;
  readonly stepScan?: string;
  readonly folder?: string;
  readonly memory?: number;
  readonly tfjsOps?: true;
}

type TrainSpecInput = Extract<SpecInput, { kind: 'train' }>;

export function register(program: Command): void {
  program
    .command('check')
    .description(
      'run the checks of train specs, not the training, or of modules of TF.js code; exit code 1 if one failed',
    )
    .argument(
      '[files...]',
      'specs in YAML or JSON, - for standard input, or modules in TypeScript or JavaScript; those of anneal.config when left out',
    )
    .addOption(setOption())
    .option('--only <checks>', 'of specs: names of checks, with commas between; all when left out', (text) =>
      text.split(','),
    )
    .addOption(new Option('--fail-on <verdict>', 'the least verdict that fails (fail)').choices(['warn', 'fail']))
    .option('--baseline <file>', 'an earlier --json report: only what got worse fails')
    .option('--junit <file>', "write JUnit's XML")
    .option('--summary <file>', 'append a summary in Markdown, as to $GITHUB_STEP_SUMMARY')
    .option('--step-scan <file>', 'draw the error of the gradient over the step h of its differences, in SVG')
    .option('-t, --timeout <seconds>', 'give up after so long; a module has 60 s', parseTimeout)
    .option('--folder <folder>', 'of modules: what they may import from; their own folder when left out')
    .option('--memory <mebibytes>', 'of modules: what each may use; 1024 when left out', parseMemory)
    .option('--tfjs-ops', "audit TF.js's own gradients, op by op; needs no file")
    .action(async (given: readonly string[], flags: Options, command: Command) => {
      const context = contextOf(command);
      if (flags.tfjsOps) {
        if (given.length > 0) throw new InputError('--tfjs-ops audits TF.js itself and takes no file');
        const { auditTfjs } = await import('../check/audit-tfjs.ts');
        return auditTfjs(context, flags);
      }
      const { files = [], ...settings } = await readSettings(process.cwd());
      const names = given.length > 0 ? given : files;
      await checkOnly(flags.only);
      if (flags.stepScan && names.length > 1) throw new InputError('--step-scan: name one spec, it has one picture');
      if (names.length === 0)
        throw new InputError('name a spec or a module to check, or list some in anneal.config: check.files');
      await check(context, names, { ...settings, ...flags });
    });
}

/** @throws InputError */
async function checkOnly(only: readonly string[] | undefined): Promise<void> {
  const { checkNames, nearest } = await import('@anneal/schemas');
  const wrong = only?.find((name) => !checkNames.some((known) => known === name));
  if (wrong === undefined) return;
  const near = nearest(wrong, checkNames);
  throw new InputError(
    `--only ${wrong}: is not known${near ? `; did you mean '${near}'` : ''}; allowed: ${checkNames.join(', ')}`,
  );
}

async function check(context: Context, files: readonly string[], options: Options): Promise<void> {
  const { failOn = 'fail' } = options;
  const { readBaseline } = await import('../check/baseline.ts');
  const baseline = options.baseline === undefined ? null : await readBaseline(options.baseline);
  const { isModule } = await import('@anneal/usercode/bundle.ts');
  const some = files.some(isModule);
  const [only] = (['folder', 'memory'] as const).filter((name) => options[name] !== undefined);
  if (only && !some) throw new InputError(`--${only} is for a module: none of the files ends in .ts, .js or .mjs`);
  if (some && options.set.length > 0) throw new InputError('--set changes fields of a spec; a module has none');
  const all = await Promise.all(
    files.map((file) => (isModule(file) ? prepareModule(file, options) : prepare(file, options))),
  );
  const inTurn = async (run: Run | null, heading: (text: string) => void): Promise<FileReport[]> => {
    const done: FileReport[] = [];
    for (const one of all) {
      if (all.length > 1) heading(paint(process.stderr, 'bold', one.file));
      done.push(await one.report(context, run));
    }
    return done;
  };
  const reports = all.some(({ needsService }) => needsService)
    ? await attended(context, options, (run, view) => inTurn(run, (text) => view.line(text)))
    : await inTurn(null, tell);
  if (!reports) return;
  const judged = reports.map((report) => ({ report, failing: failing(report, failOn, baseline) }));
  await write(judged, options);
  const bad = judged.filter(({ report, failing: own }) => own.length > 0 || report.error !== null);
  if (bad.length > 0) process.exitCode = exit.failed;
  result(context, { reports, failed: bad.map(({ report }) => report.file) }, () => judged.map(told).join('\n'));
}

/** Reads the spec before anything runs. @throws InputError */
async function prepare(file: string, { set, only, failOn = 'fail', stepScan }: Options): Promise<Prepared> {
  const { readSubmission } = await import('../submission.ts');
  const { spec, place, send } = await readSubmission(file, set);
  if (spec.kind !== 'train')
    throw new InputError(`${file}: kind is ${spec.kind}; checks are those of a train spec`, { param: 'kind' });
  const { name, tags } = spec;
  const wanted = {
    kind: 'check',
    name,
    tags,
    spec,
    failOn,
    stepScan: stepScan !== undefined,
    ...(only && { only }),
  } as SpecInput;
  return {
    file,
    needsService: true,
    async report(context, run) {
      const { client } = context;
      // What is wrong with the spec has its place in the file as a part of the check job's spec.
      const submit = (): Promise<Job> => send(() => client.jobs.create(wanted), 'spec');
      const { job } = await run!(submit);
      if (stepScan !== undefined) await drawScan(context, job.id, file, stepScan);
      const { findings } = await client.jobs.diagnostics(job.id);
      const layers = (spec as TrainSpecInput).model?.layers ?? [];
      const placed = findings.map((finding: Finding) => ({ ...finding, place: place(fieldOf(finding, layers)) }));
      const seconds = Date.parse(job.finishedAt ?? job.createdAt) - Date.parse(job.startedAt ?? job.createdAt);
      const error = job.state === 'succeeded' || job.error?.code === 'check_failed' ? null : reasonOf(job);
      return { file, job: job.id, error, findings: placed, seconds: seconds / 1000 };
    },
  };
}

/** Nothing is drawn where the job has made no scan, which it tells of. */
async function drawScan({ client }: Context, job: string, file: string, picture: string): Promise<void> {
  const { artifacts } = await client.jobs.artifacts.list(job);
  if (!artifacts.some(({ name }) => name === 'gradient-scan.json')) return;
  const [{ stepScanPicture }, { writeFile }] = await Promise.all([
    import('../../plot/step-scan.ts'),
    import('node:fs/promises'),
  ]);
  const scan = (await (await client.jobs.artifacts.get(job, 'gradient-scan.json')).json()) as StepScan;
  await writeFile(picture, await stepScanPicture(scan, `Gradient of ${file}: error over h`)).catch((error: Error) => {
    throw new InputError(`--step-scan ${picture} can't be written: ${error.message}`);
  });
  tell(picture);
}

const reasonOf = ({ state, error }: Job): string => error?.message ?? `the job is ${state}`;

async function write(judged: readonly Judged[], options: Options): Promise<void> {
  const { appendFile, writeFile } = await import('node:fs/promises');
  const saved = async (name: string, file: string, saving: () => Promise<void>): Promise<void> => {
    await saving().catch((error: Error) => {
      throw new InputError(`--${name} ${file} can't be written: ${error.message}`);
    });
  };
  const { junit: xml, summary } = options;
  if (xml !== undefined) await saved('junit', xml, async () => writeFile(xml, await junit(judged)));
  if (summary !== undefined) await saved('summary', summary, () => appendFile(summary, markdown(judged)));
  if (process.env.GITHUB_ACTIONS === 'true') for (const note of annotations(judged)) tell(note);
}

function told({ report, failing: bad }: Judged): string {
  const { file, job, error, findings } = report;
  const by = job === null ? '' : ` (${job})`;
  if (error !== null) return `${paint(process.stdout, 'red', '✗')} ${file}: ${error}${by}`;
  const [first] = bad;
  if (!first) {
    const count = findings.filter(({ verdict }) => verdict === 'pass').length;
    const known = findings.filter(({ verdict }) => verdict === 'fail').length;
    const rest = known > 0 ? `, ${known} failed as in the baseline` : '';
    return `${paint(process.stdout, 'green', '✓')} ${file}: ${count} ${count === 1 ? 'check' : 'checks'} passed${rest}${by}`;
  }
  const more = bad.length > 1 ? ` (and ${bad.length - 1} more)` : '';
  return `${paint(process.stdout, 'red', '✗')} ${file}:${first.place.line}: ${first.rule}: ${first.message}${more}${by}`;
}
