/**
 * A function with a function URL on a free port: each request becomes an event of payload format 2.0, and takes an execution environment
 * that is idle, or a new one. Answers stream as RESPONSE_STREAM lets them: a prelude of JSON, eight zeros, the body; or come whole, as BUFFERED has them.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { contextOf } from '../../setup/context.mjs';
import { startInstance } from './instance.mjs';
import { lambdaRuntime } from './runtime.mjs';

/** Bytes that Lambda takes of a request. */
const LARGEST_REQUEST = 6 * 2 ** 20;
const SEPARATOR = Buffer.alloc(8);

/** @type {import('../index.d.mts').startFunction} */
export async function startFunction({ folder, handler, ...given }) {
  const { env = {}, memory = 1024, timeoutSeconds = 60, buffered = false, ...options } = given;
  const runtime = await lambdaRuntime(contextOf(options));
  /** @typedef {Awaited<ReturnType<typeof startInstance>>} Instance */
  /** @type {Set<Instance>} */
  const all = new Set();
  /** @type {Instance[]} */
  const idle = [];
  /** @type {{ initMilliseconds: number }[]} */
  const coldStarts = [];
  let stopped = false;

  /** @returns {Promise<Instance>} */
  async function take() {
    const free = idle.pop();
    if (free) return free;
    const began = performance.now();
    const instance = await startInstance({
      ...{ command: runtime(handler), folder, env, memory, timeout: timeoutSeconds * 1000 },
      onGone: () => {
        all.delete(instance);
        const at = idle.indexOf(instance);
        if (at >= 0) idle.splice(at, 1);
      },
    });
    all.add(instance);
    await instance.idle();
    coldStarts.push({ initMilliseconds: performance.now() - began });
    return instance;
  }

  /** @param {unknown} event */
  async function invoke(event) {
    const instance = await take();
    const answer = await instance.invoke(event);
    const back = instance.idle().then(() => {
      if (all.has(instance) && !stopped) idle.push(instance);
    });
    return { answer, back };
  }

  const server = createServer((request, response) => {
    serve(request, response).catch((error) => {
      if (response.headersSent) return response.destroy();
      response.writeHead(502, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ Message: 'Internal Server Error', why: String(error) }));
    });
  });

  /** @param {import('node:http').IncomingMessage} request @param {import('node:http').ServerResponse} response */
  async function serve(request, response) {
    const body = await buffer(request);
    if (body.length > LARGEST_REQUEST) {
      response.writeHead(413, { 'content-type': 'application/json' });
      return response.end('{"Message":"Request Entity Too Large"}');
    }
    const { answer } = await invoke(eventOf(request, body));
    await (buffered ? sendAnswer : pipeAnswer)(answer, response);
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    url: `http://127.0.0.1:${port}`,
    coldStarts,
    async invoke(event) {
      const { answer, back } = await invoke(event);
      const text = (await buffer(answer)).toString();
      await back;
      return text === '' ? undefined : JSON.parse(text);
    },
    logs: () => [...all].map((instance) => instance.said()).join(''),
    async stop() {
      stopped = true;
      for (const instance of all) instance.kill();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** @param {import('node:http').IncomingMessage} request @param {Buffer} body */
function eventOf(request, body) {
  const { pathname, search } = new URL(request.url ?? '/', 'http://x');
  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
  const text = /^(text\/|application\/(json|javascript|xml))/.test(headers['content-type'] ?? '');
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: pathname,
    rawQueryString: search.slice(1),
    headers,
    requestContext: {
      accountId: 'anonymous',
      apiId: 'stand-in',
      domainName: headers.host ?? 'localhost',
      domainPrefix: 'stand-in',
      http: { method: request.method, path: pathname, protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: '' },
      requestId: 'stand-in',
      routeKey: '$default',
      stage: '$default',
      time: new Date().toISOString(),
      timeEpoch: Date.now(),
    },
    ...(body.length > 0 && { body: body.toString(text ? 'utf8' : 'base64') }),
    isBase64Encoded: body.length > 0 && !text,
  };
}

/** Done when it takes more, or is closed. @param {import('node:http').ServerResponse} response */
const roomIn = (response) =>
  new Promise((resolve) => {
    const done = () => {
      response.off('drain', done).off('close', done);
      resolve(undefined);
    };
    response.on('drain', done).on('close', done);
  });

/** The whole answer at once, as BUFFERED has it. @param {import('node:http').IncomingMessage} answer @param {import('node:http').ServerResponse} response */
async function sendAnswer(answer, response) {
  const { statusCode, headers = {}, body = '' } = JSON.parse((await buffer(answer)).toString());
  if (!statusCode) throw new Error('the function answered without a status');
  response.writeHead(statusCode, headers).end(body);
}

/** @param {import('node:http').IncomingMessage} answer @param {import('node:http').ServerResponse} response */
async function pipeAnswer(answer, response) {
  let head = Buffer.alloc(0);
  let begun = false;
  for await (const chunk of answer) {
    if (begun) {
      // The function goes on when its caller has left, as on AWS.
      if (!response.closed && !response.write(chunk)) await roomIn(response);
      continue;
    }
    head = Buffer.concat([head, chunk]);
    const end = head.indexOf(SEPARATOR);
    if (end < 0) continue;
    const { statusCode = 200, headers = {}, cookies = [] } = JSON.parse(head.subarray(0, end).toString());
    response.writeHead(statusCode, { ...headers, ...(cookies.length > 0 && { 'set-cookie': cookies }) });
    begun = true;
    response.flushHeaders();
    if (head.length > end + SEPARATOR.length) response.write(head.subarray(end + SEPARATOR.length));
  }
  if (!begun) throw new Error(`the function answered without a prelude: ${head.toString().slice(0, 1000)}`);
  // A stream that the function broke off ends with a trailer that says so.
  if (answer.trailers['lambda-runtime-function-error-type']) response.destroy();
  else response.end();
}
