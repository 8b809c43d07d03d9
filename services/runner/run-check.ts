/** A check job: the data report and the checks of a train spec, by the plan that would train, and no training. */
import { batchOrder, buildNet, choosePlan, dataReport, recordTask, type Task, warmStart } from '@anneal/engine';
import { AnnealError, type CheckResult, type CheckSpec, dataShape, type Finding, validateTrain } from '@anneal/schemas';
import { inDoubles, isUnavailable, runChecks, scanSteps } from '@anneal/verify';
import { putDiagnostics } from './diagnose-run.ts';
import { dataFolder, loadForJob } from './load-for-job.ts';
import { checkModules } from './own-code.ts';
import { phaseOf } from './phase.ts';
import { putJson } from './put-json.ts';
import type { RunSpec, TrainerHost } from './trainer-host.ts';

export const runCheck: RunSpec<CheckSpec> = async ({ spec, only, failOn, stepScan }, host, { jobId }) => {
  host.report({ progress: phaseOf('preparing') });
  const { layers, parameters } = validateTrain(spec, { memoryBytes: Number.POSITIVE_INFINITY });
  const data = await loadForJob(spec.data, spec.seed, host);
  const built = await warmStart(buildNet(layers, spec), spec.model, dataFolder());
  const task: Task = { spec, built, data, batches: batchOrder(spec, data).batches };
  const ofModules = only ? [] : await checkModules(spec, host);
  recordTask(task, spec.metrics);
  // Which plan is faster is of no matter here, so none is timed.
  const { plan, report } = choosePlan(task, spec.plan === 'auto' ? 'graph' : spec.plan);
  host.report({ plan: report, progress: phaseOf('checking') });
  const start = performance.now();
  const tell = (finding: Finding) => host.emit({ type: 'finding', finding });
  const reported = only ? [] : dataReport(data);
  reported.forEach(tell);
  const { target } = dataShape(spec.data);
  const findings = [...ofModules, ...reported, ...runChecks({ spec, built, data, target, task, plan }, tell, only)];
  if (stepScan) scan(spec, task, host);
  plan.dispose();
  built.dispose();
  putDiagnostics(host, jobId, findings);
  refuse(findings, failOn);
  const seconds = (performance.now() - start) / 1000;
  const peakMemoryBytes = process.resourceUsage().maxRSS * 1024;
  return { kind: 'succeeded', result: { ...countsOf(findings), parameters, seconds, peakMemoryBytes } };
};

/** Examples that the gradient is scanned on. */
const SCANNED = 3;

function scan(spec: CheckSpec['spec'], { built, data }: Task, host: TrainerHost): void {
  const rows = data.splits.training.subarray(0, SCANNED);
  const found = inDoubles(spec, { built, data }, rows, (loss) => scanSteps(loss, spec.seed));
  if (isUnavailable(found))
    host.emit({ type: 'notice', level: 'warning', message: `there is no scan over h: ${found.unavailable}` });
  else putJson(host, 'gradient-scan.json', found);
}

/** @throws AnnealError `check_failed` naming the first that failed */
function refuse(findings: readonly Finding[], failOn: CheckSpec['failOn']): void {
  const failed = findings.filter(({ verdict }) => verdict === 'fail' || (failOn === 'warn' && verdict === 'warn'));
  const [first] = failed;
  if (!first) return;
  const more = failed.length > 1 ? ` (and ${failed.length - 1} more)` : '';
  throw new AnnealError('check_failed', `check ${first.rule} failed: ${first.message}${more}`);
}

function countsOf(findings: readonly Finding[]): Pick<CheckResult, Finding['verdict']> {
  const of = (wanted: Finding['verdict']): number => findings.filter(({ verdict }) => verdict === wanted).length;
  return { pass: of('pass'), warn: of('warn'), fail: of('fail'), skipped: of('skipped') };
}
