/** Whether the trained models that a spec names are there, before its job is taken. */
import {
  AnnealError,
  checkDataFits,
  fittingCheckpoints,
  isPattern,
  type Job,
  type ModelSource,
  nearest,
  type Spec,
  SpecError,
} from '@anneal/schemas';
import type { Services } from './services.ts';

/** @throws SpecError naming the field, and what there is instead */
export async function checkSources(spec: Spec, services: Pick<Services, 'jobs' | 'records'>): Promise<void> {
  if (spec.kind === 'train' || spec.kind === 'check' || spec.kind === 'inspect') return;
  if (spec.kind !== 'ensemble') {
    await modelsOf(spec.model, 'model', spec, services);
    return;
  }
  let models = 0;
  for (const [i, member] of spec.members.entries()) models += await modelsOf(member, `members[${i}]`, spec, services);
  if (models < 2)
    throw new SpecError(
      'invalid_spec',
      'members: an ensemble needs two models at least; name more jobs, or checkpoints of one as in weights: checkpoints/*',
      'members',
    );
}

/** How many models a source stands for. */
async function modelsOf(
  { job: id, weights }: ModelSource,
  param: string,
  asking: Pick<Exclude<Spec, { kind: 'train' | 'check' | 'inspect' }>, 'kind' | 'data'>,
  { jobs, records }: Pick<Services, 'jobs' | 'records'>,
): Promise<number> {
  const job = await jobs.get(id).catch((error: unknown) => {
    if (!(error instanceof AnnealError) || error.code !== 'not_found') throw error;
    throw new SpecError('invalid_spec', `${param}.job: there is no job '${id}'`, `${param}.job`);
  });
  if (isPattern(weights) && (asking.kind !== 'ensemble' || job.kind !== 'train'))
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
  const found = isPattern(weights)
    ? fittingCheckpoints(weights, checkpoints)
    : [...names, ...checkpoints].filter((name) => name === weights);
  if (found.length === 0)
    throw missing(job, weights, [...checkpoints, ...names.filter((name) => name.endsWith('.safetensors'))], param);
  if (job.kind === 'train') return found.length * (job.spec.ensemble?.members ?? 1);
  // Its members were two at least when it was taken.
  return job.spec.average === 'weights' ? 1 : 2;
}

function missing({ id, state }: Job, weights: string, there: readonly string[], param: string): SpecError {
  const near = nearest(weights, there);
  const choices = there.length > 0 ? `there are ${there.join(', ')}` : `the job is ${state} and has made none yet`;
  const hint = near ? `did you mean '${near}'?` : choices;
  return new SpecError('data_missing', `${param}.weights: ${id} has no '${weights}'; ${hint}`, `${param}.weights`);
}
