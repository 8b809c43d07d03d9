/** Real stand-ins for AWS, fetched once through the ordinary registry clients and kept in the per-user cache. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

export interface StandIn {
  /** On this machine, a port that was free. */
  readonly url: string;
  readonly credentials: Credentials;
  stop(): Promise<void>;
}

/** A stand-in that can't be had here. The message is one sentence: what is missing, and how to get it. */
export declare class NoStandIn extends Error {}

export interface StandInOptions {
  /** Drawn by chance when left out. */
  readonly credentials?: Credentials;
  readonly env?: NodeJS.ProcessEnv;
  readonly log?: (line: string) => void;
}

/** DynamoDB Local, in memory. @throws NoStandIn */
export declare function startDynamodb(options?: StandInOptions): Promise<StandIn>;

/** versitygw on a temporary folder, without any bucket. @throws NoStandIn */
export declare function startS3(options?: StandInOptions): Promise<StandIn & { readonly folder: string }>;

/**
 * Path of a program that reads the files of Docker Compose given to it, with the code that Docker Compose has for it, and writes what they
 * come to as JSON; or ends with 1 and what is wrong with them. @throws NoStandIn
 */
export declare function composeReader(options?: Omit<StandInOptions, 'credentials'>): Promise<string>;
