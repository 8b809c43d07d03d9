/** The requests that upload the files of a data set. */
import type { ArtifactStore } from '@anneal/core';
import { CONTENT_TYPE, fileKey } from '@anneal/core/datasets/files.ts';
import type { Dataset, DatasetUpload } from '@anneal/schemas';

/** Seconds in which an upload to the store must have begun. */
const SECONDS = 3600;

/** To the store itself where that has an address of its own, else to the service. */
export async function uploadsOf(
  { id, files }: Dataset,
  names: ReadonlySet<string>,
  { presigned }: ArtifactStore,
  now: () => number = Date.now,
): Promise<DatasetUpload[]> {
  const asked = files.filter(({ name }) => names.has(name));
  return Promise.all(
    asked.map(async ({ name, size, sha256 }): Promise<DatasetUpload> => {
      if (!presigned) {
        const url = `/v1/datasets/${id}/files/${name}`;
        return { name, method: 'PUT', url, headers: { 'content-type': CONTENT_TYPE }, expiresAt: null };
      }
      const blob = { key: fileKey(id, name), size, sha256, contentType: CONTENT_TYPE };
      const expiresAt = new Date(now() + SECONDS * 1000).toISOString();
      const { url, headers } = await presigned.put(blob, { seconds: SECONDS });
      return { name, method: 'PUT', url, headers, expiresAt };
    }),
  );
}
