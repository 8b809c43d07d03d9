/** The data of a job, out of the folder that the runner reads files from; what loading them says goes to the job's record. */
import { type LoadedData, type LoadOptions, loadData } from '@anneal/engine';
import type { Data } from '@anneal/schemas';
import type { TrainerHost } from './trainer-host.ts';

/** Files named in a spec lie under it. */
export const dataFolder = (): string => process.env.ANNEAL_DATA ?? process.cwd();

/** @param trained what was fitted when a model was trained, in the place of what the spec says */
export const loadForJob = (
  data: Data,
  seed: number,
  host: TrainerHost,
  trained?: LoadOptions['trained'],
): Promise<LoadedData> =>
  loadData(data, {
    seed,
    dataFolder: dataFolder(),
    log: (message) => host.emit({ type: 'notice', level: 'info', message }),
    ...(trained && { trained }),
  });
