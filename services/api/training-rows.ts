/** How many examples each split of a spec gets, where that can be known before the run. */
import { dataDefinition, dataFiles, SpecError, type SplitSizes, splitSizes, type TrainSpec } from '@anneal/schemas';
import type { DataFolder } from './services.ts';

/** Null where only the run can tell. @throws SpecError if no example is left to train on, and what the data folder throws */
export async function splitRows(
  { data, model }: TrainSpec,
  folder: DataFolder | undefined,
): Promise<SplitSizes | null> {
  if (model.warmStart) await folder?.check([{ param: 'model.warmStart.file', name: model.warmStart.file }]);
  const definition = dataDefinition(data.type);
  const known = definition.rows(data as never);
  if (data.type !== 'npy') await folder?.check(dataFiles(data));
  const rows = known?.rows ?? (data.type === 'npy' ? ((await folder?.rows(data)) ?? null) : null);
  if (rows === null) return null;
  const publishedTest = known?.publishedTest ?? 0;
  const sizes = splitSizes({ rows, publishedTest, ...data.split, limit: data.limit });
  const { training, validation, test } = sizes;
  if (training > 0) return sizes;
  throw new SpecError(
    'invalid_spec',
    `data.split: of ${Math.min(rows, data.limit ?? rows)} examples ${validation} validate and ${test} test, which leaves none to train on; ` +
      'lower the shares or use more examples',
    'data.split',
  );
}
