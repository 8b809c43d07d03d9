/** One machine: SQLite, files, runners as processes. Its clock is that of all of them. */
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isAlive, readRecords } from '@anneal/core/adapters/local-launcher/runner-record.ts';
import { openArtifactStore, openJobStore } from '@anneal/core/open.ts';
import { writeSmallData } from '../../small-data.ts';
import { programs } from './programs.ts';
import { execArgv, supervise } from './supervised.ts';
import { clocksIn, type World } from './world.ts';

export async function openEmbedded(): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), 'anneal-faults-'));
  await writeSmallData(folder, 1);
  const clocks = clocksIn(folder);
  const env = {
    ANNEAL_STORE: `sqlite:${folder}/jobs.db`,
    ANNEAL_ARTIFACTS: `file:${folder}/artifacts`,
    ANNEAL_DATA: folder,
    ...clocks.env.service,
  };
  const jobs = await openJobStore(env.ANNEAL_STORE);
  const artifacts = await openArtifactStore(env.ANNEAL_ARTIFACTS);
  const service = await supervise({ folder, entry: programs.runner, execArgv, env }, env, join(folder, 'service.log'));
  const pidOf = (id: string): number | undefined => {
    const file = join(folder, 'runners', `${id}.json`);
    return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as { pid: number }).pid : undefined;
  };
  const signal = (id: string, name: NodeJS.Signals): boolean => {
    const pid = pidOf(id);
    return pid !== undefined && sent(pid, name);
  };
  return {
    name: 'embedded',
    ...{ jobs, artifacts, service, pidOf },
    clocks: { ...clocks, set: (_machines, milliseconds) => clocks.set(['service'], milliseconds) },
    notice: (id) => signal(id, 'SIGTERM'),
    loseMachine: (id) => signal(id, 'SIGKILL'),
    launchesOf(id) {
      const log = join(folder, 'logs', `${id}.log`);
      return existsSync(log) ? (readFileSync(log, 'utf8').match(/"claimed"/g)?.length ?? 0) : 0;
    },
    async close() {
      await service.stop();
      for (const runner of readRecords(join(folder, 'runners'))) if (isAlive(runner)) sent(runner.pid, 'SIGKILL');
      await jobs.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** False if the process is gone. */
export function sent(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
    throw error;
  }
}
