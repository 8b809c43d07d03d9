/** An ensemble job: judges its members alone and together, and exports one model that predicts like any other. */
import { exportModel, judge, preprocessingFile, scoresOf, type TrainedModel } from '@anneal/engine';
import { answersOf, averageWeights, exportEnsemble, type Member } from '@anneal/ensemble';
import { AnnealError, dataShape, type EnsembleResult, type EnsembleSpec, inferModel } from '@anneal/schemas';
import { type AskedMember, prepareQuestion, type Question, teller } from './answering.ts';
import { phaseOf } from './phase.ts';
import { putJson } from './put-json.ts';
import type { RunSpec, TrainerHost } from './trainer-host.ts';

export const runEnsemble: RunSpec<EnsembleSpec> = async (spec, host, { sources }) => {
  host.report({ progress: phaseOf('preparing') });
  const question = await prepareQuestion(spec, sources!, host);
  const { data, members, rows } = question;
  const start = performance.now();
  const byWeights = spec.average === 'weights';
  const progress = teller(host, 'evaluating', rows.length * (members.length + (byWeights ? 1 : 0)));
  const judged = (outputs: Float32Array) => judge(members[0]!.spec, data, outputs, rows);
  const alone: EnsembleResult['members'] = [];
  const heard = (outputs: Float32Array) => {
    alone.push({ ...members[alone.length]!.from, ...judged(outputs) });
  };
  const together = answersOf(members, { ...question, heard, progress });
  if (!together) return { kind: 'stopped', by: host.stopRequested()! };
  const answering = byWeights ? [averagedMember(question)] : members;
  const answers = byWeights ? answersOf(answering, { ...question, progress }) : together;
  if (!answers) return { kind: 'stopped', by: host.stopRequested()! };
  putJson(
    host,
    'scores.json',
    scoresOf(() => answers.outputs, data, rows, members[0]!.spec.metrics),
  );
  host.report({ progress: phaseOf('exporting') });
  const parameters = await putModel(host, answering, question, spec);
  return {
    kind: 'succeeded',
    result: {
      ...judged(answers.outputs),
      examples: rows.length,
      members: alone,
      disagreement: together.disagreement,
      parameters,
      seconds: (performance.now() - start) / 1000,
      peakMemoryBytes: process.resourceUsage().maxRSS * 1024,
    },
  };
};

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

function parametersOf({ spec }: Member): number {
  const layers = inferModel(spec.model, dataShape(spec.data).input);
  return layers.reduce((sum, { parameters }) => sum + parameters, 0);
}
