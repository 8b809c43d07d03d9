/** An evaluate job: loss and scores of trained models on data of choice. */
import { judgedSums, scoresOf } from '@anneal/engine';
import type { EvaluateSpec } from '@anneal/schemas';
import { ask, phaseOf, prepareQuestion } from './answering.ts';
import type { RunSpec } from './trainer-host.ts';

export const runEvaluate: RunSpec<EvaluateSpec> = async (spec, host, { sources }) => {
  host.report({ progress: phaseOf('preparing') });
  const question = await prepareQuestion(spec, sources!, host);
  const { data, members, rows } = question;
  const start = performance.now();
  let done = 0;
  const all = rows.length * members.length;
  const tell = (count: number) => {
    done += count;
    host.report({ progress: phaseOf('evaluating', done, all) });
  };
  const answers = ask(question, rows, tell, host);
  if (!answers) return { kind: 'stopped', by: host.stopRequested()! };
  const { loss, score } = judgedSums(members[0]!.spec, data, answers.outputs, rows);
  const scores = scoresOf(() => answers.outputs, data, rows);
  host.put('scores.json', 'application/json', Buffer.from(`${JSON.stringify(scores, null, 2)}\n`));
  return {
    kind: 'succeeded',
    result: {
      examples: rows.length,
      loss: loss / rows.length,
      score: score / rows.length,
      seconds: (performance.now() - start) / 1000,
      peakMemoryBytes: process.resourceUsage().maxRSS * 1024,
    },
  };
};
