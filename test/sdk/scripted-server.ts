/** A real HTTP server that answers each request as the next line of a script says: for what a healthy service never does. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';
import { Anneal } from '../../sdk/index.ts';

export interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export type Line = (response: ServerResponse, seen: Seen) => void;

export interface Scripted {
  readonly url: string;
  readonly client: Anneal;
  /** Requests so far, in order. */
  readonly seen: Seen[];
}

/** Ends with the test. A request after the last line of the script gets status 418, which nobody retries. */
export async function scripted(t: TestContext, ...lines: Line[]): Promise<Scripted> {
  const seen: Seen[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const piece of request) body += piece;
    const one = { method: request.method ?? '', url: request.url ?? '', headers: request.headers, body };
    const line = lines[seen.push(one) - 1];
    if (line) line(response, one);
    else response.writeHead(418).end('the script has no more lines');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, client: new Anneal({ baseUrl: url, token: 'secret' }), seen };
}

export const json =
  (body: unknown, status = 200, headers: Record<string, string> = {}): Line =>
  (response) =>
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));

/** A problem document; told to be tried again at once, where it may be. */
export const problem = (status: number, code: string, retryable: boolean, more: Record<string, unknown> = {}): Line =>
  json(
    { type: `/errors/${code}`, title: code, status, code, message: `it is ${code}`, param: null, retryable, ...more },
    status,
    {
      ...(retryable && { 'retry-after': '0' }),
    },
  );

/** The connection breaks without an answer. */
export const hangUp: Line = (response) => response.socket?.destroy();

export const silence: Line = () => undefined;
