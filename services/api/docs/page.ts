/** The OpenAPI document as one HTML page: no script, no font, no address but its own, so that it works offline. */
import type { JsonSchema } from '../openapi/components.ts';
import type { OpenApiDocument, Operation, Parameter } from '../openapi/document.ts';
import { style } from './style.ts';

export function docsPage(document: OpenApiDocument): string {
  const { info, tags, paths, components } = document;
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
  const sections = tags.map(({ name, description }) => {
    const own = operations.filter(({ operation }) => operation.tags.includes(name));
    return `<h2 id="${name}">${escapeHtml(name)}</h2><p>${prose(description)}</p>${own.map(operationHtml).join('')}`;
  });
  const schemas = Object.entries(components.schemas).map(
    ([name, schema]) => `<section class="schema"><h3 id="${name}">${name}</h3>${schemaHtml(schema)}</section>`,
  );
  const links = [...tags.map(({ name }) => name), 'schemas'].map((name) => `<a href="#${name}">${name}</a>`);
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(info.title)} ${escapeHtml(info.version)}: HTTP</title>
<style>${style}</style></head><body>
<header><h1>${escapeHtml(info.title)} <small>${escapeHtml(info.version)}</small></h1><p>${prose(info.description)}</p>
<p>Every path under /v1 needs the header <code>Authorization: Bearer TOKEN</code>; the token is in the file <code>token</code> of the service folder.
The same in a form for programs: <a href="/openapi.json">openapi.json</a>.</p><nav>${links.join('')}</nav></header>
<main>${sections.join('\n')}<h2 id="schemas">schemas</h2>${schemas.join('\n')}</main></body></html>`;
}

function operationHtml({ path, method, operation }: { path: string; method: string; operation: Operation }): string {
  const { operationId, summary, description, parameters, requestBody, responses } = operation;
  const body = Object.values(requestBody?.content ?? {})[0];
  const rows = Object.entries(responses).map(([status, { description, content }]) => {
    const shapes = Object.entries(content ?? {}).map(
      ([type, { schema }]) => `${typeHtml(schema)} <small>${type}</small>`,
    );
    return `<tr><td>${status}</td><td>${prose(description)}</td><td>${shapes.join('<br>')}</td></tr>`;
  });
  return `<section class="operation"><h3 id="${operationId}"><b>${method.toUpperCase()}</b> <code>${escapeHtml(path)}</code></h3>
<p><strong>${escapeHtml(summary)}.</strong> ${prose(description ?? '')}</p>
${parameters ? `<table><tr><th>parameter</th><th>type</th><th></th></tr>${parameters.map(parameterHtml).join('')}</table>` : ''}
${body ? `<p>Body: ${typeHtml(body.schema)}</p>` : ''}
${body?.example ? `<details><summary>Example</summary><pre>${escapeHtml(JSON.stringify(body.example, null, 2))}</pre></details>` : ''}
<table><tr><th>answer</th><th></th><th>shape</th></tr>${rows.join('')}</table></section>`;
}

const parameterHtml = ({ name, in: place, required, description, schema }: Parameter): string =>
  `<tr><td><code>${escapeHtml(name)}</code> <small>${place}${required ? ', required' : ''}</small></td><td>${typeHtml(schema)}</td><td>${notes({ ...schema, description })}</td></tr>`;

function schemaHtml(schema: JsonSchema): string {
  const head = schema.description ? `<p>${prose(String(schema.description))}</p>` : '';
  const properties = schema.properties as Record<string, JsonSchema> | undefined;
  if (!properties) return `${head}<p>${typeHtml(schema)}</p>`;
  const required = (schema.required ?? []) as string[];
  const rows = Object.entries(properties).map(
    ([name, inner]) =>
      `<tr><td><code>${escapeHtml(name)}</code>${required.includes(name) ? '' : ' <small>optional</small>'}</td><td>${typeHtml(inner)}</td><td>${notes(inner)}</td></tr>`,
  );
  return `${head}<table><tr><th>field</th><th>type</th><th></th></tr>${rows.join('')}</table>`;
}

/** The description, the default and the bounds. */
function notes(schema: JsonSchema): string {
  const bounds = [
    ['≥', schema.minimum],
    ['>', schema.exclusiveMinimum],
    ['≤', schema.maximum],
    ['<', schema.exclusiveMaximum],
  ].flatMap(([sign, bound]) => (bound === undefined ? [] : [`${sign} ${String(bound)}`]));
  const facts = [...bounds, ...(schema.default === undefined ? [] : [`default ${JSON.stringify(schema.default)}`])];
  const described = typeof schema.description === 'string' ? prose(schema.description) : '';
  return `${described}${facts.length > 0 ? ` <small>${escapeHtml(facts.join(', '))}</small>` : ''}`;
}

function typeHtml(schema: JsonSchema): string {
  if (typeof schema.$ref === 'string') {
    const name = schema.$ref.slice(schema.$ref.lastIndexOf('/') + 1);
    return `<a href="#${name}">${name}</a>`;
  }
  if ('const' in schema) return `<code>${escapeHtml(JSON.stringify(schema.const))}</code>`;
  if (Array.isArray(schema.enum))
    return schema.enum.map((v) => `<code>${escapeHtml(JSON.stringify(v))}</code>`).join(' | ');
  const choices = (schema.oneOf ?? schema.anyOf) as JsonSchema[] | undefined;
  if (choices) return choices.map(typeHtml).join(' | ');
  if (Array.isArray(schema.prefixItems)) return `[${(schema.prefixItems as JsonSchema[]).map(typeHtml).join(', ')}]`;
  if (schema.type === 'array') return `list of ${typeHtml((schema.items ?? {}) as JsonSchema)}`;
  if (schema.type === 'object' && schema.properties) return schemaHtml({ ...schema, description: undefined });
  if (schema.type === 'object' && typeof schema.additionalProperties === 'object') {
    return `map to ${typeHtml(schema.additionalProperties as JsonSchema)}`;
  }
  return escapeHtml([schema.type ?? 'anything'].flat().join(' | '));
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escapeHtml = (text: string): string => text.replace(/[&<>"]/g, (letter) => entities[letter] ?? letter);
/** Text with `code` in back ticks. */
const prose = (text: string): string => escapeHtml(text).replace(/`([^`]+)`/g, '<code>$1</code>');
