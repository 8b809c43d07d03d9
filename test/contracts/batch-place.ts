/** Launchers on the stand-in of AWS Batch, each place with a tenant of its own, and a bad network before it. */
import { after, type TestContext } from 'node:test';
import { type BatchLauncherOptions, batchLauncher } from '@anneal/core/adapters/batch-launcher/index.ts';
import { type BatchStandIn, DEFINITION, ON_DEMAND, SPOT } from '../stand-ins/batch/start.ts';
import { faultyProxy } from '../stand-ins/faulty-proxy.ts';

export const POLL = 50;

export async function batchPlaces({ url, credentials, executor }: BatchStandIn) {
  const network = await faultyProxy(url);
  after(() => network.stop());
  let places = 0;

  /** Launchers of one tenant over the network, whose faults the test sets. */
  return (t: TestContext, options: Partial<BatchLauncherOptions> & { readonly address?: string } = {}) => {
    const tenant = `place-${++places}`;
    network.faults();
    const { address = '', ...others } = options;
    const rest = `${SPOT}?onDemand=${ON_DEMAND}&definition=${DEFINITION}&tenant=${tenant}&region=us-east-1&endpoint=${network.url}${address}`;
    const env = { ANNEAL_STORE: 'here' };
    const open = async () => {
      const launcher = await batchLauncher(rest, { env, client: { credentials }, pollMilliseconds: POLL, ...others });
      t.after(() => launcher.close());
      return launcher;
    };
    /** Those of this place, the oldest first. */
    const jobs = () =>
      executor
        .list()
        .filter(({ submission }) => submission.jobName.startsWith(`anneal-${tenant}-`))
        .reverse();
    t.after(() => {
      for (const { id } of jobs()) executor.loseHost(id);
    });
    return { tenant, open, jobs, executor, network };
  };
}
