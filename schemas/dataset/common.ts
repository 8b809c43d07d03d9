/** What every source of data may say, and what a source is. */
import { z } from 'zod';
import { pascal } from '../layers/define.ts';
import type { Target } from '../losses/index.ts';
import { count, positive, seed } from '../numbers.ts';
import type { Shape } from '../shape.ts';
import { preprocessing } from './preprocessing.ts';

const split = z
  .strictObject({
    validation: z
      .number()
      .min(0)
      .lt(1)
      .default(0.1)
      .describe('Share of the training examples held out to validate on.'),
    test: z
      .number()
      .min(0)
      .lt(1)
      .optional()
      .describe("Share of all examples held out for the final test; the data set's own test set when left out."),
    fold: z
      .strictObject({
        of: z.int().min(2).max(1000).describe('k, parts of the training examples, as equal as can be.'),
        index: z.int().min(0).describe('Which of them validates, 0 to k − 1.'),
      })
      .refine(({ of, index }) => index < of, { message: 'index must be below of', path: ['index'] })
      .optional()
      .describe(
        'One fold of a k-fold cross-validation, in the place of the share `validation`: k jobs that differ in `index` validate on every training example once.',
      ),
    seed: seed()
      .optional()
      .describe(
        "Decides the splits; the job's own seed when left out. Jobs to be compared or averaged should have the same.",
      ),
  })
  .prefault({})
  .meta({ id: 'Split', description: 'Seeded, disjoint training, validation and test splits.' });

export const scale = z
  .enum(['unit', 'standardize', 'none'])
  .describe(
    '`unit`: x / 255 for bytes. `standardize`: (x − mean) / deviation of the training split, one pair for all inputs. `none`: as stored.',
  );

const limit = count()
  .optional()
  .describe('Uses only the first so many examples of the shuffled set: for quick trials.');

const streaming = z
  .enum(['auto', 'always', 'never'])
  .default('auto')
  .describe(
    'Where the examples lie: in memory, or in a file that they are read from ahead of the steps. `auto` streams where the decoded examples would pass 1/8 of the memory that a runner may use; tables, npy, idx and images can.',
  );

const windowMebibytes = positive()
  .default(64)
  .describe(
    'MiB of streamed examples that are in memory and shuffled together: blocks of 1/1024 of it are drawn from all over the file. About six times as much memory is in use.',
  );

export const datasetId = z
  .string()
  .regex(/^ds_[0-9a-z]{20,32}$/, 'must be the id of a data set, as in ds_0123456789abcdefghij')
  .meta({ id: 'DatasetId' });

/** Of every source that reads files. */
export const uploaded = {
  dataset: datasetId
    .optional()
    .describe('The uploaded data set that has the files; they are in the data folder of the service when left out.'),
};

export const path = () => z.string().min(1).max(4096);
export const classes = () => z.int().min(2).describe('Number of classes.');

/** The field of a spec that names a file, and the name. */
export interface NamedFile {
  readonly param: string;
  readonly name: string;
}

export interface DataShape {
  readonly input: Shape;
  readonly target: Target;
}

export interface DataDefinition<Type extends string = string, Options extends z.ZodRawShape = z.ZodRawShape> {
  readonly type: Type;
  readonly schema: z.ZodObject<{ type: z.ZodLiteral<Type> } & Common & Options, z.core.$strict>;
  /** Shape of one example and kind of its label, known before any file is opened. */
  readonly shape: (options: never) => DataShape;
  /** Rows, and how many of the last ones their publisher set aside to test on, where that is known without a file. */
  readonly rows: (options: never) => { readonly rows: number; readonly publishedTest: number } | null;
  /** Files under the data folder that it reads. */
  readonly files: (options: never) => readonly NamedFile[];
  /** Null where its examples can be streamed, or why they can't. */
  readonly residentOnly: string | null;
}

type Common = {
  split: typeof split;
  scale: z.ZodDefault<typeof scale>;
  preprocessing: typeof preprocessing;
  limit: typeof limit;
  streaming: typeof streaming;
  windowMebibytes: typeof windowMebibytes;
};

export function defineData<const Type extends string, Options extends z.ZodRawShape>(definition: {
  type: Type;
  description: string;
  options: Options;
  scale: z.output<typeof scale>;
  shape: (options: z.output<z.ZodObject<Options>>) => DataShape;
  rows?: (options: z.output<z.ZodObject<Options>>) => { rows: number; publishedTest: number };
  files?: (options: z.output<z.ZodObject<Options>>) => readonly NamedFile[];
  residentOnly?: string;
}): DataDefinition<Type, Options> {
  const { type, description, options } = definition;
  const schema = z
    .strictObject({
      type: z.literal(type),
      ...options,
      split,
      scale: scale.default(definition.scale),
      preprocessing,
      limit,
      streaming,
      windowMebibytes,
    })
    .meta({ id: `${pascal(type)}Data`, description });
  return {
    type,
    schema: schema as unknown as DataDefinition<Type, Options>['schema'],
    shape: definition.shape as never,
    rows: (definition.rows ?? (() => null)) as never,
    files: (definition.files ?? (() => [])) as never,
    residentOnly: definition.residentOnly ?? null,
  };
}
