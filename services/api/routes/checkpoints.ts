/** The checkpoints of a job. */
import { checkpointList } from '@anneal/schemas';
import { type Endpoint, route } from '../endpoint.ts';
import { jobParams, noHeaders, noQuery } from './parameters.ts';

const list = {
  method: 'get',
  path: '/v1/jobs/{id}/checkpoints',
  id: 'listCheckpoints',
  tag: 'results',
  summary: 'List checkpoints',
  params: jobParams,
  query: noQuery,
  headers: noHeaders,
  answers: { 200: { description: 'All checkpoints so far.', schema: checkpointList } },
  errors: ['not_found'],
} as const satisfies Endpoint;

export const checkpointRoutes = [
  route(list, async ({ params }, services, c) => {
    const { jobId, checkpoints, artifacts } = await services.records.of(params.id);
    const names = [...artifacts.keys()];
    return c.json({
      jobId,
      checkpoints: checkpoints.map((one) => ({ ...one, artifacts: names.filter((n) => n.startsWith(`${one.name}/`)) })),
    });
  }),
];
