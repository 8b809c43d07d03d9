/** The port to the blobs. Keys are relative paths as in `jobs/job_…/1/spec.json`; a blob never changes once it is there. */
export interface BlobInfo {
  readonly key: string;
  readonly size: number;
  /** Hexadecimal, of the bytes. */
  readonly sha256: string;
  readonly contentType: string;
}

export interface ArtifactStore {
  /** Stores bytes under a key that must not exist yet. Atomic: readers see all of it or nothing; a failure leaves nothing behind.
   *  @throws AnnealError artifact_exists    if the key is taken (same bytes or not)
   *  @throws AnnealError invalid_request    if the key leads out of the store, or may be the folder of another key
   *  @throws AnnealError disk_full          (retryable)
   *  @throws AnnealError store_unavailable  (retryable) when the back end can't be reached */
  putIfAbsent(key: string, body: Uint8Array | AsyncIterable<Uint8Array>, contentType: string): Promise<BlobInfo>;

  /** Bytes `start` to `end` (both inclusive), or all. A whole read is checked against the SHA-256: damaged bytes end the stream with
   *  an error, they are never a result.
   *  @throws AnnealError artifact_not_found
   *  @throws AnnealError range_not_satisfiable  if `start` lies past the end, of the blob or of the range */
  get(
    key: string,
    range?: { start: number; end?: number },
  ): Promise<{ info: BlobInfo; body: AsyncIterable<Uint8Array> }>;

  /** @throws AnnealError artifact_not_found */
  head(key: string): Promise<BlobInfo>;

  /** Removes a blob that is no longer wanted (a checkpoint that is neither the best nor the last). One that isn't there is no error.
   *  Nobody may put the same key meanwhile. */
  remove(key: string): Promise<void>;

  /** Keys under a prefix, in order of their names. */
  list(prefix: string): AsyncIterable<BlobInfo>;

  /** Requests that whoever has them may send to the back end itself; absent where that has no address of its own (files). */
  readonly presigned?: Presigner;
}

export interface Presigner {
  /** Reads a blob, which need not be there; `fileName` is what a browser saves it as. */
  get(key: string, options: { readonly seconds: number; readonly fileName?: string }): Promise<PresignedRequest>;

  /** Stores a blob under a key that must not exist yet. Size, SHA-256 and type are part of the signature: nothing else is taken, and
   *  what was taken is in the store as if it had been put. At most 5 GB.
   *  @throws AnnealError invalid_request if the key is none, or the blob is too large */
  put(blob: BlobInfo, options: { readonly seconds: number }): Promise<PresignedRequest>;
}

/** Holds a right: never to be logged. */
export interface PresignedRequest {
  readonly method: 'GET' | 'PUT';
  readonly url: string;
  /** To be sent exactly so. */
  readonly headers: Readonly<Record<string, string>>;
}
