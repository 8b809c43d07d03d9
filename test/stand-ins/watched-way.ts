/** A way to the stand-ins for DynamoDB and S3 on which all that is asked is seen. */
import { after } from 'node:test';
import { faultyProxy, type Seen } from './faulty-proxy.ts';
import type { LambdaPlace } from './lambda-place.ts';
import { signedAnew } from './signed-anew.ts';

export interface WatchedWay {
  readonly asked: readonly Seen[];
  /** Addresses of the stores by this way. */
  env(tenant: string): Record<'ANNEAL_STORE' | 'ANNEAL_ARTIFACTS', string>;
}

/** It is there until the tests of the file are over. */
export async function watchedWay({ dynamodb, s3, env, credentials }: LambdaPlace): Promise<WatchedWay> {
  const items = await faultyProxy(dynamodb.url);
  const objects = await faultyProxy(s3.url, signedAnew(credentials, env.AWS_REGION!));
  const asked: Seen[] = [];
  for (const proxy of [items, objects]) {
    after(() => proxy.stop());
    proxy.faults((seen) => void asked.push(seen));
  }
  const of = (tenant: string, address = ''): string =>
    address.replace('{tenant}', tenant).replace(dynamodb.url, items.url).replace(s3.url, objects.url);
  return {
    asked,
    env: (tenant) => ({
      ANNEAL_STORE: of(tenant, env.ANNEAL_STORE),
      ANNEAL_ARTIFACTS: of(tenant, env.ANNEAL_ARTIFACTS),
    }),
  };
}
