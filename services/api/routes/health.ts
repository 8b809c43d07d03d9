/** Whether the service is alive. */
import { health } from '@anneal/schemas';
import { type Endpoint, route } from '../endpoint.ts';
import { noHeaders, noParams, noQuery } from './parameters.ts';

const read = {
  method: 'get',
  path: '/healthz',
  id: 'readHealth',
  tag: 'service',
  summary: 'Whether the service is alive',
  description: 'Asks the store of jobs for a record, so that a store that is gone shows.',
  params: noParams,
  query: noQuery,
  headers: noHeaders,
  open: true,
  answers: { 200: { description: 'It is.', schema: health } },
  errors: [],
} as const satisfies Endpoint;

export const healthRoutes = [
  route(read, async (_incoming, services, c) => {
    await services.jobs.active();
    return c.json({ status: 'ok', version: services.version });
  }),
];
