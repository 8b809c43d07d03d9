/**
 * Stores by their address: `sqlite:/path/jobs.db`, `file:/path/artifacts`, `dynamodb:TABLE?…`, `s3:BUCKET/FOLDER?…`. A new adapter is
 * one line here. Those on AWS, and AWS's clients with them, are loaded when one is chosen.
 */
import { AnnealError } from '@anneal/schemas';
import { fileArtifactStore } from './adapters/file-artifact-store/index.ts';
import { sqliteJobStore } from './adapters/sqlite-job-store/index.ts';
import { sqliteRecordStore } from './adapters/sqlite-record-store/index.ts';
import type { ArtifactStore } from './ports/artifact-store.ts';
import type { JobStore } from './ports/job-store.ts';
import type { RecordStore } from './ports/record-store.ts';

const jobStores: Record<string, (rest: string) => Promise<JobStore>> = {
  sqlite: async (file) => sqliteJobStore(file),
  dynamodb: async (rest) => (await import('./adapters/dynamodb-job-store/index.ts')).dynamodbJobStore(rest),
};
const recordStores: Record<string, (rest: string) => Promise<RecordStore>> = {
  sqlite: async (file) => sqliteRecordStore(file),
  dynamodb: async (rest) => (await import('./adapters/dynamodb-record-store/index.ts')).dynamodbRecordStore(rest),
};
const artifactStores: Record<string, (rest: string) => Promise<ArtifactStore>> = {
  file: fileArtifactStore,
  s3: async (rest) => (await import('./adapters/s3-artifact-store/index.ts')).s3ArtifactStore(rest),
};

/** @throws AnnealError invalid_request for an address of no known kind */
export const openJobStore = (url: string): Promise<JobStore> => open('job store', jobStores, url);
/** At the address of the job store, beside the jobs. @throws AnnealError invalid_request for an address of no known kind */
export const openRecordStore = (url: string): Promise<RecordStore> => open('job store', recordStores, url);
/** @throws AnnealError invalid_request for an address of no known kind */
export const openArtifactStore = (url: string): Promise<ArtifactStore> => open('artifact store', artifactStores, url);

async function open<Store>(
  what: string,
  kinds: Record<string, (rest: string) => Promise<Store>>,
  url: string,
): Promise<Store> {
  const [, kind = '', rest = ''] = /^([a-z0-9]+):(.*)$/s.exec(url) ?? [];
  const opener = kinds[kind];
  if (opener) return opener(rest);
  const known = Object.keys(kinds)
    .map((name) => `${name}:…`)
    .join(', ');
  throw new AnnealError('invalid_request', `'${url}' is no address of a ${what}; there are ${known}`);
}
