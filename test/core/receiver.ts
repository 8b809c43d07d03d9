/** A receiver of webhooks on this machine, whose answers a test sets. */

import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

export interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Receiver {
  readonly port: number;
  readonly received: Received[];
  /** What is answered from now on; `hang`: nothing. */
  answer: number | 'hang';
  stop(): Promise<void>;
}

/** @param tls a certificate and its key, for https */
export async function startReceiver(tls?: { key: Buffer; cert: Buffer }): Promise<Receiver> {
  const received: Received[] = [];
  const server = tls ? createTlsServer(tls) : createServer();
  server.on('request', async (request, response) => {
    received.push({ path: request.url ?? '', headers: request.headers, body: (await buffer(request)).toString() });
    if (receiver.answer === 'hang') return;
    response.writeHead(receiver.answer, { location: '/elsewhere' }).end('x'.repeat(100_000));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const receiver: Receiver = {
    port: (server.address() as AddressInfo).port,
    received,
    answer: 200,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return receiver;
}
