/** A predict job: the outputs of trained models, written file after file. */
import { classNamesOf } from '@anneal/engine';
import { Committee } from '@anneal/ensemble';
import { type PredictSpec, probabilityOf } from '@anneal/schemas';
import { prepareQuestion, type Question, teller } from './answering.ts';
import { phaseOf } from './phase.ts';
import { encodePredictions, type PredictionTable } from './predictions.ts';
import type { RunSpec, TrainerHost } from './trainer-host.ts';

/** Numbers of output held at once, at most. */
const MOST_NUMBERS = 2 ** 24;

export const runPredict: RunSpec<PredictSpec> = async (spec, host, { sources }) => {
  host.report({ progress: phaseOf('preparing') });
  const question = await prepareQuestion(spec, sources!, host);
  const start = performance.now();
  const files = predictFiles(spec, host, question);
  if (files === null) return { kind: 'stopped', by: host.stopRequested()! };
  return {
    kind: 'succeeded',
    result: {
      examples: question.rows.length,
      files,
      seconds: (performance.now() - start) / 1000,
      peakMemoryBytes: process.resourceUsage().maxRSS * 1024,
    },
  };
};

/** The number of files; null if a stop was asked for. */
function predictFiles(spec: PredictSpec, host: TrainerHost, question: Question): number | null {
  const { members, rows, width } = question;
  const fileRows = Math.max(1, Math.min(spec.rowsPerFile, Math.floor(MOST_NUMBERS / width)));
  const progress = teller(host, 'predicting', rows.length * members.length);
  const committee = new Committee(members, question);
  try {
    let files = 0;
    for (let from = 0; from < rows.length; from += fileRows, files++) {
      const taken = rows.subarray(from, from + fileRows);
      const answers = committee.answers(taken, { progress });
      if (!answers) return null;
      const { bytes, contentType } = encodePredictions(tableOf(question, taken, answers.outputs), spec.format);
      host.put(`predictions/rows-${String(from).padStart(9, '0')}.${spec.format}`, contentType, bytes);
    }
    return files;
  } finally {
    committee.close();
  }
}

function tableOf({ members, data, width }: Question, rows: Int32Array, outputs: Float32Array): PredictionTable {
  const probability = probabilityOf(members[0]!.spec.loss);
  const classes = data.labels.kind === 'class' ? classNamesOf(data) : null;
  return { rows, outputs, width, classes, probability };
}
