/** A bad network: a proxy on this machine before a stand-in, whose faults a test sets. */
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

export type Fault =
  /** Answers by itself; the request goes nowhere. */
  | { readonly kind: 'answer'; readonly status: number; readonly type?: string; readonly body: string }
  /** The connection breaks before the request has gone anywhere. */
  | { readonly kind: 'cut' }
  /** The request is carried out, its answer is lost. */
  | { readonly kind: 'lose' }
  /** The connection breaks after so many bytes of the answer. */
  | { readonly kind: 'cut-answer'; readonly after: number }
  /** The answer stands still after so many bytes, and the connection stays. */
  | { readonly kind: 'stall-answer'; readonly after: number }
  /** One bit of the request's or the answer's body is turned. */
  | { readonly kind: 'damage'; readonly what: 'request' | 'answer' };

export interface Seen {
  readonly method: string;
  readonly url: string;
  /** As in `DynamoDB_20120810.UpdateItem`. */
  readonly target: string;
  readonly body: Buffer;
  /** Of temporary credentials; empty for others. */
  readonly sessionToken: string;
}

export type Decide = (seen: Seen) => Fault | undefined | Promise<Fault | undefined>;

export interface FaultyProxy {
  readonly url: string;
  /** Decides for each request, which waits for it; no faults when left out. */
  faults(decide?: Decide): void;
  stop(): Promise<void>;
}

/** Headers with which a request goes on. */
export type Rewrite = (seen: Seen, headers: IncomingHttpHeaders) => Promise<IncomingHttpHeaders>;

export async function faultyProxy(target: string, rewrite: Rewrite = async (_, same) => same): Promise<FaultyProxy> {
  let decide: Decide = () => undefined;
  const handle = async (incoming: IncomingMessage, answer: ServerResponse): Promise<void> => {
    const one: Seen = {
      method: incoming.method ?? '',
      url: incoming.url ?? '',
      target: String(incoming.headers['x-amz-target'] ?? ''),
      sessionToken: String(incoming.headers['x-amz-security-token'] ?? ''),
      body: await buffer(incoming),
    };
    const fault = await decide(one);
    await serve(target, incoming, await rewrite(one, incoming.headers), one.body, answer, fault);
  };
  const server = createServer((incoming, answer) => void handle(incoming, answer).catch(() => answer.destroy()));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    faults(next) {
      decide = next ?? (() => undefined);
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function serve(
  target: string,
  incoming: IncomingMessage,
  headers: IncomingHttpHeaders,
  body: Buffer,
  answer: ServerResponse,
  fault: Fault | undefined,
): Promise<void> {
  if (fault?.kind === 'cut') return void incoming.socket.destroy();
  if (fault?.kind === 'answer') {
    answer.writeHead(fault.status, { 'content-type': fault.type ?? 'application/xml' });
    return void answer.end(fault.body);
  }
  if (fault?.kind === 'damage' && fault.what === 'request') flip(body);
  const sent = request(`${target}${incoming.url}`, { method: incoming.method, headers });
  sent.end(body);
  const [received] = (await once(sent, 'response')) as [IncomingMessage];
  const bytes = await buffer(received);
  if (fault?.kind === 'lose') return void incoming.socket.destroy();
  if (fault?.kind === 'damage' && fault.what === 'answer') flip(bytes);
  answer.writeHead(received.statusCode ?? 502, received.rawHeaders);
  if (fault?.kind === 'stall-answer') return void answer.write(bytes.subarray(0, fault.after));
  if (fault?.kind !== 'cut-answer') return void answer.end(bytes);
  answer.write(bytes.subarray(0, fault.after), () => incoming.socket.destroy());
}

function flip(bytes: Buffer): void {
  const middle = Math.floor(bytes.length / 2);
  if (bytes.length > 0) bytes[middle] = bytes[middle]! ^ 1;
}
