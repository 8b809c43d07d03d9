/** The app on a port of this machine. */
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AnnealError } from '@anneal/schemas';
import { createAdaptorServer } from '@hono/node-server';
import type { App } from './app.ts';

export interface Listening {
  readonly url: string;
  /** Takes no more requests, and is done when those in hand are answered or `graceMilliseconds` are over. */
  close(graceMilliseconds: number): Promise<void>;
}

/** @param port 0 takes a free one  @throws AnnealError if the port is taken or may not be used */
export async function listen(app: App, host: string, port: number): Promise<Listening> {
  const server = createAdaptorServer({ fetch: app.fetch, hostname: host }) as Server<
    typeof IncomingMessage,
    typeof ServerResponse
  >;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(explain(error, host, port)));
    server.listen(port, host, resolve);
  });
  const address = server.address() as AddressInfo;
  return {
    url: `http://${reachable(host)}:${address.port}`,
    close: (graceMilliseconds) =>
      new Promise((resolve) => {
        const timer = setTimeout(() => server.closeAllConnections(), graceMilliseconds);
        server.close(() => {
          clearTimeout(timer);
          resolve();
        });
        server.closeIdleConnections();
      }),
  };
}

/** An address to call the host by from this machine. */
function reachable(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}

function explain(error: NodeJS.ErrnoException, host: string, port: number): Error {
  const text = {
    EADDRINUSE: `port ${port} on ${host} is taken by another program; choose another port, or 0 for a free one`,
    EACCES: `port ${port} on ${host} needs rights that this user doesn't have; choose one from 1024 on`,
    EADDRNOTAVAIL: `${host} is not an address of this machine`,
    ENOTFOUND: `${host} is not the name of a machine`,
  }[error.code ?? ''];
  return text ? new AnnealError('conflict', text, null, [], { cause: error }) : error;
}
