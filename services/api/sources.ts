/** Whether the trained models that a spec names are there, before its job is taken. */
import { AnnealError, checkDataFits, type Job, type ModelSource, nearest, type Spec, SpecError } from '@anneal/schemas';
import type { Services } from './services.ts';

/** @throws SpecError naming the field, and what there is instead */
export async function checkSources(spec: Spec, services: Pick<Services, 'jobs' | 'records'>): Promise<void> {
  if (spec.kind === 'train') return;
  if (spec.kind !== 'ensemble') return checkSource(spec.model, 'model', spec, services);
  const [only] = spec.members;
  if (spec.members.length === 1 && !only?.weights.includes('*'))
    throw new SpecError(
      'invalid_spec',
      'members: an ensemble needs two models at least; name more jobs, or checkpoints of one as in weights: checkpoints/*',
      'members',
    );
  for (const [i, member] of spec.members.entries()) await checkSource(member, `members[${i}]`, spec, services);
}

async function checkSource(
  { job: id, weights }: ModelSource,
  param: string,
  asking: Pick<Exclude<Spec, { kind: 'train' }>, 'kind' | 'data'>,
  { jobs, records }: Pick<Services, 'jobs' | 'records'>,
): Promise<void> {
  const job = await jobs.get(id).catch((error: unknown) => {
    if (!(error instanceof AnnealError) || error.code !== 'not_found') throw error;
    throw new SpecError('invalid_spec', `${param}.job: there is no job '${id}'`, `${param}.job`);
  });
  if (weights.includes('*') && (asking.kind !== 'ensemble' || job.kind !== 'train'))
    throw new SpecError(
      'invalid_spec',
      `${param}.weights: '${weights}' may stand for several models; only an ensemble job takes them, of a train job`,
      `${param}.weights`,
    );
  if (job.kind !== 'train' && job.kind !== 'ensemble')
    throw new SpecError(
      'invalid_spec',
      `${param}.job: ${id} is a job of kind ${job.kind}; allowed: train, ensemble`,
      `${param}.job`,
    );
  if (job.kind === 'train' && asking.data) checkDataFits(asking.data, job.spec);
  const record = await records.of(id);
  const names = [...record.artifacts.keys()];
  const checkpoints = record.checkpoints.map(({ name }) => name);
  const found = weights.includes('*')
    ? checkpoints.length > 0
    : names.includes(weights) || checkpoints.includes(weights);
  if (!found)
    throw missing(job, weights, [...checkpoints, ...names.filter((name) => name.endsWith('.safetensors'))], param);
}

function missing({ id, state }: Job, weights: string, there: readonly string[], param: string): SpecError {
  const near = nearest(weights, there);
  const choices = there.length > 0 ? `there are ${there.join(', ')}` : `the job is ${state} and has made none yet`;
  const hint = near ? `did you mean '${near}'?` : choices;
  return new SpecError('data_missing', `${param}.weights: ${id} has no '${weights}'; ${hint}`, `${param}.weights`);
}
