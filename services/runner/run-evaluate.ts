/** An evaluate job: loss and scores of trained models on data of choice. */
import { judge, scoresOf } from '@anneal/engine';
import { answersOf } from '@anneal/ensemble';
import type { EvaluateSpec } from '@anneal/schemas';
import { prepareQuestion, teller } from './answering.ts';
import { phaseOf } from './phase.ts';
import { putJson } from './put-json.ts';
import type { RunSpec } from './trainer-host.ts';

export const runEvaluate: RunSpec<EvaluateSpec> = async (spec, host, { sources }) => {
  host.report({ progress: phaseOf('preparing') });
  const question = await prepareQuestion(spec, sources!, host);
  const { data, members, rows } = question;
  const start = performance.now();
  const progress = teller(host, 'evaluating', rows.length * members.length);
  const answers = answersOf(members, { ...question, progress });
  if (!answers) return { kind: 'stopped', by: host.stopRequested()! };
  putJson(
    host,
    'scores.json',
    scoresOf(() => answers.outputs, data, rows),
  );
  return {
    kind: 'succeeded',
    result: {
      examples: rows.length,
      ...judge(members[0]!.spec, data, answers.outputs, rows),
      seconds: (performance.now() - start) / 1000,
      peakMemoryBytes: process.resourceUsage().maxRSS * 1024,
    },
  };
};
