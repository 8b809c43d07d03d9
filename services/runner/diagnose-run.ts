/** Follows a run for the diagnosis: keeps its record, tells of causes while it trains, and judges it at its end. */
import {
  conclude,
  type EpochPoint,
  type RecorderState,
  type RunRecord,
  RunRecorder,
  type WatchState,
  watch,
  watchStart,
} from '@anneal/diagnose';
import {
  firstMemberLayers,
  type LoopHost,
  type LoopListener,
  type LoopResult,
  type Plan,
  type Task,
} from '@anneal/engine';
import { AnnealError, type Diagnostics, dataShape, type Finding, plannedSteps, type TrainSpec } from '@anneal/schemas';
import { summarise } from './data-summary.ts';
import { experiment, JUDGED } from './experiments.ts';
import { putJson } from './put-json.ts';
import type { TrainerHost } from './trainer-host.ts';

export interface DiagnosedRun {
  readonly spec: TrainSpec;
  readonly task: Task;
  readonly stepsPerEpoch: number;
  /** Of the checks before the run. */
  readonly findings: readonly Finding[];
  readonly tell: (finding: Finding) => void;
  /** Of the checkpoint that the run goes on from. */
  readonly resumed: unknown;
}

interface DiagnosisState {
  readonly recorder: RecorderState;
  readonly watch: WatchState;
  readonly findings: readonly Finding[];
}

export class RunDiagnosis implements LoopListener {
  readonly #run: DiagnosedRun;
  readonly #recorder: RunRecorder;
  readonly #fixed: Pick<RunRecord, 'spec' | 'layers' | 'target' | 'stepsPerEpoch' | 'plannedSteps'>;
  readonly #names: readonly string[];
  #findings: readonly Finding[];
  /** Made when it is first asked for, so that it doesn't hold up the first step. */
  #data: RunRecord['data'] | undefined;
  #watch: WatchState;
  #halting: Finding | null = null;

  constructor(run: DiagnosedRun) {
    const { spec, task, stepsPerEpoch } = run;
    const resumed = run.resumed as DiagnosisState | undefined;
    this.#run = run;
    this.#recorder = new RunRecorder(resumed?.recorder);
    this.#watch = resumed?.watch ?? watchStart;
    this.#findings = resumed?.findings ?? run.findings;
    this.#names = task.observed?.scalars ?? [];
    this.#fixed = {
      spec,
      layers: firstMemberLayers(task.built),
      target: dataShape(spec.data).target,
      stepsPerEpoch,
      plannedSteps: plannedSteps(spec, stepsPerEpoch),
    };
  }

  steps(first: number, losses: Parameters<LoopListener['steps']>[1], rates: Float32Array): void {
    losses.loss.forEach((loss, i) => {
      this.#recorder.step(first + i, loss, losses.dataLoss[i]!, rates[i]!);
    });
    for (const { step, values } of losses.observations)
      this.#recorder.observed({ step, values: [...values.subarray(0, this.#names.length)] });
  }

  epoch({ step, trainingLoss, validationLoss, validationScore }: EpochPoint): void {
    this.#recorder.epoch({ step, trainingLoss, validationLoss, validationScore });
    const { state, finding } = watch(this.#watch, step, this.#fixed.plannedSteps, () => this.record(null));
    this.#watch = state;
    if (!finding) return;
    this.#run.tell(finding);
    const over = step >= (this.#fixed.plannedSteps ?? Number.POSITIVE_INFINITY);
    if (this.#run.spec.onDiagnosis !== 'warn' && !over) this.#halting = finding;
  }

  /** The finding that stops the run, where the spec wants that; a run that is over has nothing to stop. */
  get halting(): Finding | null {
    return this.#halting;
  }

  get state(): DiagnosisState {
    return { recorder: this.#recorder.state, watch: this.#watch, findings: this.#findings };
  }

  record(end: RunRecord['end']): RunRecord {
    const { observed: rows, ...seen } = this.#recorder.seen;
    this.#data ??= summarise(this.#run.task.data);
    const observed = { names: this.#names, rows };
    return { ...this.#fixed, ...seen, data: this.#data, observed, findings: this.#findings, end };
  }

  /** A finding of the loop itself. */
  heard(finding: Finding): void {
    this.#findings = [...this.#findings, finding];
  }

  /** All findings of a run that was stopped: what it is like so far. */
  stop(): Finding[] {
    return this.#told(conclude(this.record(null), this.#watch));
  }

  /**
   * All findings of a run that has ended, to be called while `plan` has the last weights; `validation` is null also where the loop
   * failed. Those of the diagnosis are told, once experiments have ranked them where the spec wants them.
   */
  async end(plan: Plan, validation: LoopResult['validation'], host: TrainerHost): Promise<Finding[]> {
    const { spec, task } = this.#run;
    const { data } = task;
    const record = this.record({ training: plan.evaluate(data.splits.training.subarray(0, JUDGED)), validation });
    const concluded = conclude(record, this.#watch);
    return this.#told(spec.experiments === 'on' ? await experiment(concluded, { record, data }, host) : concluded);
  }

  #told(concluded: readonly Finding[]): Finding[] {
    concluded.forEach(this.#run.tell);
    return [...this.#findings, ...concluded];
  }
}

/** Runs the loop, which `run` starts on the host it is given, and writes `diagnostics.json` however it ends. */
export async function runDiagnosed(
  diagnosis: RunDiagnosis,
  plan: Plan,
  host: TrainerHost,
  jobId: string,
  run: (host: LoopHost) => LoopResult,
): Promise<LoopResult> {
  const listening: LoopHost = {
    ...host,
    emit: (body) => {
      if (body.type === 'finding') diagnosis.heard(body.finding);
      host.emit(body);
    },
    // A run that the diagnosis stops is left as a paused one is: with a checkpoint.
    stopRequested: () => host.stopRequested() ?? (diagnosis.halting ? 'pause' : null),
  };
  try {
    const loop = run(listening);
    const findings = loop.stopped ? diagnosis.stop() : await diagnosis.end(plan, loop.validation, host);
    putDiagnostics(host, jobId, findings);
    return loop;
  } catch (error) {
    if (error instanceof AnnealError && error.code === 'non_finite_loss')
      putDiagnostics(host, jobId, await diagnosis.end(plan, null, host));
    throw error;
  }
}

export function putDiagnostics(host: TrainerHost, jobId: string, findings: Finding[]): void {
  const diagnostics: Diagnostics = { jobId, findings };
  putJson(host, 'diagnostics.json', diagnostics);
}
