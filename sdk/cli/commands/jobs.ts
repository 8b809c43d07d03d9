/** `anneal jobs`: lists jobs, newest first. */
import { Argument, type Command, Option } from 'commander';
import type { Job, JobState } from '../../index.ts';
import { contextOf, result, tell } from '../context.ts';
import { InputError } from '../exit.ts';
import { doneShare, scoreName } from '../progress-view.ts';
import { age, number, table } from '../style.ts';
import { scoreOf } from '../summary.ts';

const states: JobState[] = ['queued', 'starting', 'running', 'paused', 'succeeded', 'failed', 'cancelled'];

interface Options {
  readonly state?: JobState;
  readonly tag: Readonly<Record<string, string>>;
  readonly limit: number;
}

function addTag(text: string, before: Readonly<Record<string, string>>): Record<string, string> {
  const [, key, value] = /^([^=:]+)[=:](.*)$/.exec(text) ?? [];
  if (key === undefined || value === undefined) throw new InputError(`--tag ${text}: write it as key=value`);
  return { ...before, [key]: value };
}

function parseLimit(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw new InputError(`--limit ${text}: must be a whole number above 0`);
}

export function register(program: Command): void {
  program
    .command('jobs')
    .description('list jobs, newest first')
    .addOption(new Option('--state <state>', 'only jobs in this state').choices(states))
    .option('--tag <key=value>', 'only jobs with this tag (repeatable)', addTag, {})
    .option('-n, --limit <jobs>', 'at most so many', parseLimit, 20)
    .action(async ({ state, tag, limit }: Options, command: Command) => {
      const context = contextOf(command);
      const jobs: Job[] = [];
      const query = { state, tags: tag, limit: Math.min(limit, 200) };
      for await (const job of context.client.jobs.list(query)) {
        jobs.push(job);
        if (jobs.length === limit) break;
      }
      if (!context.json && jobs.length === 0) return tell('There are no such jobs.');
      result(context, jobs, () =>
        table(['job', 'kind', 'name', 'state', 'progress', 'score', 'submitted'], jobs.map(row)),
      );
    });
}

function row(job: Job): string[] {
  const { id, kind, name, state, progress, createdAt } = job;
  const score = scoreOf(job);
  const share = state === 'running' && progress ? `${Math.floor(doneShare(progress) * 100)} %` : '';
  return [
    id,
    kind,
    name ?? '',
    state,
    share,
    score === null ? '' : `${scoreName(score)} ${number(score)}`,
    age(createdAt),
  ];
}

export const jobArgument = (): Argument => new Argument('<job>', 'id of the job');
