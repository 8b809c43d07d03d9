/** A predict job: the outputs of trained models, written file after file. */
import { lossDefinition, type PredictSpec } from '@anneal/schemas';
import { ask, phaseOf, prepareQuestion, type Question } from './answering.ts';
import { encodePredictions, type PredictionTable } from './predictions.ts';
import type { RunSpec } from './trainer-host.ts';

/** Numbers of output held at once, at most. */
const MOST_NUMBERS = 2 ** 24;

export const runPredict: RunSpec<PredictSpec> = async (spec, host, { sources }) => {
  host.report({ progress: phaseOf('preparing') });
  const question = await prepareQuestion(spec, sources!, host);
  const { members, rows, width } = question;
  const start = performance.now();
  const fileRows = Math.max(1, Math.min(spec.rowsPerFile, Math.floor(MOST_NUMBERS / width)));
  let done = 0;
  let files = 0;
  const tell = (count: number) => {
    done += count;
    host.report({ progress: phaseOf('predicting', done, rows.length * members.length) });
  };
  for (let from = 0; from < rows.length; from += fileRows) {
    const taken = rows.subarray(from, from + fileRows);
    const answers = ask(question, taken, tell, host);
    if (!answers) return { kind: 'stopped', by: host.stopRequested()! };
    const { bytes, contentType } = encodePredictions(tableOf(question, taken, answers.outputs), spec.format);
    host.put(`predictions/rows-${String(from).padStart(9, '0')}.${spec.format}`, contentType, bytes);
    files += 1;
  }
  return {
    kind: 'succeeded',
    result: {
      examples: rows.length,
      files,
      seconds: (performance.now() - start) / 1000,
      peakMemoryBytes: process.resourceUsage().maxRSS * 1024,
    },
  };
};

function tableOf({ members, data, width }: Question, rows: Int32Array, outputs: Float32Array): PredictionTable {
  const { probability } = lossDefinition(members[0]!.spec.loss.type);
  const { labels, classNames } = data;
  const classes =
    labels.kind === 'class' ? Array.from({ length: width }, (_name, k) => classNames?.[k] ?? String(k)) : null;
  return { rows, outputs, width, classes, probability };
}
