/** What holds for every request: token, methods, content types, sizes, and errors as problem documents. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Problem } from '@anneal/schemas';
import { document } from './conformance.ts';
import { newJob, openService, type TestService, TOKEN } from './service.ts';
import { spec } from './spec.ts';

let service: TestService;
before(async () => {
  service = await openService({ origins: ['https://console.example'] });
});
after(() => service.close());

const code = async (response: Response): Promise<string> => ((await response.json()) as Problem).code;

describe('the token', () => {
  for (const [name, authorization] of [
    ['none', ''],
    ['a wrong one', `Bearer ${TOKEN}x`],
    ['another scheme', `Basic ${TOKEN}`],
    ['a part of it', `Bearer ${TOKEN.slice(0, 10)}`],
  ] as const) {
    it(`refuses ${name}, on every path under /v1`, async () => {
      for (const path of Object.keys(document.paths).filter((path) => path.startsWith('/v1'))) {
        const response = await service.call(path.replace(/\{\w+\}/g, 'x'), { headers: { authorization } });
        assert.equal(response.status, 401);
        assert.match(response.headers.get('www-authenticate') ?? '', /^Bearer/);
        assert.equal(await code(response), 'unauthorized');
      }
      const refused = await service.post('/v1/jobs', spec(), { authorization });
      assert.equal(refused.status, 401);
    });
  }

  it('is not needed for health, document and page', async () => {
    for (const path of ['/healthz', '/openapi.json', '/docs']) {
      assert.equal((await service.call(path, { headers: { authorization: '' } })).status, 200);
    }
  });
});

describe('bodies', () => {
  const text = JSON.stringify(spec());
  for (const type of [
    'text/plain',
    'application/x-yaml',
    'multipart/form-data',
    'application/json; charset=latin1',
    null,
  ]) {
    it(`refuses content type ${type}`, async () => {
      const headers = new Headers(type ? { 'content-type': type } : {});
      const body = new TextEncoder().encode(text);
      const response = await service.call('/v1/jobs', { method: 'POST', headers, body });
      assert.equal(response.status, 415);
      assert.equal(await code(response), 'unsupported_media_type');
    });
  }

  it('takes parameters of the content type', async () => {
    const type = { 'content-type': 'Application/JSON; charset="UTF-8"' };
    assert.equal((await service.post('/v1/jobs/validate', text, type)).status, 200);
  });

  it('refuses a compressed body', async () => {
    assert.equal((await service.post('/v1/jobs', text, { 'content-encoding': 'gzip' })).status, 415);
  });

  it('refuses more than the limit, said or not', async () => {
    const large = JSON.stringify({ ...spec(), name: 'x'.repeat(2 ** 20) });
    const said = { 'content-length': String(large.length) };
    for (const headers of [undefined, said]) {
      const response = await service.post('/v1/jobs', large, headers);
      assert.equal(response.status, 413);
      assert.equal(await code(response), 'payload_too_large');
    }
  });

  it('refuses what is not UTF-8', async () => {
    const body = new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x7d]);
    const headers = { 'content-type': 'application/json' };
    assert.equal(await code(await service.call('/v1/jobs', { method: 'POST', headers, body })), 'invalid_json');
  });
});

describe('paths and methods', () => {
  it('answers 404 for what is not there', async () => {
    for (const path of ['/', '/nothing', '/v1/nothing', '/v1/jobs/x/nothing']) {
      const response = await service.call(path);
      assert.equal(response.status, 404);
      assert.equal(await code(response), 'not_found');
    }
  });

  it('answers 405 with the methods that there are', async () => {
    for (const [path, method, allow] of [
      ['/v1/jobs', 'DELETE', 'OPTIONS, POST, GET, HEAD'],
      ['/v1/jobs/x/cancel', 'GET', 'OPTIONS, POST'],
      ['/healthz', 'POST', 'OPTIONS, GET, HEAD'],
    ] as const) {
      const response = await service.call(path, { method });
      assert.equal(response.status, 405);
      assert.equal(response.headers.get('allow'), allow);
      assert.equal(await code(response), 'method_not_allowed');
    }
  });

  it('answers OPTIONS without the token', async () => {
    const response = await service.call('/v1/jobs', { method: 'OPTIONS', headers: { authorization: '' } });
    assert.equal(response.status, 204);
  });

  it('answers HEAD as GET, without a body', async () => {
    const { id } = await newJob(service);
    for (const tail of ['', '/events', '/metrics', '/artifacts', '/logs']) {
      const response = await service.call(`/v1/jobs/${id}${tail}`, { method: 'HEAD' });
      assert.equal(response.status, 200);
      assert.equal(await response.text(), '');
    }
    assert.equal(service.feeds.size, 0);
  });

  it('lets pages of the origins named use it, and no others', async () => {
    const ask = (origin: string) => service.call('/healthz', { headers: { origin } });
    const allowed = (await ask('https://console.example')).headers.get('access-control-allow-origin');
    assert.equal(allowed, 'https://console.example');
    assert.equal((await ask('https://evil.example')).headers.get('access-control-allow-origin'), null);
  });
});

describe('a store that fails', () => {
  it('is a problem document that gives nothing away, and may be tried again only where that helps', async (t) => {
    t.mock.method(service.jobs, 'get', async () => {
      throw new Error('secret path /var/lib');
    });
    const response = await service.call('/v1/jobs/job_00000000000000000000');
    const problem = (await response.json()) as Problem;
    assert.equal(response.status, 500);
    assert.equal(problem.code, 'internal');
    assert.doesNotMatch(JSON.stringify(problem), /secret/);
    assert.match(String(service.errors.at(-1)), /secret/);
  });
});

it('serves an offline page that names every operation', async () => {
  const html = await (await service.call('/docs')).text();
  for (const methods of Object.values(document.paths)) {
    for (const { operationId } of Object.values(methods)) assert.ok(html.includes(`id="${operationId}"`), operationId);
  }
  assert.doesNotMatch(html, /(?:src|href)="(?:https?:)?\/\//);
  assert.doesNotMatch(html, /<script/);
});
