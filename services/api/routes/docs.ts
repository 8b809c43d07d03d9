/** The service's description of itself, for programs and for people. */
import { z } from 'zod';
import { docsPage } from '../docs/page.ts';
import { type Endpoint, route } from '../endpoint.ts';
import { noHeaders, noParams, noQuery } from './parameters.ts';

const plain = {
  method: 'get',
  tag: 'service',
  params: noParams,
  query: noQuery,
  headers: noHeaders,
  open: true,
  errors: [],
} as const;

const json = {
  ...plain,
  path: '/openapi.json',
  id: 'readOpenApi',
  summary: 'The OpenAPI 3.1 document',
  answers: { 200: { description: 'This document.', schema: z.looseObject({}) } },
} as const satisfies Endpoint;

const page = {
  ...plain,
  path: '/docs',
  id: 'readDocs',
  summary: 'The document as a page',
  answers: { 200: { description: 'One page that loads nothing else.', contentType: 'text/html' } },
} as const satisfies Endpoint;

export const docsRoutes = [
  route(json, (_incoming, services, c) => c.json(services.document())),
  route(page, (_incoming, services, c) => {
    c.header('Content-Security-Policy', "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'");
    return c.html(docsPage(services.document()));
  }),
];
