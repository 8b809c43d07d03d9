/** Places the data sets of a job in the cache of this user, as far as the environment lets it grow. */
import { defaultCacheFolder } from '@anneal/engine/data/cache.ts';
import { AnnealError } from '@anneal/schemas';
import { type Placed, type PlaceOptions, placeDatasets } from './place.ts';

/** GiB of files that may stay for other jobs, unless ANNEAL_UPLOADS_GIB says otherwise. */
const KEEP_GIB = 50;

/** Null for a job that reads none. @throws what `placeDatasets` throws; AnnealError invalid_request for a variable that is no number */
export async function placeForJob(
  datasets: readonly string[],
  options: Pick<PlaceOptions, 'artifacts' | 'log' | 'signal'>,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<Placed | null> {
  if (datasets.length === 0) return null;
  const cacheFolder = defaultCacheFolder(environment);
  return placeDatasets({ ...options, datasets, cacheFolder, keepBytes: keepGibibytes(environment) * 2 ** 30 });
}

function keepGibibytes({ ANNEAL_UPLOADS_GIB: given }: NodeJS.ProcessEnv): number {
  if (!given) return KEEP_GIB;
  const value = Number(given);
  if (value >= 0) return value;
  throw new AnnealError('invalid_request', `ANNEAL_UPLOADS_GIB: '${given}' is not allowed: a number of GiB`);
}
