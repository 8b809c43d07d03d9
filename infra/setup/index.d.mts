export interface SetUpOptions {
  /** The checkout; the one these files are in, if not given. */
  readonly root?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Is given one line at a time; standard error, if not given. */
  readonly log?: (line: string) => void;
  /** Ends the set-up: programs are stopped and what is half done is removed. */
  readonly signal?: AbortSignal;
  /** Checks and does everything again. */
  readonly force?: boolean;
  /** Free space of the disk that holds a path; tests make it small. */
  readonly statfs?: (path: string) => Promise<{ bavail: number; bsize: number }>;
}

export interface SetUpReport {
  /** Whether there was anything to do. */
  readonly changed: boolean;
  /** Whether npm packages were installed. */
  readonly installed: boolean;
  /** Whether the binding was compiled. */
  readonly compiled: boolean;
  /** Version of TensorFlow. */
  readonly version: string;
  /** Its pinned wheel, the folder in $ANNEAL_LIBTENSORFLOW, or the slower one that comes with tfjs-node. */
  readonly source: 'wheel' | 'given' | 'stock';
  readonly cache: string;
  readonly seconds: number;
}

export interface Finding {
  readonly name: string;
  readonly ok: boolean;
  readonly detail: string;
  /** What to do about it. */
  readonly remedy?: string;
  /** The detail and the remedy in one line. */
  readonly message: string;
}

export type SetUpErrorCode =
  | 'interrupted'
  | 'no_npm'
  | 'npm_failed'
  | 'no_python'
  | 'no_pip'
  | 'no_compiler'
  | 'compile_failed'
  | 'addon_unloadable'
  | 'unsupported_platform'
  | 'disk_full'
  | 'cache_unwritable'
  | 'no_network'
  | 'download_failed'
  | 'hash_mismatch'
  | 'library_missing';

/** The message is one sentence: what is missing, and how to get it. */
export declare class SetUpError extends Error {
  readonly code: SetUpErrorCode;
  constructor(code: SetUpErrorCode, message: string, options?: ErrorOptions);
}

/** Installs npm's packages and TensorFlow, as far as they are missing. @throws SetUpError */
export declare function setUp(options?: SetUpOptions): Promise<SetUpReport>;

/** Whether this machine can train. Changes nothing. */
export declare function examine(options?: SetUpOptions): Promise<Finding[]>;
