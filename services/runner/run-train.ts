/** A train job from end to end: data, plan, checks, training, evaluation, export. */
import {
  batchOrder,
  buildNet,
  type Checkpoint,
  checkpointLayout,
  choosePlan,
  type DataSet,
  dataReport,
  decodeCheckpoint,
  type ExportedFile,
  exportModel,
  filtersPicture,
  type LoopResult,
  observationLayout,
  type Plan,
  placeOfCheckpoint,
  preprocessingFile,
  RunLoop,
  recordTask,
  type State,
  type StepOrder,
  scoresOf,
  type Task,
  warmStart,
  withOwnStatistics,
} from '@anneal/engine';
import { numericFlags } from '@anneal/engine/environment.ts';
import { exportEnsemble, type Member, membersOfRun } from '@anneal/ensemble';
import {
  AnnealError,
  dataShape,
  type Finding,
  type PlanReport,
  type Progress,
  plannedSteps,
  runWork,
  type TrainResult,
  type TrainSpec,
  validateTrain,
} from '@anneal/schemas';
import { runChecks } from '@anneal/verify';
import { putDiagnostics, RunDiagnosis, runDiagnosed } from './diagnose-run.ts';
import { dataFolder, loadForJob } from './load-for-job.ts';
import { checkModules } from './own-code.ts';
import { phaseOf } from './phase.ts';
import { putJson } from './put-json.ts';
import { foresee, measuredBy, sizesOf, tellMoneyIsSpent } from './train-cost.ts';
import { judgeMembers } from './train-ensemble.ts';
import type { RunContext, RunOutcome, RunSpec, TrainerHost } from './trainer-host.ts';

export const runTrain: RunSpec<TrainSpec> = async (spec, host, context) => {
  const began = performance.now();
  host.report({ progress: phase('preparing', spec) });
  const valid = validateTrain(spec, { memoryBytes: Number.POSITIVE_INFINITY });
  const { layers, parameters } = valid;
  const decided = context.resume && placeOfCheckpoint(context.resume.name, context.resume.files);
  const data = await loadForJob(spec.data, spec.seed, host, decided ? { decided } : {});
  putFile(host, preprocessingFile(data));
  const work = runWork(valid, sizesOf(data));
  const deadline = foresee(work, spec, host, context.reckoning, began);
  const built = await warmStart(buildNet(layers, spec), spec.model, dataFolder());
  const { order, batches } = batchOrder(spec, data);
  const observed = observationLayout(spec, built, plannedSteps(spec, order.stepsPerEpoch));
  const task: Task = { spec, built, data, batches, observed };
  const resume = context.resume
    ? decodeCheckpoint(context.resume.name, context.resume.files, checkpointLayout(task))
    : null;
  const ofModules = spec.checks === 'on' && !resume ? await checkModules(spec, host) : [];
  refuseFailed(ofModules, spec, host, context);
  recordTask(task, spec.metrics);
  const { plan, report } = choosePlan(task, resume?.run.plan ?? spec.plan);
  host.report({ plan: report });
  host.emit({ type: 'plan', plan: report });
  if (report.plan === 'eager' && spec.plan !== 'eager') {
    host.emit({
      type: 'notice',
      level: 'warning',
      message: `the step runs eagerly, 3 to 5 times slower: ${report.reason}`,
    });
  }
  if (resume) announceResume(host, resume, report, context.resume!.name);
  const target = dataShape(spec.data).target;
  const findings = resume
    ? []
    : [...ofModules, ...check(spec, host, context, { spec, built, data, target, task, plan })];
  const { stepsPerEpoch } = order;
  const tell = (finding: Finding) => host.emit({ type: 'finding', finding });
  const listener = new RunDiagnosis({ spec, task, stepsPerEpoch, findings, tell, resumed: resume?.run.listener });
  const resumeName = context.resume?.name ?? null;
  const loop = await runDiagnosed(listener, plan, host, context.jobId, (listening) =>
    new RunLoop({ spec, task, plan, report, order, resume, resumeName, listener, deadline }, listening).run(),
  );
  if (loop.stopped) return stopped(loop.stopped, host, spec, listener.halting);
  const trainedAt = Date.now();
  if (loop.stoppedBy === 'dollars') tellMoneyIsSpent(spec, host, loop.steps, work.steps);
  host.report({ progress: phase('exporting', spec, loop) });
  const test = testWeights(plan, loop.weights, data.splits.test);
  putScores(host, plan, loop, data, spec.metrics);
  const averaged = loop.average && withOwnStatistics(plan, task, order, loop.average);
  const average = averaged && {
    validation: testWeights(plan, averaged, data.splits.validation),
    test: testWeights(plan, averaged, data.splits.test),
  };
  plan.dispose();
  const { ensemble: trained } = spec;
  const membersOf = (weights: State) => (trained ? membersOfRun(spec, trained.members, layers, weights) : null);
  const members = membersOf(loop.weights);
  const exporting = (weights: State, committee: readonly Member[] | null) =>
    trained && committee ? exportEnsemble(committee, trained.average, data) : exportModel(built, weights, data);
  if (averaged) {
    const { files } = await exporting(averaged, membersOf(averaged));
    for (const file of [preprocessingFile(data), ...files]) putFile(host, { ...file, name: `average/${file.name}` });
  }
  const exported = await exporting(loop.weights, members);
  for (const file of exported.files) putFile(host, file);
  const ensemble = trained && members ? judgeMembers(members, data, trained.average) : null;
  if (exported.fixedBatch !== null) {
    host.emit({
      type: 'notice',
      level: 'warning',
      message: `the SavedModel takes batches of ${exported.fixedBatch} only: the model's own operations fix the size`,
    });
  }
  if (spec.model.layers.some(({ type }) => type === 'module')) {
    host.emit({
      type: 'notice',
      level: 'info',
      message:
        "model/model.json names a layer of one's own, AnnealModule, which a program has to have before it can load it; saved_model needs nothing",
    });
  }
  const filters = await filtersPicture(built, loop.weights);
  if (filters) host.put('filters.png', 'image/png', filters);
  built.dispose();
  return {
    kind: 'succeeded',
    result: { ...resultOf(loop, order, parameters, context), test, average, ensemble, cost: null },
    measured: context.reckoning && !resume ? measuredBy(loop, work, context.reckoning.machine, trainedAt) : null,
  };
};

