/** The training loop: steps, epochs, evaluation, checkpoints, budgets and stops. */
import { type EventBody, isFullBatch, type PlanReport, type Progress, type TrainSpec } from '@anneal/schemas';
import type { BestSoFar, Checkpoint, Judged } from '../checkpoint.ts';
import { decidedOf } from '../data/place.ts';
import { numericFlags } from '../environment.ts';
import type { EvaluatedBy, Plan, State, StepLosses } from '../plan/plan.ts';
import { averageOf, initialState, stateVariables, type Task } from '../plan/task.ts';
import { Annealing } from './annealing.ts';
import { CheckpointKeeper } from './checkpoint-keeper.ts';
import { divergence } from './divergence.ts';
import { RunLimits, type StoppedBy } from './limits.ts';
import { type EpochRow, MetricsRecorder } from './metrics-recorder.ts';
import { findBadTensor, type Snapshot } from './non-finite.ts';
import { ObservationRecorder } from './observation-recorder.ts';
import type { StepOrder } from './order.ts';
import { trainingProgress } from './progress.ts';
import { RangeTest } from './range-test.ts';
import { steering } from './steering.ts';
import { Stopwatch } from './stopwatch.ts';

/** What the loop tells and asks; see the runner's TrainerHost. */
export interface LoopHost {
  emit(body: EventBody): void;
  report(update: { readonly progress: Progress }): void;
  put(name: string, contentType: string, bytes: Uint8Array): void;
  stopRequested(): 'cancel' | 'pause' | 'leave' | null;
}

/** Follows a run: hears of every step and epoch, and is remembered by the checkpoints. */
export interface LoopListener {
  /** Steps from number `first` (from 1) on, at those rates. */
  steps(first: number, losses: StepLosses, rates: Float32Array): void;
  epoch(row: EpochRow): void;
  /** What it has to know when the run goes on from a checkpoint made now, as JSON. */
  readonly state: unknown;
}

export interface LoopInput {
  readonly spec: TrainSpec;
  readonly task: Task;
  readonly plan: Plan;
  readonly report: PlanReport;
  readonly order: StepOrder;
  readonly resume: Checkpoint | null;
  readonly resumeName: string | null;
  readonly listener?: LoopListener;
  /** By `performance.now()`: training ends then, after one step at least, because the money is spent. */
  readonly deadline?: number;
}

export interface LoopResult {
  readonly stopped: 'cancel' | 'pause' | 'leave' | null;
  readonly stoppedBy: StoppedBy;
  readonly steps: number;
  readonly seconds: number;
  readonly microsecondsPerStep: number;
  readonly best: BestSoFar | null;
  /** Weights of the best checkpoint, or the last ones without a validation split. */
  readonly weights: State;
  /** Running average of the parameters at the end, by the names of the weights. */
  readonly average: State | null;
  /** Of the last epoch. */
  readonly validation: Judged | null;
  readonly averageValidation: Judged | null;
  /** Milliseconds since 1970 at which the first step of this attempt had run. */
  readonly firstStepAt: number;
}

/** How long a call of many steps may take: as long as a cancel may have to wait for it. */
const CALL_MICROSECONDS = 80_000;
/** Milliseconds between two progress reports, and between two snapshots to replay from. */
const REPORT_EVERY = 250;
const SNAPSHOT_EVERY = 2000;
/** Milliseconds between two epoch events at least: small nets pass an epoch in no time. */
const EPOCH_EVENT_EVERY = 100;

export class RunLoop {
  private readonly watch: Stopwatch;
  private readonly metrics: MetricsRecorder;
  private readonly observations: ObservationRecorder;
  private readonly annealing: Annealing;
  private readonly limits: RunLimits;
  private readonly keeper: CheckpointKeeper;
  /** Of a learning-rate range test; a resumed one starts its curve anew. */
  private readonly range: RangeTest | null;
  private step: number;
  private epochLoss: { sum: number; examples: number };
  private validation: Judged | null;
  private averageValidation: Judged | null;
  private snapshot: Snapshot;
  private snapshotAt = performance.now();
  private reportedAt = 0;
  private epochToldAt = 0;
  private recentLoss: number | null = null;
  private firstStepAt = 0;
  private converged: boolean;

