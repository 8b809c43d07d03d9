/** How many examples a spec trains on, where that can be known before the run. */
import { type Data, SpecError, splitSizes } from '@anneal/schemas';
import type { DataFolder } from './services.ts';

/** Rows of the published sets, and how many of them their publishers set aside to test on. */
const published = { mnist: [70_000, 10_000], 'fashion-mnist': [70_000, 10_000] } as const;

/** Null where only the run can tell. @throws SpecError if no example is left to train on, and what the data folder throws */
export async function trainingRows(data: Data, folder: DataFolder | undefined): Promise<number | null> {
  const [rows, publishedTest] = data.type === 'npy' ? [(await folder?.rows(data)) ?? null, 0] : published[data.type];
  if (rows === null) return null;
  const { training, validation, test } = splitSizes({ rows, publishedTest, ...data.split, limit: data.limit });
  if (training > 0) return training;
  throw new SpecError(
    'invalid_spec',
    `data.split: of ${Math.min(rows, data.limit ?? rows)} examples ${validation} validate and ${test} test, which leaves none to train on; ` +
      'lower the shares or use more examples',
    'data.split',
  );
}
