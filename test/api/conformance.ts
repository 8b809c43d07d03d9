/** Checks answers of the service against its own OpenAPI document, more strictly than the document: undeclared fields are faults. */
import assert from 'node:assert/strict';
import { type OpenApiDocument, openApiDocument } from '@anneal/api';
import { routes } from '@anneal/api/routes/index.ts';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

export const document: OpenApiDocument = openApiDocument(
  routes.map(({ endpoint }) => endpoint),
  '0.0.0-test',
);

const ajv = new Ajv2020({ strict: false, allErrors: true });
(addFormats as unknown as (ajv: Ajv2020) => void)(ajv);
ajv.addSchema(closed(document) as object, 'openapi');

/** Forbids further fields wherever the schema lists some. */
function closed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(closed);
  if (value === null || typeof value !== 'object') return value;
  const record = Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, closed(inner)]));
  if (record.type === 'object' && record.properties && !('additionalProperties' in record)) {
    record.additionalProperties = false;
  }
  return record;
}

const validators = new Map<string, ValidateFunction>();

function assertValid(ref: string, value: unknown, what: string): void {
  const validate = validators.get(ref) ?? ajv.compile({ $ref: ref });
  validators.set(ref, validate);
  assert.ok(validate(value), `${what}: ${ajv.errorsText(validate.errors)}\n${JSON.stringify(value, null, 1)}`);
}

/** Asserts that a value has the shape of a component. */
export function assertShape(component: string, value: unknown): void {
  assertValid(`openapi#/components/schemas/${component}`, value, component);
}

const pointer = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1');

const templates = Object.keys(document.paths).map((path) => {
  const pattern = path.replace(/\{name\}$/, '.+').replace(/\{\w+\}/g, '[^/]+');
  return { path, pattern: new RegExp(`^${pattern}$`) };
});

/** The path of the document that a request goes to; fixed segments before templates. */
function pathOf(pathname: string): string | undefined {
  const exact = document.paths[pathname] ? pathname : undefined;
  return exact ?? templates.find(({ pattern }) => pattern.test(pathname))?.path;
}

/** Asserts that the document knows the status, the content type and the shape of an answer. Reads a copy of it. */
export async function assertConforms(method: string, pathname: string, response: Response): Promise<void> {
  const path = pathOf(pathname);
  const asked = method === 'HEAD' ? 'get' : method.toLowerCase();
  const operation = path && document.paths[path]?.[asked];
  const type = response.headers.get('content-type')?.split(';')[0] ?? '';
  if (!operation) {
    assert.ok([404, 405, 401, 204].includes(response.status), `${method} ${pathname} answers ${response.status}`);
    if (response.status !== 204) assertShape('Problem', await response.clone().json());
    return;
  }
  const answer = operation.responses[String(response.status)];
  assert.ok(answer, `${method} ${path} is not documented to answer ${response.status}`);
  if (!answer.content || method === 'HEAD') return;
  const wildcard = '*/*' in answer.content ? '*/*' : type;
  const key = type in answer.content ? type : wildcard;
  assert.ok(key in answer.content, `${method} ${path} is not documented to answer with ${type}`);
  if (!/json/.test(key)) return;
  const ref = `openapi#/paths/${pointer(path)}/${asked}/responses/${response.status}/content/${pointer(key)}/schema`;
  assertValid(ref, await response.clone().json(), `${method} ${path} ${response.status}`);
}
