/** An ensemble job: judges its members alone and together, and exports one model that predicts like any other. */
import { exportModel, judgedSums, preprocessingFile, scoresOf, type TrainedModel } from '@anneal/engine';
import { averageWeights, exportEnsemble, type Member } from '@anneal/ensemble';
import type { EnsembleResult, EnsembleSpec } from '@anneal/schemas';
import { AnnealError } from '@anneal/schemas';
import { type AskedMember, ask, phaseOf, prepareQuestion, type Question } from './answering.ts';
import type { RunSpec, TrainerHost } from './trainer-host.ts';

export const runEnsemble: RunSpec<EnsembleSpec> = async (spec, host, { sources }) => {
  host.report({ progress: phaseOf('preparing') });
  const question = await prepareQuestion(spec, sources!, host);
  const { data, members, rows } = question;
  const start = performance.now();
  const tell = teller(host, rows.length * (members.length + (spec.average === 'weights' ? 1 : 0)));
  const judge = (outputs: Float32Array) => {
    const { loss, score } = judgedSums(members[0]!.spec, data, outputs, rows);
    return { loss: loss / rows.length, score: score / rows.length };
  };
  const alone: EnsembleResult['members'] = [];
  const together = ask(question, rows, tell, host, (outputs) => {
    alone.push({ ...members[alone.length]!.from, ...judge(outputs) });
  });
  if (!together) return { kind: 'stopped', by: host.stopRequested()! };
  const averaged = spec.average === 'weights' ? [averagedMember(question)] : members;
  const answers = spec.average === 'weights' ? ask({ ...question, members: averaged }, rows, tell, host) : together;
  if (!answers) return { kind: 'stopped', by: host.stopRequested()! };
  const scores = scoresOf(() => answers.outputs, data, rows);
  host.put('scores.json', 'application/json', Buffer.from(`${JSON.stringify(scores, null, 2)}\n`));
  host.report({ progress: phaseOf('exporting') });
  const parameters = await putModel(host, averaged, question, spec);
  return {
    kind: 'succeeded',
    result: {
      ...judge(answers.outputs),
      examples: rows.length,
      members: alone,
      disagreement: together.disagreement / rows.length,
      parameters,
      seconds: (performance.now() - start) / 1000,
      peakMemoryBytes: process.resourceUsage().maxRSS * 1024,
    },
  };
};

function teller(host: TrainerHost, all: number): (rows: number) => void {
  let done = 0;
  return (rows) => {
    done += rows;
    host.report({ progress: phaseOf('evaluating', done, all) });
  };
}

/** One member whose weights are the mean of all. @throws AnnealError `invalid_spec` for members of different models */
function averagedMember({ members, data }: Question): AskedMember {
  const [first] = members as readonly [AskedMember];
  const model = (member: Member) => JSON.stringify(member.spec.model.layers);
  if (members.some((member) => model(member) !== model(first)))
    throw new AnnealError(
      'invalid_spec',
      "average: 'weights' needs members of one model; these have different layers",
      'average',
    );
  const weights = averageWeights(members, data);
  return { ...first, open: (): TrainedModel => ({ built: first.open().built, weights }) };
}

/** Number of weights of the exported model. */
async function putModel(
  host: TrainerHost,
  members: readonly Member[],
  { data }: Question,
  spec: EnsembleSpec,
): Promise<number> {
  const exported = await (members.length > 1
    ? exportEnsemble(members, spec.average, data)
    : exportOne(members[0]!, data));
  for (const { name, contentType, bytes } of [preprocessingFile(data), ...exported.files])
    host.put(name, contentType, bytes);
  return members.reduce((sum, member) => sum + parametersOf(member), 0);
}

async function exportOne(member: Member, data: Question['data']) {
  const { built, weights } = member.open();
  try {
    return await exportModel(built, weights, data);
  } finally {
    built.dispose();
  }
}

function parametersOf(member: Member): number {
  const { built, weights } = member.open();
  built.dispose();
  return [...weights.values()].reduce((sum, values) => sum + values.length, 0);
}
