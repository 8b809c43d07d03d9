/** How many examples each split of a spec gets, where that can be known before the run. */
import { dataDefinition, SpecError, type SplitSizes, splitSizes, type TrainSpec } from '@anneal/schemas';
import { folderOf } from './dataset-folder.ts';
import type { Services } from './services.ts';

/** Null where only the run can tell. @throws SpecError if no example is left to train on, and what the data folder throws */
export async function splitRows(
  { data, model }: TrainSpec,
  services: Pick<Services, 'data' | 'datasets'>,
): Promise<SplitSizes | null> {
  if (model.warmStart) await services.data?.check([{ param: 'model.warmStart.file', name: model.warmStart.file }]);
  const definition = dataDefinition(data.type);
  const known = definition.rows(data as never);
  const folder = await folderOf(data, services);
  const rows = known?.rows ?? (await folder?.rows(data)) ?? null;
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
