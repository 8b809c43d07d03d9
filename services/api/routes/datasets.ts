/** Data sets of one's own: naming the files, uploading them, having them checked. */
import {
  AnnealError,
  artifactName,
  type Dataset,
  type DatasetUpload,
  datasetPage,
  dataset as datasetSchema,
  datasetUploads,
  type InspectSpec,
  newDataset,
  parse,
} from '@anneal/schemas';
import { z } from 'zod';
import { canonicalHash } from '../canonical.ts';
import { type Endpoint, route } from '../endpoint.ts';
import { createWithin } from '../rate-limit.ts';
import type { Services } from '../services.ts';
import { uploadsOf } from '../uploads.ts';
import { noHeaders, noParams, noQuery } from './parameters.ts';

const params = z.object({ id: z.string().min(1).max(64).describe('Id of the data set.') });
const common = { tag: 'datasets', headers: noHeaders } as const;

const create = {
  ...common,
  method: 'post',
  path: '/v1/datasets',
  id: 'createDataset',
  summary: 'Begin a data set',
  description:
    'Names the files that will come, and answers with a request for each that uploads it: straight to the store of artifacts where that has an ' +
    'address of its own (S3), else to this service. Once all have come, complete the data set.',
  params: noParams,
  query: noQuery,
  body: {
    schema: newDataset,
    description: 'The files, and how they are read.',
    example: {
      name: 'flowers',
      files: [
        {
          name: 'flowers.csv',
          size: 2734,
          sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
        },
      ],
      data: { type: 'csv', file: 'flowers.csv', features: ['length', 'width'], label: 'kind', classes: 3 },
    },
  },
  answers: {
    201: { description: 'The data set.', schema: datasetUploads, headers: { Location: 'Path of the data set.' } },
  },
  errors: [
    ...(['invalid_json', 'payload_too_large', 'unsupported_media_type', 'conflict'] as const),
    ...(['invalid_spec', 'unknown_field', 'shape_mismatch'] as const),
  ],
} as const satisfies Endpoint;

const list = {
  ...common,
  method: 'get',
  path: '/v1/datasets',
  id: 'listDatasets',
  summary: 'List data sets, newest first',
  params: noParams,
  query: z.strictObject({
    cursor: z.string().min(1).max(200).optional().describe('`next` of the page before.'),
    limit: z.coerce.number().int().min(1).max(100).default(20).describe('Data sets a page.'),
  }),
  answers: { 200: { description: 'One page.', schema: datasetPage } },
  errors: [],
} as const satisfies Endpoint;

const retrieve = {
  ...common,
  method: 'get',
  path: '/v1/datasets/{id}',
  id: 'retrieveDataset',
  summary: 'Retrieve a data set',
  params,
  query: noQuery,
  answers: { 200: { description: 'The data set.', schema: datasetSchema } },
  errors: ['not_found'],
} as const satisfies Endpoint;

const uploads = {
  ...common,
  method: 'post',
  path: '/v1/datasets/{id}/uploads',
  id: 'listUploads',
  summary: 'Ask again how to upload what has not come',
  description: 'To go on with uploads that were cut off, or whose requests have expired.',
  params,
  query: noQuery,
  answers: { 200: { description: 'The data set, and what is missing.', schema: datasetUploads } },
  errors: ['not_found', 'data_damaged'],
} as const satisfies Endpoint;

const upload = {
  ...common,
  method: 'put',
  path: '/v1/datasets/{id}/files/{+name}',
  id: 'uploadFile',
  summary: 'Upload a file through the service',
  description:
    'The bytes as they are, of any content type. Other bytes than the data set was created with leave nothing behind; a file that has come ' +
    'already is left as it is.',
  params: params.extend({ name: artifactName.describe('Name of the file; its slashes may stand as they are.') }),
  query: noQuery,
  upload: 'The bytes of the file.',
  answers: { 204: { description: 'It has come.' } },
  errors: ['not_found', 'artifact_not_found', 'conflict', 'data_damaged', 'disk_full'],
} as const satisfies Endpoint;

const complete = {
  ...common,
  method: 'post',
  path: '/v1/datasets/{id}/complete',
  id: 'completeDataset',
  summary: 'Complete a data set',
  description:
    'All files must have come. They can’t be changed from then on; a job looks at them, and its end makes the data set `ready` or `failed`. One ' +
    'that has failed may be completed again, to be checked again.',
  params,
  query: noQuery,
  answers: { 200: { description: 'The data set, which is being checked.', schema: datasetSchema } },
  errors: ['not_found', 'conflict', 'data_missing', 'data_damaged', 'disk_full'],
} as const satisfies Endpoint;

const remove = {
  ...common,
  method: 'delete',
  path: '/v1/datasets/{id}',
  id: 'deleteDataset',
  summary: 'Remove a data set',
  description: 'With its files. Refused while a job that has not ended works on it.',
  params,
  query: noQuery,
  answers: { 204: { description: 'It is gone.' } },
  errors: ['not_found', 'conflict'],
} as const satisfies Endpoint;

async function withUploads(dataset: Dataset, services: Services, names?: ReadonlySet<string>) {
  const asked = names ?? new Set(dataset.files.map(({ name }) => name));
  const found: DatasetUpload[] = await uploadsOf(dataset, asked, services.artifacts);
  return { dataset, uploads: found };
}

/** A job that the same key makes once. */
const submitting = (services: Services) => async (spec: InspectSpec, key: string) => {
  const idempotency = { key: `dataset ${key}`, bodyHash: await canonicalHash(spec) };
  const { job, created } = await createWithin(services, { spec, idempotency });
  if (created) await services.onSubmitted(job);
  return job;
};

export const datasetRoutes = [
  route(create, async ({ body }, services, c) => {
    const made = await services.datasets.create(parse(newDataset, body));
    c.header('Location', `/v1/datasets/${made.id}`);
    return c.json(await withUploads(made, services), 201);
  }),
  route(list, async ({ query: { limit, cursor } }, { datasets }, c) => {
    const items = await datasets.list({ limit, after: cursor });
    return c.json({ items, next: items.length === limit ? items.at(-1)!.id : null });
  }),
  route(retrieve, async ({ params }, { datasets }, c) => c.json(await datasets.get(params.id))),
  route(uploads, async ({ params }, services, c) => {
    const found = await services.datasets.get(params.id);
    const names = found.state === 'uploading' ? await services.datasets.missing(found) : new Set<string>();
    return c.json(await withUploads(found, services, names));
  }),
  route(upload, async ({ params }, { datasets }, c) => {
    const encoding = c.req.header('content-encoding');
    if (encoding !== undefined && encoding !== 'identity') {
      const text = `content encoding '${encoding}' is not taken; send the bytes as they are`;
      throw new AnnealError('invalid_request', text, 'content-encoding');
    }
    await datasets.put(params.id, params.name, bytesOf(c.req.raw));
    return c.body(null, 204);
  }),
  route(complete, async ({ params }, services, c) =>
    c.json(await services.datasets.complete(params.id, submitting(services))),
  ),
  route(remove, async ({ params }, { datasets }, c) => {
    await datasets.remove(params.id);
    return c.body(null, 204);
  }),
];

async function* bytesOf({ body }: Request): AsyncGenerator<Uint8Array, void> {
  try {
    if (body) for await (const piece of body as unknown as AsyncIterable<Uint8Array>) yield piece;
  } catch (cause) {
    throw new AnnealError('invalid_request', 'the connection broke before all bytes had come', null, [], { cause });
  }
}
