/** versitygw with a bucket, stores over it, and a bad network before it. */
import { createHash } from 'node:crypto';
import { after } from 'node:test';
import {
  CreateBucketCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  S3Client,
  type S3ClientConfig,
} from '@aws-sdk/client-s3';
import type { startS3 } from '../../infra/stand-ins/index.mjs';
import { s3ArtifactStore } from '../../services/core/adapters/s3-artifact-store/index.ts';
import { type Fault, faultyProxy, type Seen } from '../stand-ins/faulty-proxy.ts';

export const MIB = 2 ** 20;
const region = 'us-east-1';

export async function s3Place({ url, credentials, folder }: Awaited<ReturnType<typeof startS3>>) {
  const direct = new S3Client({ region, endpoint: url, forcePathStyle: true, credentials });
  await direct.send(new CreateBucketCommand({ Bucket: 'artifacts' }));
  const network = await faultyProxy(url);
  after(() => network.stop());
  let stores = 0;

  /** A store of its own over the network, whose faults each test sets; parts of 5 MiB. */
  async function openStore(client: S3ClientConfig & { readonly maxAttempts?: number } = {}) {
    const place = `store-${++stores}`;
    network.faults();
    const store = await s3ArtifactStore(`artifacts/${place}?region=${region}&endpoint=${network.url}`, {
      client: { credentials, ...client },
      partBytes: 5 * MIB,
    });
    return { store, place };
  }

  /** Everything under a place, and uploads that are not complete. */
  async function left(place: string): Promise<string[]> {
    const { Contents = [] } = await direct.send(new ListObjectsV2Command({ Bucket: 'artifacts', Prefix: `${place}/` }));
    const { Uploads = [] } = await direct.send(new ListMultipartUploadsCommand({ Bucket: 'artifacts' }));
    const unfinished = Uploads.filter(({ Key }) => Key?.startsWith(`${place}/`));
    return [
      ...Contents.map(({ Key }) => Key!.slice(place.length + 1)),
      ...unfinished.map(({ Key }) => `unfinished ${Key}`),
    ];
  }

  /** A store straight over the stand-in. */
  const openDirect = () =>
    s3ArtifactStore(`artifacts/store-${++stores}?region=${region}&endpoint=${url}`, { client: { credentials } });

  return { region, url, credentials, folder, direct, network, openStore, openDirect, left };
}

export async function* streamOf(bytes: Buffer, chunk = 300_001) {
  for (let at = 0; at < bytes.length; at += chunk) yield bytes.subarray(at, at + chunk);
}
export const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
/** The fault for the first `times` requests that match. */
export const first = (times: number, fault: Fault, matches: (seen: Seen) => boolean) => {
  let count = 0;
  return (seen: Seen) => (matches(seen) && ++count <= times ? fault : undefined);
};
export const isPart = ({ method, url: asked }: Seen) => method === 'PUT' && asked.includes('partNumber=');
export const isComplete = ({ method, url: asked }: Seen) => method === 'POST' && asked.includes('uploadId=');
export const isPut = ({ method, url: asked }: Seen) => method === 'PUT' && !asked.includes('partNumber=');
export const isGet = ({ method, url: asked }: Seen) => method === 'GET' && asked.includes('GetObject');