  constructor(
    private readonly input: LoopInput,
    private readonly host: LoopHost,
  ) {
    const { spec, task, plan, order, resume, resumeName } = input;
    const run = resume?.run;
    const state = resume?.state ?? initialState(task);
    plan.set(state, resume?.memory);
    this.step = run?.step ?? 0;
    this.watch = new Stopwatch(run?.seconds ?? 0);
    this.annealing = new Annealing(spec, order.stepsPerEpoch, run?.annealing);
    this.range = spec.schedule.type === 'range-test' ? new RangeTest() : null;
    this.limits = new RunLimits(spec, order.stepsPerEpoch, run?.patience);
    this.metrics = new MetricsRecorder(this.step, (...file) => host.put(...file));
    this.observations = new ObservationRecorder(task.observed ?? null, (...file) => host.put(...file));
    this.epochLoss = run?.epochLoss ?? { sum: 0, examples: 0 };
    this.converged = run?.converged ?? false;
    this.validation = run?.validation ?? null;
    this.averageValidation = run?.averageValidation ?? null;
    const from = resume && resumeName ? { name: resumeName, checkpoint: resume } : null;
    this.keeper = new CheckpointKeeper(task, order.stepsPerEpoch, host, from, spec.checkpoints);
    this.snapshot = { step: this.step, state };
  }

  run(): LoopResult {
    const { order, task } = this.input;
    let stopped = this.host.stopRequested();
    while (!stopped && !this.finished()) {
      this.takeSteps();
      if (this.step % order.stepsPerEpoch === 0) this.endEpoch();
      stopped = this.host.stopRequested();
    }
    const partial = this.step % order.stepsPerEpoch !== 0;
    if (stopped === 'pause' || stopped === 'leave') this.checkpoint(null, true);
    else if (!stopped && partial) this.endEpoch();
    this.flush();
    if (this.range && !stopped) this.host.emit({ type: 'finding', finding: this.range.finding(this.input.spec) });
    this.report(true);
    return {
      stopped,
      stoppedBy: this.finished() ?? 'seconds',
      steps: this.step,
      seconds: this.watch.seconds,
      microsecondsPerStep: this.watch.microsecondsPerStep ?? 0,
      best: this.keeper.best,
      weights: this.keeper.bestWeights ?? this.state(),
      average: averageOf(task, this.state()),
      validation: this.validation,
      averageValidation: this.averageValidation,
      firstStepAt: this.firstStepAt || Date.now(),
    };
  }

  private finished(): StoppedBy | null {
    if (this.range?.diverged) return 'range-test';
    if (this.converged) return 'converged';
    const reached = this.limits.reached(this.step, this.watch.seconds);
    const spent = this.firstStepAt > 0 && performance.now() >= (this.input.deadline ?? Number.POSITIVE_INFINITY);
    return reached ?? (spent ? 'dollars' : null);
  }

  private takeSteps(): void {
    const { plan, order, report } = this.input;
    this.keepSnapshot();
    const quick = Math.max(1, Math.floor(CALL_MICROSECONDS / (report.microsecondsPerStep[plan.name] ?? 1)));
    const most = Math.min(plan.stepsPerCall, quick, (this.limits.steps ?? Number.POSITIVE_INFINITY) - this.step);
    const { rows, batch, steps, window } = order.take(this.step, most);
    const scheduled = this.annealing.of(this.step, steps);
    const firstStep = this.step + 1;
    const losses = this.watch.time(steps, () => plan.train({ rows, batch, window, ...scheduled, firstStep }));
    if (this.firstStepAt === 0) this.firstStepAt = Date.now();
    this.record(losses, scheduled.rates, batch);
    this.observations.add(losses.observations);
    this.converged = losses.converged ?? false;
    this.input.listener?.steps(firstStep, losses, scheduled.rates);
    const bad = losses.loss.findIndex((loss) => !Number.isFinite(loss));
    if (bad >= 0 && !this.range) this.failNonFinite(this.step + bad + 1, losses.loss[bad]!);
    this.step += steps;
    this.report(false);
  }

