/** Exit codes of a runner's process, which launchers understand. */
export const exitCodes = {
  /** The job has reached its next state. */
  ended: 0,
  crashed: 1,
  badArguments: 2,
  /** The job is not this runner's, or no longer. */
  jobLost: 3,
  /** Told to leave: saved, and back in the queue. EX_TEMPFAIL of sysexits.h. */
  left: 75,
} as const;
