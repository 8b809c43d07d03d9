/** Trains with the patch of each of the likeliest causes for a twentieth of the run, to tell them apart. Nothing of it is kept but the judgement. */
import { type RunRecord, rankedAgain, trialSteps, weigh, worthTrying } from '@anneal/diagnose';
import { batchOrder, buildNet, choosePlan, type DataSet, RunLoop, type Task } from '@anneal/engine';
import { applyPatch, type Finding, parse, type TrainSpec, trainSpec, validateTrain } from '@anneal/schemas';
import { loadForJob } from './load-for-job.ts';
import type { TrainerHost } from './trainer-host.ts';

/** Training examples that a run is judged on at its end, and its trials. */
export const JUDGED = 1000;

/**
 * The findings, ranked again by what the trials show. `data` are those of the run; a patch of the data has them loaded anew. Runs that start from
 * given weights are not tried: that is told.
 */
export async function experiment(
  findings: readonly Finding[],
  { record, data }: { readonly record: RunRecord; readonly data: DataSet },
  host: TrainerHost,
): Promise<readonly Finding[]> {
  const tried = worthTrying(findings);
  if (tried.length === 0 || !record.end) return findings;
  if (record.spec.model.warmStart) {
    const message = 'no experiments were run: the run starts from given weights';
    host.emit({ type: 'notice', level: 'warning', message });
    return findings;
  }
  const steps = trialSteps(record.stretches.reduce((sum, stretch) => sum + stretch.steps, 0));
  const weighed = new Map<Finding, Finding>();
  for (const finding of tried) {
    if (host.stopRequested()) break;
    const trial = await judgedTrial(finding, { spec: record.spec, data, steps }, host);
    if (trial) weighed.set(finding, weigh(finding, record, trial, steps));
  }
  return rankedAgain(findings.map((finding) => weighed.get(finding) ?? finding));
}

interface Run {
  readonly spec: TrainSpec;
  readonly data: DataSet;
  readonly steps: number;
}

/** Null where the patched spec cannot be run, which is told. */
async function judgedTrial(finding: Finding, { spec, data, steps }: Run, host: TrainerHost) {
  const quiet = { ...host, emit: () => {}, report: () => {}, put: () => {} };
  try {
    const changed = patched(spec, finding);
    const same = finding.patch!.every(({ path }) => !path.startsWith('/data'));
    return trial(
      { spec: changed, data: same ? data : await loadForJob(changed.data, changed.seed, quiet), steps },
      quiet,
    );
  } catch (error) {
    const message = `the experiment with the patch of ${finding.cause} failed: ${(error as Error).message}`;
    host.emit({ type: 'notice', level: 'warning', message });
    return null;
  }
}

/** Without what only a whole run needs. */
function patched(spec: TrainSpec, { patch }: Finding): TrainSpec {
  const { earlyStopping: _stopping, averaging: _averaging, ...changed } = applyPatch(spec, patch!);
  return parse(trainSpec, changed);
}

function trial({ spec, data, steps }: Run, quiet: TrainerHost): { loss: number; score: number } {
  const { layers } = validateTrain(spec, { memoryBytes: Number.POSITIVE_INFINITY });
  const built = buildNet(layers, spec);
  const { order, batches } = batchOrder(spec, data);
  const task: Task = { spec, built, data, batches };
  const { plan, report } = choosePlan(task, 'graph');
  try {
    const short = { ...spec, budget: { steps }, checkpoints: { ...spec.checkpoints, everySeconds: 1e6 } };
    new RunLoop({ spec: short, task, plan, report, order, resume: null, resumeName: null }, quiet).run();
    return plan.evaluate(data.splits.training.subarray(0, JUDGED));
  } finally {
    plan.dispose();
    built.dispose();
  }
}