  private record(losses: StepLosses, rates: Float32Array, batch: number): void {
    const { seconds } = this.watch;
    let sum = 0;
    losses.loss.forEach((loss, i) => {
      this.metrics.add(loss, losses.dataLoss[i]!, rates[i]!, seconds);
      this.range?.add(loss, rates[i]!);
      sum += loss;
    });
    this.epochLoss = {
      sum: this.epochLoss.sum + sum * batch,
      examples: this.epochLoss.examples + batch * rates.length,
    };
    const mean = sum / rates.length;
    this.recentLoss =
      this.recentLoss === null ? mean : this.recentLoss + (mean - this.recentLoss) * Math.min(1, rates.length / 50);
  }

  private endEpoch(): void {
    const { plan, order, task, spec } = this.input;
    const { validation } = task.data.splits;
    const judge = (of: EvaluatedBy) => (validation.length > 0 ? plan.evaluate(validation, of) : null);
    this.validation = judge('weights');
    this.averageValidation = spec.averaging ? judge('average') : null;
    const { metrics, judged: steered } = steering(spec, this.validation, plan, task.data);
    if (steered) {
      this.limits.observe(steered.score);
      this.annealing.observe(steered.score);
    }
    const row: EpochRow = {
      epoch: Math.ceil(this.step / order.stepsPerEpoch),
      step: this.step,
      trainingLoss: this.epochLoss.sum / this.epochLoss.examples,
      validationLoss: this.validation?.loss ?? null,
      validationScore: this.validation?.score ?? null,
      averageLoss: this.averageValidation?.loss ?? null,
      averageScore: this.averageValidation?.score ?? null,
      ...(metrics && { metrics }),
      seconds: this.watch.seconds,
    };
    this.metrics.addEpoch(row);
    this.input.listener?.epoch(row);
    const last = this.finished() !== null;
    const now = performance.now();
    if (last || now - this.epochToldAt >= EPOCH_EVENT_EVERY) {
      this.epochToldAt = now;
      this.host.emit({ type: 'epoch', ...row });
    }
    this.epochLoss = { sum: 0, examples: 0 };
    this.checkpoint(steered, last);
  }

  private checkpoint(judged: Judged | null, force: boolean): void {
    const { report, spec, plan } = this.input;
    const run = {
      version: 1 as const,
      step: this.step,
      seed: spec.seed,
      plan: report.plan,
      threads: report.threads,
      tensorflow: report.tensorflow,
      flags: numericFlags(),
      seconds: this.watch.seconds,
      epochLoss: this.epochLoss,
      validation: this.validation,
      averageValidation: this.averageValidation,
      patience: this.limits.patience,
      ...(this.converged && { converged: true }),
      annealing: this.annealing.state,
      data: decidedOf(this.input.task.data),
      listener: this.input.listener?.state,
    };
    this.keeper.offer(
      run,
      () => ({ state: this.state(), memory: plan.memory?.() }),
      judged,
      force,
      () => this.flush(),
    );
  }

  private state(): State {
    return this.input.plan.get(stateVariables(this.input.task).map((variable) => variable.name));
  }

  private keepSnapshot(): void {
    if (performance.now() - this.snapshotAt < SNAPSHOT_EVERY) return;
    this.snapshot = { step: this.step, state: this.state() };
    this.snapshotAt = performance.now();
  }

  private flush(): void {
    this.metrics.flush();
    this.observations.flush();
  }

  private failNonFinite(step: number, loss: number): never {
    this.flush();
    const { task, order, spec } = this.input;
    const scheduled = (from: number, steps: number) => this.annealing.of(from, steps);
    const bad = isFullBatch(spec.update) ? undefined : findBadTensor(task, order, this.snapshot, step, scheduled);
    const { finding, error } = divergence({ step, loss, rate: spec.schedule.rate, bad });
    this.host.emit({ type: 'finding', finding });
    throw error;
  }

  private report(force: boolean): void {
    const now = performance.now();
    if (!force && now - this.reportedAt < REPORT_EVERY) return;
    this.reportedAt = now;
    const { order, spec } = this.input;
    const { microsecondsPerStep, seconds } = this.watch;
    const { steps } = this.limits;
    const { stepsPerEpoch } = order;
    const { step, recentLoss: loss, validation } = this;
    const progress = trainingProgress(spec.budget, {
      step,
      steps,
      stepsPerEpoch,
      loss,
      validation,
      microsecondsPerStep,
      seconds,
    });
    this.host.report({ progress });
  }
}
