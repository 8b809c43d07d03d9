/** `anneal check`: the checks of train specs without the training, and those of modules of the user's own code, for a pipeline that gates a merge on them. */
import { type Command, Option } from 'commander';
import { type Attendance, type AttendedOptions, attended } from '../attended.ts';
import { type CheckFlags, needsNoFile, needsSpec } from '../check/flags.ts';
import { annotations, type Judged, junit, markdown } from '../check/formats.ts';
import { parseMemory, prepareModule } from '../check/module.ts';
import type { Prepared } from '../check/prepared.ts';
import { type FileReport, failing } from '../check/report.ts';
import { readSettings } from '../check/settings.ts';
import { prepareSpec } from '../check/spec.ts';
import { type Context, contextOf, result, tell } from '../context.ts';
import { exit, InputError } from '../exit.ts';
import { parseTimeout } from '../follow.ts';
import { setOption } from '../set-option.ts';
import { paint } from '../style.ts';

type Options = CheckFlags & AttendedOptions;

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
      text.split(',').map((name) => name.trim()),
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
        needsNoFile(given, flags);
        const { auditTfjs } = await import('../check/audit-tfjs.ts');
        return auditTfjs(context, flags);
      }
      const { files = [], ...settings } = await readSettings(process.cwd());
      const names = given.length > 0 ? given : files;
      await checkOnly(flags.only);
      if (names.length === 0)
        throw new InputError('name a spec or a module to check, or list some in anneal.config: check.files');
      const { isModule } = await import('@anneal/usercode/bundle.ts');
      needsSpec(names, flags, isModule);
      await check(context, names, { ...settings, ...flags });
    });
}

/** @throws InputError */
async function checkOnly(only: readonly string[] | undefined): Promise<void> {
  const { checkNames, suggest } = await import('@anneal/schemas');
  const wrong = only?.find((name) => !checkNames.some((known) => known === name));
  if (wrong !== undefined) throw new InputError(`--only ${wrong}: is not known${suggest(wrong, checkNames)}`);
}

async function check(context: Context, files: readonly string[], options: Options): Promise<void> {
  const { failOn = 'fail' } = options;
  const { readBaseline } = await import('../check/baseline.ts');
  const baseline = options.baseline === undefined ? null : await readBaseline(options.baseline);
  const { isModule } = await import('@anneal/usercode/bundle.ts');
  const all = await Promise.all(
    files.map((file) => (isModule(file) ? prepareModule(file, options) : prepareSpec(file, options))),
  );
  const outcome = all.some(({ needsService }) => needsService)
    ? await attended(context, options, async (attendance) => {
        // Before any of them runs, for nobody wants to learn after minutes that the last one has a slip of the pen.
        if (all.length > 1) for (const { validate } of all) await validate?.(context);
        return inTurn(context, all, attendance);
      })
    : await inTurn(context, all, null);
  if (!outcome) return;
  const { reports, failure } = outcome;
  const judged = reports.map((report) => ({ report, failing: failing(report, failOn, baseline) }));
  const notChecked = files.slice(reports.length);
  const bad = judged.filter(({ report, failing: own }) => own.length > 0 || report.error !== null);
  if (bad.length > 0) process.exitCode = exit.failed;
  if (judged.length > 0) {
    await write(judged, options);
    const value = { reports, failed: bad.map(({ report }) => report.file), notChecked };
    result(context, value, () => judged.map(told).join('\n'));
  }
  if (notChecked.length > 0 && files.length > 1) tell(`Not checked: ${notChecked.join(', ')}`);
  if (failure) throw failure.error;
}

interface Outcome {
  readonly reports: readonly FileReport[];
  /** Why there are fewer reports than files. */
  readonly failure: { readonly error: unknown } | null;
}

/** One file after the other, until one can't be checked or the user stops it: what was found before is not lost. */
async function inTurn(context: Context, all: readonly Prepared[], attendance: Attendance | null): Promise<Outcome> {
  const heading = (text: string): void => (attendance ? attendance.view.line(text) : tell(text));
  const reports: FileReport[] = [];
  for (const one of all) {
    if (attendance?.stopping()) break;
    if (all.length > 1) heading(paint(process.stderr, 'bold', one.file));
    try {
      reports.push(await one.report(context, attendance?.run ?? null));
    } catch (error) {
      if (attendance?.left()) throw error;
      return { reports, failure: { error } };
    }
  }
  return { reports, failure: null };
}

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
