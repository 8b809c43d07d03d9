/** The process of a runner: arguments, environment, signals and exit codes around one attempt of a job. */
import { hostname } from 'node:os';
import { parseArgs } from 'node:util';
import { exitCodes } from '@anneal/core/exit-codes.ts';
import { calibrationsOf } from '@anneal/core/forecast/calibrations.ts';
import { machineHere } from '@anneal/core/forecast/machine.ts';
import { createLog } from '@anneal/core/log.ts';
import { openArtifactStore, openJobStore, openRecordStore } from '@anneal/core/open.ts';
import { setTensorFlowEnvironment } from '@anneal/engine/environment.ts';
import { AnnealError } from '@anneal/schemas';
import { boundOwnLog } from './own-log.ts';
import { type RunJobOptions, runJob } from './run-job.ts';

/**
 * Runs `--job ID` on the stores at $ANNEAL_STORE and $ANNEAL_ARTIFACTS, and exits by one of `exitCodes`. SIGTERM and SIGINT let training
 * save first; where $ANNEAL_STOP_SECONDS says how soon SIGKILL follows, it is done by then.
 */
export async function runnerProcess(options: Pick<RunJobOptions, 'trainerEntry' | 'timing'>): Promise<void> {
  const log = createLog('runner', 'stdout', 'info');
  const crash = (error: unknown): never => {
    log.fatal({ err: error }, 'the runner failed');
    // Where the stores themselves are closed to a runner whose job has gone to another.
    const lost = error instanceof AnnealError && error.code === 'lease_lost';
    process.exit(lost ? exitCodes.jobLost : exitCodes.crashed);
  };
  process.on('uncaughtException', crash).on('unhandledRejection', crash);
  const task = taskOf(process.argv.slice(2), process.env);
  if (typeof task === 'string') {
    log.fatal(task);
    process.exit(exitCodes.badArguments);
  }
  if (process.env.ANNEAL_LOG_BYTES) boundOwnLog(Number(process.env.ANNEAL_LOG_BYTES));
  setTensorFlowEnvironment();
  const jobs = await openJobStore(task.store);
  const artifacts = await openArtifactStore(task.artifacts);
  const records = await openRecordStore(task.store);
  const running = runJob({
    ...{ here: machineHere(), calibrations: calibrationsOf(records, task.store) },
    ...{ ...options, jobs, artifacts, log, jobId: task.job, runnerId: nameOf(process.env) },
    ...(process.env.ANNEAL_STOP_SECONDS && { stopMilliseconds: Number(process.env.ANNEAL_STOP_SECONDS) * 1000 }),
  });
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      log.info({ signal }, 'told to end');
      running.told();
    });
  }
  const { how, threadGone } = await running.ended;
  await records.close();
  await jobs.close();
  log.info({ how }, 'the runner ends');
  // A thread that hangs in native code would keep process.exit waiting.
  if (!threadGone) process.kill(process.pid, 'SIGKILL');
  process.exit({ done: exitCodes.ended, left: exitCodes.left, lost: exitCodes.jobLost }[how]);
}

/** Names this runner in the job's record: the machine and the process, or what AWS Batch calls it. */
const nameOf = ({ AWS_BATCH_JOB_ID: id, AWS_BATCH_JOB_ATTEMPT: attempt }: NodeJS.ProcessEnv): string =>
  id ? `AWS Batch ${id}, attempt ${attempt}` : `${hostname()}:${process.pid}`;

/** What to do, or what is wrong with the arguments. */
function taskOf(args: string[], env: NodeJS.ProcessEnv): { job: string; store: string; artifacts: string } | string {
  const { ANNEAL_STORE: store, ANNEAL_ARTIFACTS: artifacts } = env;
  try {
    const { job } = parseArgs({ args, options: { job: { type: 'string' } } }).values;
    if (!job) return 'usage: runner --job ID';
    if (!store || !artifacts)
      return `${store ? 'ANNEAL_ARTIFACTS' : 'ANNEAL_STORE'} is not set: it says where the store is`;
    return { job, store, artifacts };
  } catch (error) {
    return `usage: runner --job ID (${(error as Error).message})`;
  }
}
