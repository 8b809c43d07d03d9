/** What jobs that ask trained models for answers have in common: the members, the data as they were trained to see it, the rows, progress. */
import { type LoadedData, loadData, outputWidth, readPreprocessing } from '@anneal/engine';
import { type Answers, answersOf, type Member, membersOfSource } from '@anneal/ensemble';
import {
  AnnealError,
  checkDataFits,
  type Data,
  type EnsembleAverage,
  type ModelSource,
  type Progress,
  type SplitChoice,
} from '@anneal/schemas';
import type { Source, Sources } from './sources.ts';
import type { TrainerHost } from './trainer-host.ts';

export interface AskedMember extends Member {
  readonly from: ModelSource & { readonly member?: number };
}

export interface Question {
  readonly members: readonly AskedMember[];
  readonly average: EnsembleAverage;
  readonly data: LoadedData;
  readonly rows: Int32Array;
  readonly width: number;
}

interface Asked {
  readonly data?: Data | undefined;
  readonly split?: SplitChoice | undefined;
}

/** @throws AnnealError `invalid_spec` where the data don't fit the models or a split is empty, and what reading them throws */
export async function prepareQuestion(
  asked: Asked,
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
  const data = await loadData(spec, {
    seed: first.spec.seed,
    dataFolder: process.env.ANNEAL_DATA ?? process.cwd(),
    log: (message) => host.emit({ type: 'notice', level: 'info', message }),
    trained: readPreprocessing(first),
  });
  const rows = rowsOf(asked.split ?? (asked.data ? 'all' : 'test'), data);
  return { members: members.flatMap(opened), average, data, rows, width: outputWidth(data) };
}

function opened(source: Source): AskedMember[] {
  return membersOfSource(source).map((member, index, all) => ({
    ...member,
    from: { ...source.from, ...(all.length > 1 && { member: index }) },
  }));
}

function rowsOf(split: SplitChoice, { inputs, splits }: LoadedData): Int32Array {
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

export const phaseOf = (phase: Progress['phase'], done = 0, all: number | null = null): Progress => ({
  phase,
  step: done,
  steps: all,
  epoch: 0,
  epochs: null,
  loss: null,
  validationLoss: null,
  validationScore: null,
  microsecondsPerStep: null,
  secondsLeft: null,
});

/** The answers for some of the rows, with progress told to the host; null if a stop was asked for. */
export function ask(
  { members, average, data, width }: Question,
  rows: Int32Array,
  tell: (rows: number) => void,
  host: TrainerHost,
  heard?: (outputs: Float32Array) => void,
): Answers | null {
  return answersOf(members, {
    data,
    rows,
    average,
    width,
    ...(heard && { heard }),
    progress(count) {
      tell(count);
      return host.stopRequested() !== null;
    },
  });
}
