/** What jobs that ask trained models for answers have in common: the members, the data as they were trained to see it, the rows, progress. */
import { type DataSet, outputWidth, readPreprocessing, withPlaceholders } from '@anneal/engine';
import { type Listening, type Member, membersOfSource } from '@anneal/ensemble';
import {
  AnnealError,
  checkDataFits,
  dataShape,
  type EnsembleAverage,
  type EvaluateSpec,
  type ModelSource,
  missingLabels,
  type Progress,
  type SplitChoice,
} from '@anneal/schemas';
import { loadForJob } from './load-for-job.ts';
import { phaseOf } from './phase.ts';
import type { Source, Sources } from './sources.ts';
import type { TrainerHost } from './trainer-host.ts';

export interface AskedMember extends Member {
  readonly from: ModelSource & { readonly member?: number };
}

export interface Question {
  readonly members: readonly AskedMember[];
  readonly average: EnsembleAverage;
  readonly data: DataSet;
  readonly rows: Int32Array;
  readonly width: number;
}

/** @throws AnnealError `invalid_spec` where the data don't fit the models or a split is empty, and what reading them throws */
export async function prepareQuestion(
  asked: Pick<EvaluateSpec, 'data' | 'split'>,
  { members, average }: Sources,
  host: TrainerHost,
): Promise<Question> {
  const [first, ...others] = members as readonly [Sources['members'][number], ...Sources['members']];
  for (const other of others) {
    if (Buffer.compare(other.preprocessing, first.preprocessing) === 0) continue;
    const message = `${other.name} was trained on inputs scaled otherwise than ${first.name}: they can't answer together; train them on the same data with the same data.split.seed`;
    throw new AnnealError('invalid_spec', message, 'members');
  }
  const spec = asked.data ?? first.spec.data;
  for (const member of members) checkDataFits(spec, member.spec);
  warnOfOtherSplits(members, host);
  const loaded = await loadForJob(spec, first.spec.seed, host, { trained: readPreprocessing(first) });
  const data = missingLabels(spec) ? withPlaceholders(loaded, dataShape(first.spec.data).target) : loaded;
  const rows = rowsOf(asked.split ?? (asked.data ? 'all' : 'test'), data);
  return { members: members.flatMap(opened), average, data, rows, width: outputWidth(data) };
}

function opened(source: Source): AskedMember[] {
  return membersOfSource(source).map((member, index, all) => ({
    ...member,
    from: { ...source.from, ...(all.length > 1 && { member: index }) },
  }));
}

function rowsOf(split: SplitChoice, { inputs, splits }: DataSet): Int32Array {
  const rows = split === 'all' ? Int32Array.from({ length: inputs.shape[0] ?? 0 }, (_row, i) => i) : splits[split];
  if (rows.length > 0) return rows;
  throw new AnnealError('invalid_spec', `split: the data have no example in the ${split} split; allowed: all`, 'split');
}

/** Members that were split by other seeds have trained on what the others are tested on. */
function warnOfOtherSplits(members: Sources['members'], host: TrainerHost): void {
  const seeds = new Set(members.map(({ spec }) => `${spec.data.type} ${spec.data.split.seed ?? spec.seed}`));
  const publishedTest = members.every(({ spec }) => spec.data.split.test === undefined);
  if (seeds.size < 2 || publishedTest) return;
  const message =
    'the members split the data by different seeds, so some have trained on what others are tested on: the common score is too good. Give the jobs the same data.split.seed';
  host.emit({ type: 'notice', level: 'warning', message });
}

/** Reports the rows that the members have answered, out of `all`, and ends the work when a stop is asked for. */
export function teller(host: TrainerHost, phase: Progress['phase'], all: number): Listening['progress'] {
  let done = 0;
  return (rows) => {
    done += rows;
    host.report({ progress: phaseOf(phase, { step: done, steps: all }) });
    return host.stopRequested() !== null;
  };
}
