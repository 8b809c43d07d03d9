/** Recovery of runners on AWS Batch, over its stand-in; the stores are those of this machine, which the stand-in's containers can reach. */
import type { TestContext } from 'node:test';
import { batchLauncher } from '@anneal/core/adapters/batch-launcher/index.ts';
import { DEFINITION, ON_DEMAND, SPOT, startBatch } from '../stand-ins/batch/start.ts';
import { standIn } from '../stand-ins/start.ts';
import { entry, execArgv, openPlace, type Runners } from './place.ts';
import { recoveryCases } from './recovery.cases.ts';

const image = { entrypoint: [process.execPath, ...execArgv, entry], env: {} } as const;
const batch = await standIn('recovery on AWS Batch', () => startBatch({ image, stopMilliseconds: 30_000 }));
if (batch) {
  let places = 0;
  const open = (t: TestContext, env?: Record<string, string>) =>
    openPlace(t, env, undefined, () => runnersOf(`place-${++places}`));
  // Batch itself knows its runners: there is no record that could be lost.
  recoveryCases('AWS Batch', open, false);
}

function runnersOf(tenant: string): Runners {
  const { url, credentials, executor } = batch!;
  const rest = `${SPOT}?onDemand=${ON_DEMAND}&definition=${DEFINITION}&tenant=${tenant}&region=us-east-1&endpoint=${url}`;
  return {
    open: (env) => batchLauncher(rest, { env, client: { credentials }, pollMilliseconds: 100 }),
    pidOf: (id) =>
      executor.list().find(({ submission, container }) => container && submission.tags?.['anneal:job'] === id)
        ?.container?.pid,
  };
}
