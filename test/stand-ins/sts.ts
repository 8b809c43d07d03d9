/**
 * A stand-in for STS: moto's word on each request counts, and the session that it makes gets the keys that the stand-ins for S3 and
 * DynamoDB know, since these know no sessions. Its token stays moto's, by which requests of the session are told from others.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { StandIn } from '../../infra/stand-ins/index.mjs';

export interface AssumedSession {
  readonly role: string;
  readonly seconds: number;
  readonly tags: Readonly<Record<string, string>>;
  readonly sessionToken: string;
}

export interface StsStandIn extends StandIn {
  /** Sessions so far. */
  readonly sessions: readonly AssumedSession[];
}

/** @param moto moto's address, and the keys that the other stand-ins know */
export async function startSts(moto: Pick<StandIn, 'url' | 'credentials'>): Promise<StsStandIn> {
  const sessions: AssumedSession[] = [];
  const server = createServer(async (incoming, answer) => {
    const body = await text(incoming);
    const headers = {
      authorization: incoming.headers.authorization ?? '',
      'content-type': 'application/x-www-form-urlencoded',
    };
    const passed = await fetch(moto.url, { method: 'POST', headers, body });
    const said = await passed.text();
    const form = new URLSearchParams(body);
    const made = passed.ok && form.get('Action') === 'AssumeRole';
    if (made) sessions.push(sessionOf(form, said));
    answer.writeHead(passed.status, { 'content-type': 'text/xml' });
    answer.end(made ? withKeys(said, moto.credentials) : said);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    ...{ sessions, credentials: moto.credentials },
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function sessionOf(form: URLSearchParams, said: string): AssumedSession {
  const tags: Record<string, string> = {};
  for (let i = 1; form.has(`Tags.member.${i}.Key`); i++)
    tags[form.get(`Tags.member.${i}.Key`)!] = form.get(`Tags.member.${i}.Value`) ?? '';
  const sessionToken = /<SessionToken>(.*?)<\/SessionToken>/s.exec(said)?.[1] ?? '';
  return { role: form.get('RoleArn') ?? '', seconds: Number(form.get('DurationSeconds')), tags, sessionToken };
}

const withKeys = (said: string, { accessKeyId, secretAccessKey }: StandIn['credentials']): string =>
  said
    .replace(/<AccessKeyId>.*?<\/AccessKeyId>/s, `<AccessKeyId>${accessKeyId}</AccessKeyId>`)
    .replace(/<SecretAccessKey>.*?<\/SecretAccessKey>/s, `<SecretAccessKey>${secretAccessKey}</SecretAccessKey>`);
