/** Submitting jobs, and finding them again. */
import {
  checkSfo,
  type Data,
  jobKind,
  jobPage,
  job as jobSchema,
  jobState,
  type Spec,
  type SplitSizes,
  spec,
  stepsPerEpoch as stepsOf,
  trainedParameters,
  uncountedLayers,
  validateSpec,
  validationReport,
  withDataset,
} from '@anneal/schemas';
import { z } from 'zod';
import { canonicalHash } from '../canonical.ts';
import { folderOf, readyDataset } from '../dataset-folder.ts';
import { type Endpoint, route } from '../endpoint.ts';
import { forecastJob } from '../forecasts.ts';
import { createWithin } from '../rate-limit.ts';
import type { Services } from '../services.ts';
import { checkSources } from '../sources.ts';
import { splitRows } from '../training-rows.ts';
import { trainSpecExample } from './example.ts';
import { jobParams, noHeaders, noParams, noQuery } from './parameters.ts';

const body = { schema: spec, description: 'The spec of the job.', example: trainSpecExample };
const specErrors = [
  'invalid_json',
  'payload_too_large',
  'unsupported_media_type',
  'invalid_spec',
  'unknown_field',
  'shape_mismatch',
  'model_too_large',
  'budget_exceeded',
  'data_missing',
  'data_damaged',
] as const;

/** Everything that can be known before the run. @throws SpecError */
async function examine(input: unknown, services: Services) {
  const valid = validateSpec(input, services.limits);
  await checkSources(valid.spec, services);
  const of = trained(valid.spec);
  const sizes = await sizesOf(of, services);
  if (of.kind === 'train' && sizes) checkSfo(of, trainedParameters(valid.layers), sizes.training);
  return { valid, sizes };
}

/** What a job trains, or checks, or asks. */
const trained = (valid: Spec) => (valid.kind === 'check' ? valid.spec : valid);

/** Null where only the run can tell, and for jobs that train nothing. */
async function sizesOf(spec: ReturnType<typeof trained>, services: Services): Promise<SplitSizes | null> {
  if (spec.kind === 'train') return splitRows(spec, services);
  if (spec.kind === 'inspect') await readyDataset(spec.dataset, services.datasets, 'dataset');
  if (spec.data) await (await folderOf(dataOf(spec)!, services))?.rows(spec.data);
  return null;
}

function stepsPerEpoch(spec: Spec, sizes: SplitSizes | null): number | null {
  const of = trained(spec);
  return sizes === null || of.kind !== 'train' ? null : stepsOf(of, sizes.training);
}

/** An inspect job's are in the data set that it names. */
const dataOf = (valid: Exclude<Spec, { kind: 'train' | 'check' }>): Data | undefined =>
  valid.kind === 'inspect' && valid.data ? withDataset(valid.data, valid.dataset) : valid.data;

const create = {
  method: 'post',
  path: '/v1/jobs',
  id: 'createJob',
  tag: 'jobs',
  summary: 'Submit a job',
  description:
    'The spec is validated as a whole first; what can’t be run is refused and leaves nothing behind. With an Idempotency-Key a request may be ' +
    'repeated safely: the same key and body give the same job.',
  params: noParams,
  query: noQuery,
  headers: z.object({
    'Idempotency-Key': z
      .string()
      .regex(/^[\x20-\x7e]{1,255}$/, 'must be 1 to 255 printable ASCII characters')
      .optional()
      .describe('Up to 255 characters of your own, kept for at least 24 hours.'),
  }),
  body,
  answers: {
    201: { description: 'The new job.', schema: jobSchema, headers: { Location: 'Path of the job.' } },
    200: {
      description: 'The job that the same key and body made before.',
      schema: jobSchema,
      headers: { Location: 'Path of the job.', 'Idempotent-Replayed': '`true`' },
    },
  },
  errors: [...specErrors, 'idempotency_conflict', 'disk_full'],
} as const satisfies Endpoint;

const validate = {
  method: 'post',
  path: '/v1/jobs/validate',
  id: 'validateJob',
  tag: 'jobs',
  summary: 'Validate a spec without running it',
  description:
    'Infers all shapes and sizes and looks for the data, exactly as submitting does; a train job is forecast.',
  params: noParams,
  query: noQuery,
  headers: noHeaders,
  body,
  answers: { 200: { description: 'The spec can be run.', schema: validationReport } },
  errors: specErrors,
} as const satisfies Endpoint;

const list = {
  method: 'get',
  path: '/v1/jobs',
  id: 'listJobs',
  tag: 'jobs',
  summary: 'List jobs, newest first',
  params: noParams,
  query: z.strictObject({
    state: jobState.optional().describe('Only jobs in this state.'),
    kind: jobKind.optional().describe('Only jobs of this kind.'),
    tag: z
      .array(z.string().regex(/^[^:]+:/, 'must be key:value'))
      .max(16)
      .optional()
      .describe('Only jobs with this tag, as `key:value`; may be given several times, all must match.'),
    cursor: z.string().min(1).max(512).optional().describe('`next` of the page before.'),
    limit: z.coerce.number().int().min(1).max(200).default(20).describe('Jobs a page.'),
  }),
  headers: noHeaders,
  answers: { 200: { description: 'One page.', schema: jobPage } },
  errors: [],
} as const satisfies Endpoint;

const retrieve = {
  method: 'get',
  path: '/v1/jobs/{id}',
  id: 'retrieveJob',
  tag: 'jobs',
  summary: 'Retrieve a job',
  params: jobParams,
  query: noQuery,
  headers: noHeaders,
  answers: { 200: { description: 'The job.', schema: jobSchema } },
  errors: ['not_found'],
} as const satisfies Endpoint;

export const jobRoutes = [
  route(create, async ({ body, headers }, services, c) => {
    const { valid, sizes } = await examine(body, services);
    if (valid.spec.kind === 'train' && valid.spec.budget.dollars !== undefined)
      await forecastJob(valid, sizes, services.forecasting);
    const key = headers['Idempotency-Key'];
    const { job, created } = await createWithin(services, {
      spec: valid.spec,
      ...(key !== undefined && { idempotency: { key, bodyHash: await canonicalHash(body) } }),
    });
    if (created) await services.onSubmitted(job);
    else c.header('Idempotent-Replayed', 'true');
    c.header('Location', `/v1/jobs/${job.id}`);
    return c.json(job, created ? 201 : 200);
  }),
  route(validate, async ({ body }, services, c) => {
    const { valid, sizes } = await examine(body, services);
    return c.json({
      valid: true,
      layers: valid.layers.map(({ name, layer, input, output, parameters }) => ({
        name,
        type: layer.type,
        input,
        output,
        parameters,
      })),
      parameters: valid.parameters,
      memoryBytes: valid.memoryBytes,
      stepsPerEpoch: stepsPerEpoch(valid.spec, sizes),
      uncountedLayers: uncountedLayers(valid.layers),
      ...(await forecastJob(valid, sizes, services.forecasting)),
    });
  }),
  route(list, async ({ query }, services, c) => {
    const { state, kind, tag, limit, cursor } = query;
    const tags = tag && Object.fromEntries(tag.map((t) => [t.slice(0, t.indexOf(':')), t.slice(t.indexOf(':') + 1)]));
    return c.json(await services.jobs.list({ state, kind, tags }, { limit, cursor }));
  }),
  route(retrieve, async ({ params }, services, c) => c.json(await services.jobs.get(params.id))),
];
