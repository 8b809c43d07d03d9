/** The data of a job, out of the folder that the runner reads files from or of an uploaded data set; what opening them says goes to the job's record. */
import path from 'node:path';
import { runnerMemory } from '@anneal/core/machine-memory.ts';
import { type DataSet, type OpenOptions, openData } from '@anneal/engine';
import { type Data, datasetOf } from '@anneal/schemas';
import type { TrainerHost } from './trainer-host.ts';

/** Files named in a spec lie under it. */
export const dataFolder = (): string => process.env.ANNEAL_DATA ?? process.cwd();

/** Where the files of an uploaded data set have been placed for this job. */
export function folderOfData(dataset: string, { datasets }: TrainerHost): string {
  if (datasets === undefined) throw new Error(`the files of ${dataset} have not been placed`);
  return path.join(datasets, dataset);
}

/** `trained` is what was fitted when a model was trained, in the place of what the spec says; `decided` where a run to be gone on with has its examples. */
export async function loadForJob(
  spec: Data,
  seed: number,
  host: TrainerHost,
  known: Pick<OpenOptions, 'trained' | 'decided'> = {},
): Promise<DataSet> {
  const log = (message: string) => host.emit({ type: 'notice', level: 'info', message });
  const dataset = datasetOf(spec);
  const data = await openData(spec, {
    seed,
    dataFolder: dataset === undefined ? dataFolder() : folderOfData(dataset, host),
    memoryBytes: runnerMemory(),
    log,
    ...known,
  });
  if (data.place?.place === 'file') log(`the examples are streamed: ${data.place.reason}`);
  return data;
}
