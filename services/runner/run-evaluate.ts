/** An evaluate job: loss and scores of trained models on data of choice. */
import { judge, MOST_SCORED_NUMBERS, scoresOf } from '@anneal/engine';
import { Committee } from '@anneal/ensemble';
import type { EvaluateSpec } from '@anneal/schemas';
import { prepareQuestion, type Question, teller } from './answering.ts';
import { phaseOf } from './phase.ts';
import { putJson } from './put-json.ts';
import type { RunSpec, TrainerHost } from './trainer-host.ts';

export const runEvaluate: RunSpec<EvaluateSpec> = async (spec, host, { sources }) => {
  host.report({ progress: phaseOf('preparing') });
  const question = await prepareQuestion(spec, sources!, host);
  const start = performance.now();
  const judged = judgeParts(question, host, Math.max(1, Math.floor(MOST_SCORED_NUMBERS / question.width)));
  if (!judged) return { kind: 'stopped', by: host.stopRequested()! };
  return {
    kind: 'succeeded',
    result: {
      examples: question.rows.length,
      ...judged,
      seconds: (performance.now() - start) / 1000,
      peakMemoryBytes: process.resourceUsage().maxRSS * 1024,
    },
  };
};

/** Loss and score over all rows, so many at a time; writes `scores.json`, whose scores need the outputs of all of them at once. Null if it was stopped. */
export function judgeParts(
  { data, members, average, width, rows }: Question,
  host: TrainerHost,
  rowsAtOnce: number,
): { loss: number; score: number } | null {
  const progress = teller(host, 'evaluating', rows.length * members.length);
  const committee = new Committee(members, { data, average, width });
  const whole = rows.length <= rowsAtOnce;
  let [loss, score] = [0, 0];
  try {
    for (let from = 0; from < rows.length; from += rowsAtOnce) {
      const taken = rows.subarray(from, from + rowsAtOnce);
      const answers = committee.answers(taken, { progress });
      if (!answers) return null;
      const part = judge(members[0]!.spec, data, answers.outputs, taken);
      if (whole) {
        const scores = scoresOf(() => answers.outputs, data, rows, members[0]!.spec.metrics);
        putJson(host, 'scores.json', scores);
        return part;
      }
      loss += (part.loss * taken.length) / rows.length;
      score += (part.score * taken.length) / rows.length;
    }
  } finally {
    committee.close();
  }
  putJson(host, 'scores.json', null);
  return { loss, score };
}
