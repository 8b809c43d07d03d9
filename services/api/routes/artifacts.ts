/** The artifacts of a job: the list, and the bytes of one. */
import { AnnealError, artifactList, artifactName } from '@anneal/schemas';
import { z } from 'zod';
import { byteRange } from '../byte-range.ts';
import { type Endpoint, route } from '../endpoint.ts';
import { artifactKey, type StoredArtifact } from '../record.ts';
import { jobParams, noHeaders, noQuery } from './parameters.ts';

const list = {
  method: 'get',
  path: '/v1/jobs/{id}/artifacts',
  id: 'listArtifacts',
  tag: 'results',
  summary: 'List artifacts',
  params: jobParams,
  query: noQuery,
  headers: noHeaders,
  answers: { 200: { description: 'All artifacts so far.', schema: artifactList } },
  errors: ['not_found'],
} as const satisfies Endpoint;

const downloadHeaders = {
  ETag: 'SHA-256 of the whole artifact.',
  'Accept-Ranges': '`bytes`',
  'Content-Disposition': 'The last part of the name.',
};

const download = {
  method: 'get',
  path: '/v1/jobs/{id}/artifacts/{+name}',
  id: 'downloadArtifact',
  tag: 'results',
  summary: 'Download an artifact',
  description: 'Bytes as they were stored. One range at a time; a request for several is answered with the whole.',
  params: jobParams.extend({ name: artifactName.describe('Name of the artifact; its slashes may stand as they are.') }),
  query: noQuery,
  headers: z.object({
    Range: z.string().optional().describe('As in `bytes=0-1023`.'),
    'If-Range': z.string().optional().describe('The ETag that the range belongs to.'),
    'If-None-Match': z.string().optional().describe('The ETag already held.'),
  }),
  answers: {
    200: { description: 'The whole.', contentType: '*/*', headers: downloadHeaders },
    206: {
      description: 'The range.',
      contentType: '*/*',
      headers: { ...downloadHeaders, 'Content-Range': 'As in `bytes 0-1023/4096`.' },
    },
    307: {
      description:
        'Where a large artifact is to be had as a whole: a request to the store itself, good for a few minutes.',
      headers: { Location: 'The request. Whoever has it may read the artifact.', ETag: downloadHeaders.ETag },
    },
    304: { description: 'The artifact is the one already held.' },
  },
  errors: ['not_found', 'artifact_not_found', 'range_not_satisfiable'],
} as const satisfies Endpoint;

export const artifactRoutes = [
  route(list, async ({ params }, services, c) => {
    const { jobId, artifacts, complete } = await services.records.of(params.id);
    const sorted = [...artifacts.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
    return c.json({ jobId, complete, artifacts: sorted });
  }),
  route(download, async ({ params, headers }, services, c) => {
    const { jobId, artifacts } = await services.records.of(params.id);
    const found = artifacts.get(params.name);
    if (!found) throw new AnnealError('artifact_not_found', `job ${jobId} has no artifact '${params.name}'`, 'name');
    const etag = `"${found.sha256}"`;
    const head = { ETag: etag, 'Accept-Ranges': 'bytes', 'Cache-Control': 'private, no-cache' };
    if (holds(headers['If-None-Match'], etag)) return c.body(null, 304, head);
    const current = headers['If-Range'] === undefined || headers['If-Range'] === etag;
    const range = current ? byteRange(headers.Range, found.size) : undefined;
    if (range === 'outside') {
      c.header('Content-Range', `bytes */${found.size}`);
      const text = `range '${headers.Range}' lies outside the artifact, which has ${found.size} bytes`;
      throw new AnnealError('range_not_satisfiable', text, 'Range');
    }
    const whole = { ...head, ...contentHeaders(found), 'Content-Length': String(found.size) };
    const ranged = range && {
      'Content-Range': `bytes ${range.start}-${range.end}/${found.size}`,
      'Content-Length': String(range.end - range.start + 1),
    };
    const status = range ? 206 : 200;
    if (c.req.raw.method === 'HEAD') return c.body(null, status, { ...whole, ...ranged });
    const { presigned } = services.artifacts;
    if (presigned && !range && found.size > (services.limits.redirectBytes ?? Number.POSITIVE_INFINITY)) {
      const fileName = baseName(found.name);
      const { url } = await presigned.get(artifactKey(jobId, found), { seconds: PRESIGNED_SECONDS, fileName });
      return c.body(null, 307, { ETag: etag, 'Cache-Control': 'no-store', Location: url });
    }
    const { body } = await services.artifacts.get(artifactKey(jobId, found), range);
    return c.body(ReadableStream.from(body) as ReadableStream<Uint8Array>, status, { ...whole, ...ranged });
  }),
];

/** How long the request for a large artifact is good. */
const PRESIGNED_SECONDS = 300;

/** Whether an If-None-Match names this ETag. */
const holds = (header: string | undefined, etag: string): boolean =>
  header?.split(',').some((one) => one.trim() === '*' || one.trim().replace(/^W\//, '') === etag) ?? false;

const baseName = (name: string): string => name.slice(name.lastIndexOf('/') + 1);

/** A browser saves the bytes and never runs them as a page of the service. */
const contentHeaders = ({ name, contentType }: StoredArtifact) => ({
  'Content-Type': contentType,
  'Content-Disposition': `attachment; filename="${baseName(name)}"`,
  'Content-Security-Policy': "default-src 'none'; sandbox",
});
