/** The end of a job, for people. */
import type { CheckResult, EnsembleResult, InspectResult, Job, JobOf, TrainResult } from '../index.ts';
import { costLine } from './forecast-view.ts';
import { scoreName } from './progress-view.ts';
import { bytes, clock, number, paint, perStep, table } from './style.ts';

export function summary(job: Job, output: { isTTY?: boolean } = process.stdout): string {
  const { id, state, error, result } = job;
  if (state === 'failed') return `${paint(output, 'red', '✗')} ${id} failed: ${error?.message ?? 'without a reason'}`;
  if (state === 'paused') return `${id} is paused; anneal resume ${id} lets it go on`;
  if (!result) return `${id} ${state}`;
  const score = headline(job);
  return [`${paint(output, 'green', '✓')} ${id} ${state}${score ? `: ${score}` : ''}`, ...details(job)].join('\n');
}

/** The score that a job is remembered by; null before it has one. */
export function scoreOf(job: Job): number | null {
  if (job.kind === 'predict' || job.kind === 'check' || job.kind === 'inspect') return null;
  if (job.kind !== 'train') return job.result?.score ?? null;
  return job.result?.test?.score ?? job.result?.validation?.score ?? job.progress?.validationScore ?? null;
}

const count = (number: number, what: string): string => `${number} ${what}${number === 1 ? '' : 's'}`;

const scored = (score: number): string => `${scoreName(score)} ${number(score)}`;

function headline(job: Job): string {
  if (job.kind === 'predict') return `${job.result?.examples} examples in ${count(job.result?.files ?? 0, 'file')}`;
  if (job.kind === 'check') return job.result ? checked(job.result) : '';
  if (job.kind === 'inspect') return job.result ? inspected(job.result) : '';
  if (job.kind !== 'train') return job.result ? `${scored(job.result.score)}, loss ${number(job.result.loss)}` : '';
  const splits = (['test', 'validation'] as const).flatMap((split) => {
    const of = job.result?.[split];
    return of ? [`${split} ${scored(of.score)}`] : [];
  });
  return splits.join(', ');
}

function checked({ pass, warn, skipped }: CheckResult): string {
  const others = [warn > 0 && count(warn, 'warning'), skipped > 0 && `${skipped} skipped`].filter(Boolean);
  return [`${count(pass, 'check')} passed`, ...others].join(', ');
}

function inspected({ files, examples, warn }: InspectResult): string {
  const others = [examples !== null && count(examples, 'example'), warn > 0 && count(warn, 'warning')].filter(Boolean);
  return [count(files.length, 'file'), ...others].join(', ');
}

function details(job: Job): string[] {
  const { id, result } = job;
  if (!result) return [];
  const fetch = `  anneal artifacts ${id} --out FOLDER fetches`;
  const memory = `${bytes(result.peakMemoryBytes)} of memory`;
  if (job.kind === 'check' || job.kind === 'inspect') return [`  ${clock(job.result!.seconds)}, ${memory}`];
  if (job.kind === 'train') return [...trained(job, memory), `${fetch} the weights`];
  const { examples, seconds } = result as { examples: number; seconds: number };
  const line = `  ${examples} examples in ${clock(seconds)}, ${memory}`;
  if (job.kind === 'ensemble') return [line, ...members(job.result!), `${fetch} the model`];
  return [line, `${fetch} ${job.kind === 'predict' ? 'the predictions' : 'scores.json'}`];
}

function trained({ result, plan }: JobOf<'train'>, memory: string): string[] {
  const { steps, trainSeconds, microsecondsPerStep, submitToFirstStepSeconds, ensemble, cost } = result!;
  return [
    `  ${steps} steps in ${clock(trainSeconds)} (${perStep(microsecondsPerStep)} a step, plan ${plan?.plan ?? 'unknown'}), ` +
      `first step after ${number(submitToFirstStepSeconds)} s, ${memory}`,
    ...(cost ? [`  ${costLine(cost)}`] : []),
    ...examplesPlace(plan?.data),
    ...together(ensemble),
  ];
}

/** Where the examples were, where they can be elsewhere. */
function examplesPlace(data: NonNullable<JobOf<'train'>['plan']>['data']): string[] {
  if (!data) return [];
  if (data.place === 'memory') return [`  examples in memory: ${bytes(data.bytes)} (${data.reason})`];
  return [
    `  examples streamed: ${bytes(data.bytes)} decoded, ${data.windowRows} of them in memory at a time (${data.reason})`,
  ];
}

function together(ensemble: TrainResult['ensemble']): string[] {
  const scores = (ensemble?.members ?? []).flatMap(({ test, validation }) => (test ?? validation)?.score ?? []);
  if (!ensemble || scores.length === 0) return [];
  const [least, most] = [Math.min(...scores), Math.max(...scores)];
  return [
    `  ${ensemble.members.length} members: alone ${scoreName(most)} ${number(least)} to ${number(most)}, they disagree by ${number(ensemble.disagreement)}`,
  ];
}

function members({ members: alone, disagreement }: EnsembleResult): string[] {
  const rows = alone.map(({ job, weights, score, loss }) => [job, weights, number(score), number(loss)]);
  const lines = table(['member', 'weights', scoreName(alone[0]?.score ?? 0), 'loss'], rows).split('\n');
  return [...lines.map((line) => `  ${line}`), `  the members disagree by ${number(disagreement)}`];
}
