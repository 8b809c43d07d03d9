/**
 * The service as a function of Lambda behind a function URL, whose answers stream. Jobs are in DynamoDB, artifacts in S3; runners are
 * launched elsewhere, by who follows the table. Only API keys open it. Environment:
 *
 *   ANNEAL_STORE, ANNEAL_ARTIFACTS   addresses, with `{tenant}` where several are served
 *   ANNEAL_MEMORY_BYTES              memory of a runner; specs that need more are refused
 *   ANNEAL_STREAM_SECONDS            streams of events are closed after so long, before the function's timeout
 *   ANNEAL_REQUESTS_PER_MINUTE, ANNEAL_OPEN_JOBS   what one tenant may ask for; no limit if left out
 *   ANNEAL_REDIRECT_BYTES            artifacts that are larger are fetched from the bucket; 5 MB if left out
 *   ANNEAL_WEBHOOK_NETWORKS          private networks that webhooks may go to, separated by commas
 *   ANNEAL_ORIGINS                   origins whose pages may use the service, separated by commas
 */
import { dynamodbJobStore } from '@anneal/core/adapters/dynamodb-job-store/index.ts';
import { openTable } from '@anneal/core/adapters/dynamodb-job-store/open.ts';
import { dynamodbRateLimiter } from '@anneal/core/adapters/dynamodb-rate-limiter/index.ts';
import { dynamodbRecordStore } from '@anneal/core/adapters/dynamodb-record-store/index.ts';
import { s3ArtifactStore } from '@anneal/core/adapters/s3-artifact-store/index.ts';
import { apiKeys } from '@anneal/core/api-keys.ts';
import { datasetsOf } from '@anneal/core/datasets/datasets.ts';
import { calibrationsOf } from '@anneal/core/forecast/calibrations.ts';
import { batchMachines } from '@anneal/core/forecast/machine.ts';
import { endpointsOf } from '@anneal/core/webhooks/endpoints.ts';
import { type LambdaContext, type LambdaEvent, streamHandle } from 'hono/aws-lambda';
import { addressesOf } from './addresses.ts';
import { createApp } from './app.ts';
import { keyAuth } from './auth.ts';
import { networksIn, numberIn, required, restOf } from './lambda-environment.ts';
import { answerable } from './lambda-events.ts';
import about from './package.json' with { type: 'json' };

type Handler = (event: LambdaEvent, stream: unknown, context: LambdaContext) => Promise<void>;
/** Of Lambda's runtime. */
declare const awslambda: { streamifyResponse(handler: Handler): Handler };

const { env } = process;
const MEBIBYTE = 2 ** 20;
/** Lambda sends so much at full speed, and 200 MB at most. */
const FAST_BYTES = 5 * MEBIBYTE;

const addresses = addressesOf('/', {
  store: required(env, 'ANNEAL_STORE'),
  artifacts: required(env, 'ANNEAL_ARTIFACTS'),
});
const table = restOf(addresses.store(addresses.home), 'dynamodb', 'ANNEAL_STORE');
// One client for all stores: they share its connections. What it reaches was made with the function, so nothing is asked for first.
const { client } = await openTable(table, undefined, false);
const shared = { client, check: false };
const records = await dynamodbRecordStore(table, shared);
const requestsPerMinute = numberIn(env, 'ANNEAL_REQUESTS_PER_MINUTE');
const streamSeconds = numberIn(env, 'ANNEAL_STREAM_SECONDS');

const app = createApp({
  authenticate: keyAuth(apiKeys(records)),
  async tenancy(tenant) {
    const place = restOf(addresses.artifacts(tenant), 's3', 'ANNEAL_ARTIFACTS');
    const jobs = await dynamodbJobStore(restOf(addresses.store(tenant), 'dynamodb', 'ANNEAL_STORE'), shared);
    const artifacts = await s3ArtifactStore(place, { check: false });
    return {
      ...{ jobs, artifacts },
      datasets: datasetsOf({ tenant, records, artifacts, jobs }),
      forecasting: { machines: batchMachines(), calibrations: calibrationsOf(records, addresses.store(tenant)) },
      // Sent by the functions that follow the table's stream.
      webhooks: endpointsOf(records, { tenant, networks: networksIn(env) }),
      // The table's stream tells of new jobs; a stop reaches a runner by its next heartbeat.
      onSubmitted: () => undefined,
      onStop: () => undefined,
    };
  },
  home: addresses.home,
  rateLimiter: requestsPerMinute === undefined ? undefined : await dynamodbRateLimiter(table, shared),
  limits: {
    memoryBytes: numberIn(env, 'ANNEAL_MEMORY_BYTES') ?? Number.POSITIVE_INFINITY,
    bodyBytes: MEBIBYTE,
    requestsPerMinute,
    openJobs: numberIn(env, 'ANNEAL_OPEN_JOBS'),
    streamMilliseconds: streamSeconds === undefined ? undefined : streamSeconds * 1000,
    redirectBytes: numberIn(env, 'ANNEAL_REDIRECT_BYTES') ?? FAST_BYTES,
  },
  version: about.version,
  origins: env.ANNEAL_ORIGINS?.split(',').map((origin) => origin.trim()),
  onError: (error, request) =>
    console.error(JSON.stringify({ level: 'error', request, message: String(error), stack: stackOf(error) })),
});

const answer = streamHandle(app) as unknown as Handler;

export const handler = awslambda.streamifyResponse((event, stream, context) =>
  answer(answerable(event), stream, context),
);

const stackOf = (error: unknown): string | undefined => (error instanceof Error ? error.stack : undefined);
