/** The data of a job, out of the folder that the runner reads files from; what opening them says goes to the job's record. */
import { runnerMemory } from '@anneal/core/machine-memory.ts';
import { type DataSet, type OpenOptions, openData } from '@anneal/engine';
import type { Data } from '@anneal/schemas';
import type { TrainerHost } from './trainer-host.ts';

/** Files named in a spec lie under it. */
export const dataFolder = (): string => process.env.ANNEAL_DATA ?? process.cwd();

/** `trained` is what was fitted when a model was trained, in the place of what the spec says; `decided` where a run to be gone on with has its examples. */
export async function loadForJob(
  spec: Data,
  seed: number,
  host: TrainerHost,
  known: Pick<OpenOptions, 'trained' | 'decided'> = {},
): Promise<DataSet> {
  const log = (message: string) => host.emit({ type: 'notice', level: 'info', message });
  const data = await openData(spec, {
    seed,
    dataFolder: dataFolder(),
    memoryBytes: runnerMemory(),
    log,
    ...known,
  });
  if (data.place?.place === 'file') log(`the examples are streamed: ${data.place.reason}`);
  return data;
}
