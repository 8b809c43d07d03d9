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

/** ElasticMQ, in memory, without any queue. @throws NoStandIn */
export declare function startSqs(options?: StandInOptions): Promise<StandIn>;

export interface FunctionOptions extends StandInOptions {
  /** Of the bundle. */
  readonly folder: string;
  /** As in `index.handler`: the file in the folder, and what it exports. */
  readonly handler: string;
  /** MiB; only told to the function. */
  readonly memory?: number;
  /** After so long an invocation is killed. */
  readonly timeoutSeconds?: number;
  /** Its answers come whole, not as a stream. */
  readonly buffered?: boolean;
}

export interface RunningFunction {
  /** The function URL. */
  readonly url: string;
  /** One entry for each execution environment that was started. */
  readonly coldStarts: readonly { readonly initMilliseconds: number }[];
  /** Invokes the function with an event that is no request, as an event source does; the answer as JSON. */
  invoke(event: unknown): Promise<unknown>;
  /** What the environments that live wrote on their outputs. */
  logs(): string;
  stop(): Promise<void>;
}

/** A function of Lambda in the runtime that AWS's images have. Environment variables of it are `env`. @throws NoStandIn */
export declare function startFunction(options: FunctionOptions): Promise<RunningFunction>;

/** moto's server, whose jobs of Batch end at once; `python` with PYTHONPATH at `packages` finds botocore. @throws NoStandIn */
export declare function startMoto(
  options?: StandInOptions,
): Promise<StandIn & { readonly python: string; readonly packages: string }>;

/**
 * Path of a program that reads the files of Docker Compose given to it, with the code that Docker Compose has for it, and writes what they
 * come to as JSON; or ends with 1 and what is wrong with them. @throws NoStandIn
 */
export declare function composeReader(options?: Omit<StandInOptions, 'credentials'>): Promise<string>;

/** Whether the process `pid` listens on a port of this machine. */
export declare function listens(pid: number, port: number): Promise<boolean>;

/** A program that serves HTTP on the port it is given, once it is itself that answers there; `choosePort` finds one that is free. */
export declare function startProgram(
  command: (port: number) => { readonly program: string; readonly args: readonly string[] },
  env: NodeJS.ProcessEnv,
  choosePort?: () => Promise<number>,
): Promise<Pick<StandIn, 'url' | 'stop'>>;
