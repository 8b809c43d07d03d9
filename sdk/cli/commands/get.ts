/** `anneal get`: one job. */
import type { Command } from 'commander';
import type { Job } from '../../index.ts';
import { contextOf, result } from '../context.ts';
import { describeProgress } from '../progress-view.ts';
import { age } from '../style.ts';
import { summary } from '../summary.ts';
import { jobArgument } from './jobs.ts';

export function register(program: Command): void {
  program
    .command('get')
    .description('show a job')
    .addArgument(jobArgument())
    .action(async (id: string, _options: unknown, command: Command) => {
      const context = contextOf(command);
      const job = await context.client.jobs.retrieve(id);
      result(context, job, () => describe(job));
    });
}

function describe(job: Job): string {
  const { name, state, stopping, attempt, spec, plan, progress, createdAt, tags } = job;
  const asked = stopping === 'cancel' ? 'cancelling' : stopping === 'pause' ? 'pausing' : undefined;
  const pairs: [string, string | undefined][] = [
    ['name', name ?? undefined],
    ['state', asked ? `${state}, ${asked}` : state],
    ['submitted', age(createdAt)],
    ['attempt', attempt > 0 ? String(attempt) : undefined],
    ['kind', job.kind],
    ['data', (spec.kind === 'check' ? spec.spec : spec).data?.type],
    ...particulars(spec),
    [
      'tags',
      Object.entries(tags)
        .map(([key, value]) => `${key}=${value}`)
        .join(' ') || undefined,
    ],
    ['plan', plan ? `${plan.plan}: ${plan.reason}` : undefined],
    ['progress', state === 'running' && progress ? describeProgress(progress) : undefined],
  ];
  const lines = pairs.flatMap(([key, value]) => (value === undefined ? [] : [`  ${key.padEnd(10)} ${value}`]));
  return [summary(job), ...lines].join('\n');
}

function particulars(spec: Job['spec']): [string, string][] {
  if (spec.kind === 'check') return particulars(spec.spec);
  if (spec.kind === 'train')
    return [
      ['model', spec.model.layers.map((layer) => layer.type).join(' → ')],
      ['update', `${spec.update.rule}, ${spec.schedule.type} rate ${spec.schedule.rate}`],
    ];
  if (spec.kind === 'inspect') return [['dataset', spec.dataset]];
  const models = spec.kind === 'ensemble' ? spec.members : [spec.model];
  return [['model', models.map(({ job, weights }) => `${job}/${weights}`).join(', ')]];
}
