/** The metrics of a job, thinned to what a chart can show. */
import { AnnealError, metricName, metrics, plainMetric } from '@anneal/schemas';
import { z } from 'zod';
import { type Endpoint, route } from '../endpoint.ts';
import { readMetrics } from '../metrics/read.ts';
import { jobParams, LARGEST, noHeaders } from './parameters.ts';

const step = z.coerce.number().int().min(1).max(LARGEST);

const read = {
  method: 'get',
  path: '/v1/jobs/{id}/metrics',
  id: 'readMetrics',
  tag: 'results',
  summary: 'Read metrics',
  description:
    'Each series has at most `resolution` points; each point is the mean, least and largest value of its steps.',
  params: jobParams,
  query: z.strictObject({
    names: z
      .array(metricName)
      .optional()
      .meta({ explode: false })
      .describe('Separated by commas; those of every job when left out.'),
    from: step.optional().describe('First step, from 1.'),
    to: step.optional().describe('Last step.'),
    resolution: z.coerce.number().int().min(1).max(10_000).default(500).describe('Most points a series.'),
  }),
  headers: noHeaders,
  answers: { 200: { description: 'The series.', schema: metrics } },
  errors: ['not_found'],
} as const satisfies Endpoint;

export const metricRoutes = [
  route(read, async ({ params, query }, services, c) => {
    const { from = 1, to = LARGEST, resolution } = query;
    if (from > to) throw new AnnealError('invalid_request', `from: ${from} is larger than to, which is ${to}`, 'from');
    const names = [...new Set(query.names ?? plainMetric.options)];
    const record = await services.records.of(params.id);
    return c.json(await readMetrics(record, services.artifacts, { names, from, to, resolution }));
  }),
];
