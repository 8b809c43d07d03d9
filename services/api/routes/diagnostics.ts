/** The findings of a job. */
import { diagnostics } from '@anneal/schemas';
import { type Endpoint, route } from '../endpoint.ts';
import { jobParams, noHeaders, noQuery } from './parameters.ts';

const read = {
  method: 'get',
  path: '/v1/jobs/{id}/diagnostics',
  id: 'readDiagnostics',
  tag: 'results',
  summary: 'Read what the checks found',
  params: jobParams,
  query: noQuery,
  headers: noHeaders,
  answers: { 200: { description: 'All findings so far.', schema: diagnostics } },
  errors: ['not_found'],
} as const satisfies Endpoint;

export const diagnosticsRoutes = [
  route(read, async ({ params }, services, c) => {
    const { jobId, findings } = await services.records.of(params.id);
    return c.json({ jobId, findings });
  }),
];
