/** A job of Batch: what one launch has made, with how far it has come and how it ended. */
import { exitCodes } from '../../exit-codes.ts';

export interface Run {
  /** Batch's. */
  readonly id: string;
  readonly name: string;
  readonly jobId: string;
  /** See Launcher.launch. */
  readonly launch: number;
  readonly onDemand: boolean;
  readonly status: Status;
  /** Batch's words about the status, for one that waits and for one that has ended. */
  readonly statusReason: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly exitCode: number | undefined;
  /** Batch's words about the container, as in `CannotPullContainerError: …`. */
  readonly reason: string;
}

export const WAITING = ['SUBMITTED', 'PENDING', 'RUNNABLE'] as const;
/** In the order in which a run goes through them. */
export const LIVING = [...WAITING, 'STARTING', 'RUNNING'] as const;
export type Status = (typeof LIVING)[number] | 'SUCCEEDED' | 'FAILED';

export const isLiving = ({ status }: Run): boolean => LIVING.includes(status as never);
export const isWaiting = ({ status }: Run): boolean => WAITING.includes(status as never);

/** Begins the reason of every run that we stop. */
export const STOPPED_BY_US = 'Anneal:';

const HOST_LOST = /^Host EC2/;
const TIMED_OUT = /attempt duration exceeded timeout/i;
const NO_CAPACITY = /CAPACITY:/;

export const wasWithoutCapacity = ({ status, statusReason }: Run): boolean =>
  status === 'FAILED' && NO_CAPACITY.test(statusReason);

/** Whether the machine was taken away, or none came: a runner that left without being asked by us, a lost host, no capacity. */
export function wasInterrupted(run: Run): boolean {
  if (run.status !== 'FAILED' || run.statusReason.startsWith(STOPPED_BY_US)) return false;
  if (TIMED_OUT.test(run.statusReason)) return false;
  return run.exitCode === exitCodes.left || HOST_LOST.test(run.statusReason) || wasWithoutCapacity(run);
}

/** Whether its end is to be charged to nobody: it was interrupted, or ended by us. */
export const isNoLoss = (run: Run): boolean => wasInterrupted(run) || run.statusReason.startsWith(STOPPED_BY_US);

/** Whether it left since the job was not its own. */
export const wasRefused = ({ exitCode }: Run): boolean => exitCode === exitCodes.jobLost;

/** How it ended, in words that go on from `its runner ended by …`. */
export function howItEnded({ exitCode, reason, statusReason, status }: Run): string {
  if (reason.startsWith('OutOfMemory')) return `want of memory (${reason})`;
  if (TIMED_OUT.test(statusReason)) return 'the time limit of an attempt';
  if (HOST_LOST.test(statusReason)) return `the loss of its machine (${statusReason})`;
  if (NO_CAPACITY.test(statusReason)) return `waiting in vain for a machine (${statusReason})`;
  if (exitCode !== undefined) return bySignal(exitCode) ?? `exit code ${exitCode}`;
  if (status === 'SUCCEEDED') return 'exit code 0';
  return `no start: ${[reason, statusReason].filter(Boolean).join('; ') || 'Batch does not say why'}`;
}

/** Linux's, which are a container's wherever this runs. */
const SIGNALS: Readonly<Record<number, string>> = {
  1: 'SIGHUP',
  2: 'SIGINT',
  4: 'SIGILL',
  6: 'SIGABRT',
  7: 'SIGBUS',
  8: 'SIGFPE',
  9: 'SIGKILL',
  11: 'SIGSEGV',
  15: 'SIGTERM',
};

/** A shell's and a container's exit code for a process that a signal has ended is 128 and the signal's number. */
function bySignal(exitCode: number): string | undefined {
  const name = SIGNALS[exitCode - 128];
  return name && `signal ${name}`;
}
