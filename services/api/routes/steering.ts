/** Cancelling, pausing and resuming. A request that lost a race against the job itself is decided again on the new state. */
import { AnnealError, isFinal, type Job, job as jobSchema } from '@anneal/schemas';
import { type Endpoint, type Route, route } from '../endpoint.ts';
import type { Services } from '../services.ts';
import { jobParams, noHeaders, noQuery } from './parameters.ts';

type Verb = 'cancel' | 'pause' | 'resume';

const endpoint = (verb: Verb, summary: string, description: string) =>
  ({
    method: 'post',
    path: `/v1/jobs/{id}/${verb}`,
    id: `${verb}Job`,
    tag: 'jobs',
    summary,
    description,
    params: jobParams,
    query: noQuery,
    headers: noHeaders,
    answers: { 200: { description: 'The job as it is now.', schema: jobSchema } },
    errors: ['not_found', 'conflict'],
  }) as const satisfies Endpoint;

const conflict = (job: Job, text: string) => new AnnealError('conflict', `job ${job.id} ${text}`);

/** Ends or holds a job: at once if it waits, by its runner if it has one. */
function stop(verb: 'cancel' | 'pause') {
  const to = verb === 'cancel' ? 'cancelled' : 'paused';
  return async (job: Job, services: Services): Promise<Job> => {
    if (isFinal(job.state)) throw conflict(job, `has already ${ended(job)}; it can't be ${to} any more`);
    if (job.state === to) return job;
    if (job.state === 'queued' || job.state === 'paused') {
      return services.jobs.transition(job.id, [job.state], to, { reason: `${verb} was asked for` });
    }
    if (verb === 'pause' && job.stopping === 'cancel') throw conflict(job, "is being cancelled; it can't be paused");
    const asked = await services.jobs.requestStop(job.id, verb);
    await services.onStop(asked);
    return asked;
  };
}

async function resume(job: Job, services: Services): Promise<Job> {
  if (isFinal(job.state)) throw conflict(job, `has already ${ended(job)}; submit it again to run it again`);
  if (job.stopping === 'pause') throw conflict(job, 'is still pausing; resume it once its state is paused');
  if (job.state !== 'paused') throw conflict(job, `is ${job.state}; only a paused job can be resumed`);
  const queued = await services.jobs.transition(job.id, ['paused'], 'queued', { reason: 'resume was asked for' });
  await services.onSubmitted(queued);
  return queued;
}

const ended = ({ state }: Job): string => (state === 'cancelled' ? 'been cancelled' : state);

/** Acts on the job's present state; a job that changed meanwhile is looked at again, a few times. */
const steer = (act: (job: Job, services: Services) => Promise<Job>, definition: Endpoint): Route =>
  route(definition, async ({ params }, services, c) => {
    const { id } = params as { id: string };
    for (let tries = 1; ; tries++) {
      const job = await services.jobs.get(id);
      try {
        return c.json(await act(job, services));
      } catch (error) {
        const lostRace = error instanceof AnnealError && error.code === 'conflict' && tries < 5;
        if (!lostRace || (await services.jobs.get(id)).state === job.state) throw error;
      }
    }
  });

export const steeringRoutes = [
  steer(
    stop('cancel'),
    endpoint(
      'cancel',
      'Cancel a job',
      'A waiting job is cancelled at once. A running one is asked to stop: it ends its step and keeps what it has made; follow `stopping` and `state`.',
    ),
  ),
  steer(
    stop('pause'),
    endpoint(
      'pause',
      'Pause a job',
      'A running job writes a checkpoint and leaves its machine; it goes on bit for bit when resumed.',
    ),
  ),
  steer(
    resume,
    endpoint('resume', 'Resume a paused job', 'Puts it back into the queue, to go on from its last checkpoint.'),
  ),
];
