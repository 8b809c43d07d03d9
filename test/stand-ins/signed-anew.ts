/**
 * For a proxy before the stand-in for S3, which refuses every session of STS: requests of sessions go on without their token, signed with
 * the keys that it knows.
 */
import { createHash, createHmac, type Hash, type Hmac } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { SignatureV4 } from '@smithy/signature-v4';
import type { Credentials } from '../../infra/stand-ins/index.mjs';
import type { Seen } from './faulty-proxy.ts';

class Sha256 {
  #hash: Hash | Hmac;
  constructor(private readonly key?: string | ArrayBuffer | ArrayBufferView) {
    this.#hash = this.#begun();
  }
  update(data: Uint8Array): void {
    this.#hash.update(data);
  }
  async digest(): Promise<Uint8Array> {
    return new Uint8Array(this.#hash.digest());
  }
  reset(): void {
    this.#hash = this.#begun();
  }
  #begun(): Hash | Hmac {
    return this.key === undefined ? createHash('sha256') : createHmac('sha256', this.key as string);
  }
}

/** Headers that a signature covers here. */
const SIGNED = /^(host|range|content-(type|md5|length)|if-.*|x-amz-.*)$/;

export function signedAnew(credentials: Credentials, region: string) {
  const signer = new SignatureV4({
    ...{ credentials, region, service: 's3', sha256: Sha256, uriEscapePath: false, applyChecksum: false },
  });
  return async (seen: Seen, given: IncomingHttpHeaders): Promise<IncomingHttpHeaders> => {
    if (seen.sessionToken === '') return given;
    const { authorization: _, 'x-amz-security-token': _token, ...rest } = given;
    const { pathname: path, searchParams } = new URL(seen.url, 'http://s3');
    const covered = Object.entries(rest).flatMap(([name, value]) => (SIGNED.test(name) ? [[name, String(value)]] : []));
    const request = await signer.sign({
      ...{ method: seen.method, protocol: 'http:', hostname: given.host ?? '', path, body: seen.body },
      query: Object.fromEntries(searchParams),
      headers: Object.fromEntries(covered) as Record<string, string>,
    });
    return { ...rest, ...request.headers };
  };
}
