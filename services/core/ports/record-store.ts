/** The port to small records beside the jobs: API keys, webhooks, data sets, calibrations, launches. Each is a JSON value with a version. */
export interface Collection {
  /** Owner; null for what belongs to the service as a whole. */
  readonly tenant: string | null;
  readonly name: 'keys' | 'webhooks' | 'deliveries' | 'cursors' | 'datasets' | 'calibrations' | 'launches';
}

export interface StoredRecord {
  /** Up to 200 letters, digits, `.`, `_` and `-`. */
  readonly id: string;
  /** From 1; grows by one with every change. */
  readonly version: number;
  readonly value: unknown;
}

export interface RecordStore {
  get(collection: Collection, id: string): Promise<StoredRecord | undefined>;

  /** Writes a record on condition that it has the version that was read; null: that there is none. False where it has another.
   *  @throws AnnealError payload_too_large  for more than 100,000 bytes of JSON
   *  @throws AnnealError invalid_request    for an id that is none
   *  @throws AnnealError store_unavailable  (retryable) */
  put(collection: Collection, id: string, value: unknown, version: number | null): Promise<boolean>;

  /** One that is not there is no error. */
  remove(collection: Collection, id: string): Promise<void>;

  /** In the order of the ids' characters, at most `limit`; those after an id. */
  list(
    collection: Collection,
    page: { readonly limit: number; readonly after?: string },
  ): Promise<readonly StoredRecord[]>;

  close(): Promise<void>;
}
