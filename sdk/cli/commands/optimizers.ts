/** `anneal optimizers`: update rules on trial, without data and without a service. */

import type { Rule, RuleReport, SurfaceName } from '@anneal/optimizers';
import type { Command } from 'commander';
import { contextOf, result } from '../context.ts';
import { InputError } from '../exit.ts';
import { loadModule } from '../load-module.ts';
import { number, paint, table } from '../style.ts';

/** The rules of the paper, and Adam. */
const USUAL = ['sgd', 'momentum', 'nesterov', 'adagrad', 'rmsprop', 'adam'];
const RULE = "a rule of Anneal, or a file of TypeScript or JavaScript whose default export is one's own";

export function register(program: Command): void {
  const group = program.command('optimizers').description('put update rules on trial, ours or your own');

  group
    .command('test')
    .description('unit tests for stochastic optimisation (Schaul et al. 2013)')
    .argument('[rules...]', `${RULE} (${USUAL.join(', ')})`)
    .option('--every <n>', 'take every n-th test of a family; 1 for all of them', wholeNumber('--every'), 16)
    .option('--svg <file>', 'write the verdicts as a map of colours')
    .action(runTests);

  group
    .command('race')
    .description('rules on the contours of a surface, as a moving picture')
    .argument('[rules...]', `${RULE} (${USUAL.join(', ')})`)
    .option('--on <surface>', 'ravine, saddle, beale or rosenbrock', 'beale')
    .option('--steps <n>', 'steps of each rule', wholeNumber('--steps'), 120)
    .option('--rate <rate>', 'the same for all; left out, each takes the one that suits it', positive)
    .option('-o, --out <file>', 'the picture', 'race.svg')
    .option('--still', 'draw whole paths that do not move')
    .action(runRace);
}

const wholeNumber =
  (option: string) =>
  (text: string): number => {
    const value = Number(text);
    if (Number.isInteger(value) && value > 0) return value;
    throw new InputError(`${option} ${text}: must be a whole number above 0`);
  };

function positive(text: string): number {
  const value = Number(text);
  if (Number.isFinite(value) && value > 0) return value;
  throw new InputError(`--rate ${text}: must be a number above 0`);
}

interface TestOptions {
  readonly every: number;
  readonly svg?: string;
}

async function runTests(names: readonly string[], options: TestOptions, command: Command): Promise<void> {
  const context = contextOf(command);
  const { catalogue, families, reportOn, suiteOf, verdicts } = await import('@anneal/optimizers');
  const rules = await rulesOf(names);
  const progress = progressLine();
  const suite = suiteOf({ every: options.every }, (done, of) => progress(`reference: sgd, ${done} of ${of} rates`));
  const reports = rules.map((rule) =>
    reportOn(suite, rule, (done) => progress(`${rule.name}: ${done} of ${rule.settings.length} settings`)),
  );
  progress('');
  if (options.svg) {
    const { verdictMap } = await import('../../plot/verdict-map.ts');
    await save(options.svg, verdictMap(suite, reports));
  }
  const value = { tests: suite.tests.map(({ name }) => name), rules: reports };
  result(context, value, () => {
    const rows = families.map((family) => [family, ...reports.map(({ well }) => percent(well[family]))]);
    const all = ['all', ...reports.map(({ wellOfAll }) => percent(wellOfAll))];
    const words = Object.entries(verdicts).map(([word, { says }]) => [word, says] as const);
    return [
      `${suite.tests.length} of ${catalogue.length} tests, 100 steps, 10 repetitions`,
      '',
      'Tests done well (good or excellent) with the one setting that suits a rule best:',
      table(['family', ...reports.map(({ rule }) => rule)], [...rows, all]),
      ...reports.map((report) => `${report.rule}: ${settingOf(report)}`),
      '',
      'Verdicts over all settings, which shows how much the setting matters:',
      table(
        ['verdict', ...reports.map(({ rule }) => rule)],
        words.map(([word]) => [word, ...shares(reports, word)]),
      ),
      ...words.map(([word, says]) => `${word}: ${says}`),
    ].join('\n');
  });
}

const percent = (share: number): string => (Number.isNaN(share) ? '–' : `${Math.round(share * 100)} %`);

const shares = (reports: readonly RuleReport[], word: string): string[] =>
  reports.map((report) => percent(report.shares[word as keyof RuleReport['shares']]));

function settingOf({ settings, best }: RuleReport): string {
  const { rate, options } = settings[best]!.setting;
  return [`rate ${number(rate)}`, ...Object.entries(options).map(([name, value]) => `${name} ${String(value)}`)].join(
    ', ',
  );
}

interface RaceOptions {
  readonly on: string;
  readonly steps: number;
  readonly rate?: number;
  readonly out: string;
  readonly still?: true;
}

async function runRace(names: readonly string[], options: RaceOptions, command: Command): Promise<void> {
  const context = contextOf(command);
  const [{ race, surfaces }, { racePicture }] = await Promise.all([
    import('@anneal/optimizers'),
    import('../../plot/race.ts'),
  ]);
  if (!Object.hasOwn(surfaces, options.on))
    throw new InputError(`--on ${await unknown(options.on, Object.keys(surfaces))}`);
  const surface = surfaces[options.on as SurfaceName];
  const runners = race(await rulesOf(names), surface, options.steps, options.rate);
  await save(options.out, await racePicture(surface, runners, !options.still));
  const value = { surface: options.on, runners, file: options.out };
  result(context, value, () => {
    const rows = runners.map(({ rule, rate, value, path }) => [
      rule,
      number(rate),
      Number.isFinite(value) ? number(value) : `diverged in step ${path.length}`,
    ]);
    return `${table(['rule', 'rate', `value after ${options.steps} steps`], rows)}\n\n${options.out}`;
  });
}

/** Names of our rules and files with own ones. */
async function rulesOf(given: readonly string[]): Promise<Rule[]> {
  const { registeredRule, ruleNames } = await import('@anneal/optimizers');
  const names = given.length > 0 ? given : USUAL;
  return Promise.all(
    names.map(async (name) => {
      if (ruleNames.includes(name)) return registeredRule(name);
      if (/[./\\]/.test(name)) return ownRule(name);
      throw new InputError(`${await unknown(name, ruleNames)}; or name a file. Full-batch rules can't be tried`);
    }),
  );
}

async function unknown(given: string, choices: readonly string[]): Promise<string> {
  const { suggest } = await import('@anneal/schemas');
  return `${given}: is not known${suggest(given, choices)}`;
}

async function ownRule(file: string): Promise<Rule> {
  const [{ ownRuleOf }, { SpecError }] = await Promise.all([import('@anneal/optimizers'), import('@anneal/schemas')]);
  try {
    return ownRuleOf((await loadModule(file)).default);
  } catch (error) {
    if (error instanceof SpecError) throw new InputError(`${file}: ${error.message}`);
    throw new InputError(`${file} can't be loaded: ${(error as Error).message}`);
  }
}

async function save(file: string, text: string): Promise<void> {
  const { writeFile } = await import('node:fs/promises');
  try {
    await writeFile(file, text);
  } catch (error) {
    throw new InputError(`${file} can't be written: ${(error as Error).message}`);
  }
}

/** One line that is written over and over; only where somebody looks on. */
function progressLine(): (text: string) => void {
  const { stderr } = process;
  if (!stderr.isTTY) return () => undefined;
  return (text) => stderr.write(`\r\x1b[K${text === '' ? '' : paint(stderr, 'dim', text)}`);
}
