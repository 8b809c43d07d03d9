/** The OpenAPI 3.1 document of the service, made from the table of endpoints. */
import { type ErrorCode, errorCodes, problem, webhookMessage } from '@anneal/schemas';
import type { z } from 'zod';
import type { Answer, Endpoint } from '../endpoint.ts';
import { type Components, components, type JsonSchema, reachable } from './components.ts';

export interface Operation extends JsonSchema {
  operationId: string;
  summary: string;
  description?: string;
  tags: string[];
  parameters?: Parameter[];
  requestBody?: {
    description: string;
    required: true;
    content: Record<string, { schema: JsonSchema; example?: unknown }>;
  };
  responses: Record<string, Response>;
  security?: unknown[];
}

export interface Response {
  description: string;
  headers?: Record<string, { description: string; schema: JsonSchema }>;
  content?: Record<string, { schema: JsonSchema }>;
}

export interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header';
  required: boolean;
  description?: string;
  schema: JsonSchema;
  explode?: boolean;
}

export interface OpenApiDocument {
  openapi: '3.1.0';
  info: { title: string; version: string; description: string; license: { name: string; identifier: string } };
  servers: { url: string }[];
  tags: { name: string; description: string }[];
  security: Record<string, string[]>[];
  paths: Record<string, Record<string, Operation>>;
  webhooks: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, JsonSchema>; securitySchemes: Record<string, JsonSchema> };
}

/** Codes that any endpoint may answer with. */
const everywhere: readonly ErrorCode[] = ['invalid_request', 'internal', 'store_unavailable'];

/** Codes of every endpoint that needs a token. */
const guarded: readonly ErrorCode[] = ['unauthorized', 'forbidden', 'rate_limited'];

export function openApiDocument(endpoints: readonly Endpoint[], version: string): OpenApiDocument {
  const parts = components();
  const paths: OpenApiDocument['paths'] = {};
  for (const endpoint of endpoints) {
    const path = endpoint.path.replace('{+', '{');
    paths[path] = { ...paths[path], [endpoint.method]: operation(endpoint, parts) };
  }
  const webhooks = { job: { post: messageOperation(parts) } };
  return {
    openapi: '3.1.0',
    info: {
      title: 'Anneal',
      version,
      description:
        'Training as a service that refuses to waste a run. Errors are RFC 9457 problem documents with a closed list of codes.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    tags: [
      { name: 'jobs', description: 'Submit jobs and steer them.' },
      { name: 'events', description: 'Follow a job as it runs.' },
      { name: 'results', description: 'What a job has made and measured.' },
      { name: 'datasets', description: 'Upload data of one’s own.' },
      { name: 'webhooks', description: 'Be told of what becomes of jobs.' },
      { name: 'service', description: 'The service itself.' },
    ],
    security: [{ token: [] }],
    paths,
    webhooks,
    components: {
      schemas: reachable([paths, webhooks], parts),
      securitySchemes: {
        token: {
          type: 'http',
          scheme: 'bearer',
          description: 'The token in the file `token` of the service folder, or an API key.',
        },
      },
    },
  };
}

/** What receivers of webhooks are sent. */
const messageOperation = (parts: Components): Operation => ({
  operationId: 'receiveWebhook',
  summary: 'Receive a message',
  description: 'Sent by the service, signed as Standard Webhooks 1.0 has it, to the address of a webhook.',
  tags: ['webhooks'],
  parameters: ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) => ({
    ...{ name, in: 'header', required: true, schema: { type: 'string' } },
  })),
  requestBody: {
    description: 'What has become of a job.',
    required: true,
    content: { 'application/json': { schema: parts.schemaOf(webhookMessage, 'output') } },
  },
  responses: {
    '2XX': { description: 'It has come.' },
    410: { description: 'Send no more: the webhook is removed.' },
  },
});

function operation(endpoint: Endpoint, parts: Components): Operation {
  const { id, summary, description, tag, body, upload, open } = endpoint;
  const parameters = [
    ...parametersOf(endpoint.params, 'path', parts),
    ...parametersOf(endpoint.query, 'query', parts),
    ...parametersOf(endpoint.headers, 'header', parts),
  ];
  const answers = Object.entries(endpoint.answers).map(([status, answer]) => [status, response(answer, parts)]);
  return {
    operationId: id,
    summary,
    ...(description && { description }),
    tags: [tag],
    ...(open && { security: [] }),
    ...(parameters.length > 0 && { parameters }),
    ...(body && {
      requestBody: {
        description: body.description,
        required: true,
        content: { 'application/json': { schema: parts.schemaOf(body.schema, 'input'), example: body.example } },
      },
    }),
    ...(upload && {
      requestBody: { description: upload, required: true, content: { 'application/octet-stream': { schema: {} } } },
    }),
    responses: { ...Object.fromEntries(answers), ...problems(endpoint, parts) },
  };
}

function parametersOf(schema: z.ZodObject, place: Parameter['in'], parts: Components): Parameter[] {
  const { properties = {}, required = [] } = parts.schemaOf(schema, 'input') as {
    properties?: Record<string, JsonSchema>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, { description, explode, ...inner }]) => ({
    name,
    in: place,
    required: required.includes(name),
    ...(typeof description === 'string' && { description }),
    ...(typeof explode === 'boolean' && { explode }),
    schema: inner,
  }));
}

function response({ description, contentType, schema, headers }: Answer, parts: Components): Response {
  return {
    description,
    ...(headers && {
      headers: Object.fromEntries(
        Object.entries(headers).map(([name, text]) => [name, { description: text, schema: { type: 'string' } }]),
      ),
    }),
    ...((schema || contentType) && {
      content: { [contentType ?? 'application/json']: { schema: bodySchema(contentType, schema, parts) } },
    }),
  };
}

/** Of a stream of server-sent events, the schema is that of one message (as in OpenAPI 3.2): its data is JSON in a text. */
function bodySchema(contentType: string | undefined, schema: z.ZodType | undefined, parts: Components): JsonSchema {
  if (!schema) return contentType === '*/*' ? {} : { type: 'string' };
  const content = parts.schemaOf(schema, 'output');
  if (contentType !== 'text/event-stream') return content;
  const text = { type: 'string' };
  const data = { ...text, contentMediaType: 'application/json', contentSchema: content };
  return { type: 'object', properties: { id: text, event: text, data }, required: ['event', 'data'] };
}

/** One answer for each status, naming its codes. */
function problems(endpoint: Endpoint, parts: Components): Operation['responses'] {
  const codes = [...endpoint.errors, ...(endpoint.open ? [] : guarded), ...everywhere];
  const statuses = [...new Set(codes.map((code) => errorCodes[code][0]))].sort();
  return Object.fromEntries(
    statuses.map((status) => {
      const names = codes.filter((code) => errorCodes[code][0] === status).map((code) => `\`${code}\``);
      const schema = parts.schemaOf(problem, 'output');
      return [status, { description: names.join(', '), content: { 'application/problem+json': { schema } } }];
    }),
  );
}
