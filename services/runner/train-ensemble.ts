/** The members of an ensemble that a run has trained, judged alone. */
import { type DataSet, judge, outputWidth } from '@anneal/engine';
import { answersOf, type Member } from '@anneal/ensemble';
import type { TrainResult } from '@anneal/schemas';

type EnsembleOutcome = NonNullable<TrainResult['ensemble']>;

/** Members of the best weights on the held-out splits; they disagree on the examples of both. */
export function judgeMembers(
  members: readonly Member[],
  data: DataSet,
  average: 'probabilities' | 'logits',
): EnsembleOutcome {
  const { validation, test } = data.splits;
  const width = outputWidth(data);
  const rows = Int32Array.from([...validation, ...test]);
  const alone: EnsembleOutcome['members'] = [];
  if (rows.length === 0) return { members: members.map(() => ({ validation: null, test: null })), disagreement: 0 };
  const heard = (outputs: Float32Array): void => {
    const of = (own: Int32Array, from: number) =>
      own.length > 0
        ? judge(members[0]!.spec, data, outputs.subarray(from * width, (from + own.length) * width), own)
        : null;
    alone.push({ validation: of(validation, 0), test: of(test, validation.length) });
  };
  const answers = answersOf(members, { data, rows, average, width, heard, progress: () => false });
  return { members: alone, disagreement: answers!.disagreement };
}
