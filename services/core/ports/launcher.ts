/** The port to the machines that runners run on. */
export interface Launched {
  /** Names the runner for `stop` and `running`; stable over a restart of the service. */
  readonly handle: string;
}

export interface Exit {
  readonly jobId: string;
  /** As `launch` was given it: an end is charged to its own launch, and to no later one. */
  readonly launch: number;
  readonly handle: string;
  /** In words, as in `exit code 1` or `signal SIGKILL`. */
  readonly how: string;
  /** Last lines of its log. */
  readonly tail: string;
  /** Its machine was taken away, none came, or we ended it: no fault of the job, so it counts as no lost attempt. */
  readonly interrupted?: boolean;
  /** It left since the job was not its own to run: another has it, or it is over. That says nothing of whoever has it. */
  readonly refused?: boolean;
}

export interface Waiting {
  readonly jobId: string;
  readonly handle: string;
  /** In words: why, and what can be done. */
  readonly why: string;
}

export interface Launcher {
  /** Milliseconds that a runner may take from its launch to its claim; a minute where absent. Where machines must come first it is
   *  long, and this launcher tells of runners that will never start. */
  readonly startMilliseconds?: number | undefined;

  /** Starts a runner for a job in state `starting`. Returns once it is certain that it starts or that it can't.
   *  @param launch number of the event that made it `starting`: tells the launches of a job apart, whatever the clocks say
   *  @throws AnnealError store_unavailable (retryable) if no runner can be started now */
  launch(jobId: string, launch: number): Promise<Launched>;

  /** Asks the runner of a job to save and leave, and ends it after `graceMilliseconds`. Done when it is gone; a job without a runner
   *  is no error.
   *  @param upTo the last launch that is meant; those after it are left alone */
  stop(jobId: string, graceMilliseconds: number, upTo?: number): Promise<void>;

  /** Ids of the jobs whose runner is alive, those of an earlier life of the service included. */
  running(): Promise<readonly string[]>;

  /** Called whenever a runner of this launcher is gone, however it ended. Returns the unsubscriber. */
  onExit(listener: (exit: Exit) => void): () => void;

  /** Called whenever something keeps a launched runner from starting, once for each reason; absent where a runner starts at once.
   *  Returns the unsubscriber. */
  onWaiting?(listener: (waiting: Waiting) => void): () => void;

  /** Log of the job's runners, newest attempt last; empty if there is none. */
  log(jobId: string): AsyncIterable<Uint8Array>;
}
