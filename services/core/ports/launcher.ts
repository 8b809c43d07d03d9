/** The port to the machines that runners run on. */
export interface Launched {
  /** Names the runner for `stop` and `running`; stable over a restart of the service. */
  readonly handle: string;
}

export interface Exit {
  readonly jobId: string;
  readonly handle: string;
  /** In words, as in `exit code 1` or `signal SIGKILL`. */
  readonly how: string;
  /** Last lines of its log. */
  readonly tail: string;
}

export interface Launcher {
  /** Starts a runner for a job in state `starting`. Returns once it is certain that it starts or that it can't.
   *  @throws AnnealError store_unavailable (retryable) if no runner can be started now */
  launch(jobId: string): Promise<Launched>;

  /** Asks the runner of a job to save and leave, and ends it after `graceMilliseconds`. Done when it is gone; a job without a runner
   *  is no error. */
  stop(jobId: string, graceMilliseconds: number): Promise<void>;

  /** Ids of the jobs whose runner is alive, those of an earlier life of the service included. */
  running(): Promise<readonly string[]>;

  /** Called whenever a runner of this launcher is gone, however it ended. Returns the unsubscriber. */
  onExit(listener: (exit: Exit) => void): () => void;

  /** Log of the job's runners, newest attempt last; empty if there is none. */
  log(jobId: string): AsyncIterable<Uint8Array>;
}
