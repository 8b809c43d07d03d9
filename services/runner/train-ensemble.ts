/** The members of an ensemble that a run has trained, judged alone. */
import { judgedSums, type LoadedData, outputWidth } from '@anneal/engine';
import { answersOf, type Member } from '@anneal/ensemble';
import type { TrainResult } from '@anneal/schemas';

type EnsembleOutcome = NonNullable<TrainResult['ensemble']>;

/** Members of the best weights on the held-out splits; the disagreement is that on the test split, or else on the validation split. */
export function judgeMembers(
  members: readonly Member[],
  data: LoadedData,
  average: 'probabilities' | 'logits',
): EnsembleOutcome {
  const [validation, test] = [data.splits.validation, data.splits.test].map((rows) =>
    judgeOn(members, data, rows, average),
  );
  const alone = members.map((_member, i) => ({
    validation: validation?.members[i] ?? null,
    test: test?.members[i] ?? null,
  }));
  return { members: alone, disagreement: (test ?? validation)?.disagreement ?? 0 };
}

function judgeOn(members: readonly Member[], data: LoadedData, rows: Int32Array, average: 'probabilities' | 'logits') {
  if (rows.length === 0) return null;
  const judged: { loss: number; score: number }[] = [];
  const heard = (outputs: Float32Array): void => {
    const { loss, score } = judgedSums(members[0]!.spec, data, outputs, rows);
    judged.push({ loss: loss / rows.length, score: score / rows.length });
  };
  const answers = answersOf(members, { data, rows, average, width: outputWidth(data), heard, progress: () => false });
  return { members: judged, disagreement: answers!.disagreement / rows.length };
}
