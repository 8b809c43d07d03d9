/** The checks of a train spec, as a file that `anneal check` gates on: a check job. */
import type { StepScan } from '@anneal/schemas';
import type { Finding, Job, SpecInput } from '../../index.ts';
import { type Context, tell } from '../context.ts';
import { InputError } from '../exit.ts';
import type { Prepared } from './prepared.ts';
import { type FailOn, fieldOf } from './report.ts';

export interface SpecOptions {
  readonly set: readonly string[];
  readonly only?: readonly string[];
  readonly failOn?: FailOn;
  /** Where a picture of the gradient's error over h is written. */
  readonly stepScan?: string;
}

type TrainSpecInput = Extract<SpecInput, { kind: 'train' }>;

/** Reads the spec before anything runs. @throws InputError */
export async function prepareSpec(
  file: string,
  { set, only, failOn = 'fail', stepScan }: SpecOptions,
): Promise<Prepared> {
  const { readSubmission } = await import('../submission.ts');
  const { spec, place, send, refuse } = await readSubmission(file, set);
  const kind = (spec as Partial<SpecInput> | null)?.kind;
  if (kind !== 'train') {
    const given = kind === undefined ? 'kind: is missing' : `kind is ${String(kind)}`;
    throw refuse([
      { code: 'invalid_spec', message: `${file}: ${given}; checks are those of a train spec`, param: 'kind' },
    ]);
  }
  const { name, tags } = spec;
  const wanted = {
    kind: 'check',
    name,
    tags,
    spec,
    failOn,
    stepScan: stepScan !== undefined,
    ...(only && { only }),
  } as SpecInput;
  return {
    file,
    needsService: true,
    // What is wrong with the spec has its place in the file as a part of the check job's spec.
    validate: async ({ client }) => void (await send(() => client.jobs.validate(wanted), 'spec')),
    async report(context, run) {
      const { client } = context;
      const submit = (): Promise<Job> => send(() => client.jobs.create(wanted), 'spec');
      const { job } = await run!(submit);
      if (stepScan !== undefined) await drawScan(context, job.id, file, stepScan);
      const { findings } = await client.jobs.diagnostics(job.id);
      const layers = (spec as TrainSpecInput).model?.layers ?? [];
      const placed = findings.map((finding: Finding) => ({ ...finding, place: place(fieldOf(finding, layers)) }));
      const seconds = Date.parse(job.finishedAt ?? job.createdAt) - Date.parse(job.startedAt ?? job.createdAt);
      const error = job.state === 'succeeded' || job.error?.code === 'check_failed' ? null : reasonOf(job);
      return { file, job: job.id, error, findings: placed, seconds: seconds / 1000 };
    },
  };
}

/** Nothing is drawn where the job has made no scan, which it tells of. */
async function drawScan({ client }: Context, job: string, file: string, picture: string): Promise<void> {
  const { artifacts } = await client.jobs.artifacts.list(job);
  if (!artifacts.some(({ name }) => name === 'gradient-scan.json')) return;
  const [{ stepScanPicture }, { writeFile }] = await Promise.all([
    import('../../plot/step-scan.ts'),
    import('node:fs/promises'),
  ]);
  const scan = (await (await client.jobs.artifacts.get(job, 'gradient-scan.json')).json()) as StepScan;
  await writeFile(picture, await stepScanPicture(scan, `Gradient of ${file}: error over h`)).catch((error: Error) => {
    throw new InputError(`--step-scan ${picture} can't be written: ${error.message}`);
  });
  tell(picture);
}

const reasonOf = ({ state, error }: Job): string => error?.message ?? `the job is ${state}`;
