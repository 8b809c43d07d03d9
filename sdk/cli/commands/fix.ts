/** `anneal fix`: takes the patch of what was found wrong with a job, shows it, and with --submit runs the patched job and compares the two. */
import { type Command, Option } from 'commander';
import type { Finding, Job, JobOf } from '../../index.ts';
import { runToEnd } from '../attended.ts';
import { contextOf, result, tell } from '../context.ts';
import { InputError } from '../exit.ts';
import { parseTimeout } from '../follow.ts';
import { scoreName } from '../progress-view.ts';
import { number, paint } from '../style.ts';
import { scoreOf } from '../summary.ts';
import { jobArgument } from './jobs.ts';

interface Options {
  readonly rule?: string;
  readonly submit?: true;
  readonly wait?: true;
  readonly timeout?: number;
}

export function register(program: Command): void {
  program
    .command('fix')
    .description('show the change of the spec that mends a job, and submit the job changed so')
    .addArgument(jobArgument())
    .addOption(new Option('-r, --rule <rule>', 'the finding whose patch to take; the surest one when left out'))
    .option('--submit', 'submit the patched job, tagged fixes=JOB')
    .option('-w, --wait', 'with --submit: follow it to its end and compare the two')
    .option('-t, --timeout <seconds>', 'with --wait: give up waiting after so long', parseTimeout)
    .action(async (id: string, options: Options, command: Command) => {
      const context = contextOf(command);
      const job = await context.client.jobs.retrieve(id);
      if (job.kind !== 'train')
        throw new InputError(`${id} is a job of kind ${job.kind}; only a train job can be mended`);
      const { findings } = await context.client.jobs.diagnostics(id);
      const finding = choose(findings, options.rule, id);
      const { applyPatch } = await import('@anneal/schemas');
      const spec = applyPatch(job.spec, finding.patch!);
      tell(describe(finding, job.spec));
      if (!options.submit) return result(context, { finding, spec }, () => `anneal fix ${id} --submit --wait tries it`);
      const submit = (): Promise<Job> => context.client.jobs.create({ ...spec, tags: { ...spec.tags, fixes: id } });
      if (options.wait)
        return runToEnd(context, submit, { timeout: options.timeout, told: (ended) => compare(job, ended) });
      const mended = await submit();
      result(context, mended, () => mended.id);
    });
}

/** The surest cause that carries a patch, failures before warnings. @throws InputError saying what there is instead */
function choose(findings: readonly Finding[], rule: string | undefined, id: string): Finding {
  const mending = findings.filter(({ patch, verdict }) => patch && (verdict === 'fail' || verdict === 'warn'));
  const rules = mending.map((finding) => finding.rule).join(', ') || 'none';
  const weight = ({ verdict, score }: Finding) => (verdict === 'fail' ? 1 : 0) + (score ?? 0);
  const [surest] = mending
    .filter((finding) => rule === undefined || finding.rule === rule)
    .sort((a, b) => weight(b) - weight(a));
  if (surest) return surest;
  if (rule !== undefined)
    throw new InputError(`--rule ${rule}: no finding of that rule with a patch; there are ${rules}`);
  throw new InputError(`${id}: nothing was found that carries a patch; anneal diagnose ${id} shows what was`);
}

function describe(finding: Finding, spec: JobOf<'train'>['spec']): string {
  const lines = finding.patch!.flatMap(({ op, path, value }) => {
    const before = valueAt(spec, path);
    const shown = (sign: string, of: unknown) => `${sign} ${path.slice(1).replaceAll('/', '.')}: ${JSON.stringify(of)}`;
    return [
      ...(op !== 'add' && before !== undefined ? [paint(process.stderr, 'red', shown('-', before))] : []),
      ...(op !== 'remove' ? [paint(process.stderr, 'green', shown('+', value))] : []),
    ];
  });
  return [`${finding.rule}: ${finding.message}`, ...lines.map((line) => `  ${line}`)].join('\n');
}

const valueAt = (spec: unknown, path: string): unknown =>
  path
    .split('/')
    .slice(1)
    .reduce<unknown>((node, key) => (node as Record<string, unknown> | undefined)?.[key], spec);

function compare(before: Job, after: Job): string {
  const rows = [before, after].map((job) => {
    const score = scoreOf(job);
    return `  ${job.id}  ${job.state}${score === null ? '' : `  ${scoreName(score)} ${number(score)}`}`;
  });
  return ['before and after:', ...rows].join('\n');
}
