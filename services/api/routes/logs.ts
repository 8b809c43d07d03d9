/** What the runners of a job wrote on their outputs. */
import { AnnealError } from '@anneal/schemas';
import { type Endpoint, route } from '../endpoint.ts';
import { jobParams, noHeaders, noQuery } from './parameters.ts';

const read = {
  method: 'get',
  path: '/v1/jobs/{id}/logs',
  id: 'readLogs',
  tag: 'results',
  summary: 'Read the log',
  params: jobParams,
  query: noQuery,
  headers: noHeaders,
  answers: {
    200: { description: 'All attempts so far, oldest first; empty before the first.', contentType: 'text/plain' },
  },
  errors: ['not_found'],
} as const satisfies Endpoint;

export const logRoutes = [
  route(read, async ({ params }, services, c) => {
    const job = await services.jobs.get(params.id);
    if (!services.launcher) throw new AnnealError('not_found', 'this service keeps no logs');
    const head = { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' };
    if (c.req.raw.method === 'HEAD') return c.body(null, 200, head);
    return c.body(ReadableStream.from(services.launcher.log(job.id)) as ReadableStream<Uint8Array>, 200, head);
  }),
];