/** @throws AnnealError `stopped_by_diagnosis` where the spec wants that */
function stopped(
  by: NonNullable<LoopResult['stopped']>,
  host: TrainerHost,
  { onDiagnosis }: TrainSpec,
  halting: Finding | null,
): RunOutcome {
  if (!halting || host.stopRequested()) return { kind: 'stopped', by };
  const reason = `${halting.cause}: ${halting.message}`;
  if (onDiagnosis === 'stop') throw new AnnealError('stopped_by_diagnosis', `the diagnosis stopped the run: ${reason}`);
  return { kind: 'stopped', by, reason: `the diagnosis paused the run: ${reason}` };
}

const putFile = (host: TrainerHost, { name, contentType, bytes }: ExportedFile) => host.put(name, contentType, bytes);

function check(
  spec: TrainSpec,
  host: TrainerHost,
  context: RunContext,
  input: Parameters<typeof runChecks>[0],
): Finding[] {
  let findings: Finding[] = [];
  if (spec.checks === 'on') {
    host.report({ progress: phase('checking', spec) });
    const tell = (finding: Finding) => host.emit({ type: 'finding', finding });
    const found = dataReport(input.data);
    found.forEach(tell);
    findings = [...found, ...runChecks(input, tell)];
  } else {
    const message = 'the checks before the run were turned off by the spec (checks: off)';
    findings = [{ rule: 'checks', verdict: 'skipped', message, cause: null, evidence: {}, patch: null }];
    host.emit({ type: 'finding', finding: findings[0]! });
  }
  refuseFailed(findings, spec, host, context);
  return findings;
}

/** @throws AnnealError `check_failed` naming the first that failed, where the spec wants that */
function refuseFailed(findings: Finding[], { onCheckFailure }: TrainSpec, host: TrainerHost, { jobId }: RunContext) {
  const failed = findings.find((finding) => finding.verdict === 'fail');
  if (!failed || onCheckFailure !== 'stop') return;
  putDiagnostics(host, jobId, findings);
  throw new AnnealError('check_failed', `check ${failed.rule} failed: ${failed.message}`);
}

function announceResume(host: TrainerHost, { run }: Checkpoint, now: PlanReport, name: string): void {
  const changes = [
    run.threads !== now.threads && `${now.threads} threads instead of ${run.threads}`,
    run.tensorflow !== now.tensorflow && `TensorFlow ${now.tensorflow} instead of ${run.tensorflow}`,
    run.flags !== numericFlags() && `'${numericFlags()}' instead of '${run.flags}'`,
  ].filter((change) => change !== false);
  const message = `goes on from ${name}, step ${run.step}`;
  if (changes.length === 0) host.emit({ type: 'notice', level: 'info', message });
  else
    host.emit({
      type: 'notice',
      level: 'warning',
      message: `${message}, with ${changes.join(' and ')}: not bit for bit what it would have been`,
    });
}

/** Writes `scores.json`: of the best weights, on the splits that were held out. */
function putScores(
  host: TrainerHost,
  plan: Plan,
  loop: LoopResult,
  data: DataSet,
  metrics: TrainSpec['metrics'],
): void {
  plan.set(loop.weights);
  const { validation, test } = data.splits;
  const of = (rows: Int32Array) =>
    rows.length > 0 ? scoresOf((some) => plan.predict(some), data, rows, metrics) : null;
  putJson(host, 'scores.json', { validation: of(validation), test: of(test) });
}

/** Evaluates weights on a split. */
function testWeights(plan: Plan, weights: State, rows: Int32Array): TrainResult['test'] {
  if (rows.length === 0) return null;
  plan.set(weights);
  return plan.evaluate(rows);
}

function resultOf(
  loop: LoopResult,
  order: StepOrder,
  parameters: number,
  context: RunContext,
): Omit<TrainResult, 'test' | 'average' | 'ensemble' | 'cost'> {
  return {
    steps: loop.steps,
    epochs: loop.steps / order.stepsPerEpoch,
    trainSeconds: loop.seconds,
    microsecondsPerStep: loop.microsecondsPerStep,
    stoppedBy: loop.stoppedBy,
    parameters,
    validation: loop.validation,
    best: loop.best,
    peakMemoryBytes: process.resourceUsage().maxRSS * 1024,
    submitToFirstStepSeconds: (loop.firstStepAt - context.submittedAt) / 1000,
  };
}

const phase = (name: Progress['phase'], spec: TrainSpec, loop?: LoopResult): Progress =>
  phaseOf(name, {
    step: loop?.steps ?? 0,
    steps: spec.budget.steps ?? null,
    epochs: spec.budget.epochs ?? null,
    validationLoss: loop?.validation?.loss ?? null,
    validationScore: loop?.validation?.score ?? null,
    microsecondsPerStep: loop?.microsecondsPerStep ?? null,
  });
