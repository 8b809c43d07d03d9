/**
 * The runner's process: `node runner.js --job ID`, with ANNEAL_STORE, ANNEAL_ARTIFACTS and ANNEAL_DATA in the environment.
 * SIGTERM and SIGINT: save and leave. Exit codes: 0 the job is in a new state, 1 it failed, 3 the lease was lost or nothing could be
 * claimed.
 */
import { parseArgs } from 'node:util';
import { openArtifactStore, openJobStore } from '@anneal/core/open.ts';
import { pino } from 'pino';
import { runJob } from './run-job.ts';

// Read when TensorFlow's library loads; setting them here, in the main thread, sets them for the process.
process.env.TF_CPP_MIN_LOG_LEVEL ??= '2';

const { values } = parseArgs({ options: { job: { type: 'string' } } });
const log = pino({ base: { pid: process.pid, job: values.job } });

async function main(): Promise<number> {
  const { ANNEAL_STORE: store, ANNEAL_ARTIFACTS: blobs } = process.env;
  if (!values.job || !store || !blobs) {
    log.error('needs --job ID, and ANNEAL_STORE and ANNEAL_ARTIFACTS in the environment');
    return 3;
  }
  const leave = new AbortController();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      log.info(`${signal}: saving and leaving`);
      leave.abort();
    });
  }
  const [jobs, artifacts] = [await openJobStore(store), await openArtifactStore(blobs)];
  try {
    const trainer = new URL(import.meta.url.endsWith('.ts') ? './trainer-thread.ts' : './trainer.js', import.meta.url);
    const end = await runJob({ jobs, artifacts, jobId: values.job, trainer, log, leave: leave.signal });
    log.info(`ended: ${end}`);
    return end === 'lease_lost' ? 3 : end === 'failed' ? 1 : 0;
  } finally {
    await jobs.close();
  }
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    log.error(error);
    process.exit(3);
  },
);
