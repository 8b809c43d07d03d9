/** The events of a job as server-sent events. */
import { event, progressMessage, streamEnd } from '@anneal/schemas';
import { z } from 'zod';
import { type Endpoint, route } from '../endpoint.ts';
import { eventStream } from '../events/stream.ts';
import { jobParams, LARGEST } from './parameters.ts';

const seq = z.coerce.number().int().min(0).max(LARGEST);

const stream = {
  method: 'get',
  path: '/v1/jobs/{id}/events',
  id: 'streamEvents',
  tag: 'events',
  summary: 'Follow a job',
  description:
    'Server-sent events. Each event of the job has its `seq` as `id`, its type as `event` and an Event as `data`; to go on where a stream was ' +
    'cut off, send the last id as Last-Event-ID. Between them come `progress` messages without an id: the latest only, not kept. After the ' +
    'final `state` event an `end` message closes the stream; one that ends without it was cut off. A comment every 15 seconds keeps it open.',
  params: jobParams,
  query: z.strictObject({
    after: seq.optional().describe('Only events with a larger `seq`; Last-Event-ID goes before it.'),
  }),
  headers: z.object({ 'Last-Event-ID': seq.optional().describe('The id of the last event received.') }),
  answers: {
    200: {
      description: 'The stream; the schema is that of each `data`.',
      contentType: 'text/event-stream',
      schema: z.union([event, progressMessage, streamEnd]),
    },
  },
  errors: ['not_found'],
} as const satisfies Endpoint;

export const eventRoutes = [
  route(stream, async ({ params, query, headers }, { feeds, jobs, limits: { streamMilliseconds } }, c) => {
    const { id: jobId } = await jobs.get(params.id);
    const head = {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    };
    if (c.req.raw.method === 'HEAD') return c.body(null, 200, head);
    const after = headers['Last-Event-ID'] ?? query.after ?? 0;
    return c.body(eventStream({ feeds, jobs, jobId, after, streamMilliseconds }), 200, head);
  }),
];
