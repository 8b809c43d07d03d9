/** The training loop: steps, epochs, evaluation, checkpoints, budgets and stops. */
import { AnnealError, type EventBody, type PlanReport, type Progress, type TrainSpec } from '@anneal/schemas';
import type { BestSoFar, Checkpoint } from '../checkpoint.ts';
import { numericFlags } from '../environment.ts';
import type { Plan, State, StepLosses } from '../plan/plan.ts';
import { getState, initialState, setState, stateVariables, type Task } from '../plan/task.ts';
import { Annealing } from './annealing.ts';
import { CheckpointKeeper, type Judged } from './checkpoint-keeper.ts';
import { type EpochRow, MetricsRecorder } from './metrics-recorder.ts';
import { findBadTensor, type Snapshot } from './non-finite.ts';
import type { BatchOrder } from './order.ts';
import { Stopwatch } from './stopwatch.ts';

/** What the loop tells and asks; see the runner's TrainerHost. */
export interface LoopHost {
  emit(body: EventBody): void;
  report(update: { readonly progress: Progress }): void;
  put(name: string, contentType: string, bytes: Uint8Array): void;
  stopRequested(): 'cancel' | 'pause' | 'leave' | null;
}

export interface LoopInput {
  readonly spec: TrainSpec;
  readonly task: Task;
  readonly plan: Plan;
  readonly report: PlanReport;
  readonly order: BatchOrder;
  readonly resume: Checkpoint | null;
  readonly resumeName: string | null;
  /** Milliseconds between two checkpoints at least, the last one apart. */
  readonly checkpointInterval?: number;
}

export interface LoopResult {
  readonly stopped: 'cancel' | 'pause' | 'leave' | null;
  readonly stoppedBy: 'epochs' | 'steps' | 'seconds';
  readonly steps: number;
  readonly seconds: number;
  readonly microsecondsPerStep: number;
  readonly best: BestSoFar | null;
  /** Weights of the best checkpoint, or the last ones without a validation split. */
  readonly weights: State;
  readonly validation: { loss: number; score: number } | null;
  /** Milliseconds since 1970 at which the first step of this attempt had run. */
  readonly firstStepAt: number;
}

/** How long a call of many steps may take: as long as a cancel may have to wait for it. */
const CALL_MICROSECONDS = 80_000;
/** Milliseconds between two progress reports, and between two snapshots to replay from. */
const REPORT_EVERY = 250;
const SNAPSHOT_EVERY = 2000;
/** Milliseconds between two checkpoints, and between two epoch events, at least: small nets pass an epoch in no time. */
const CHECKPOINT_EVERY = 10_000;
const EPOCH_EVENT_EVERY = 100;

export class RunLoop {
  private readonly watch: Stopwatch;
  private readonly metrics: MetricsRecorder;
  private readonly annealing: Annealing;
  private validation: Judged | null = null;
  private step: number;
  private epochLoss: { sum: number; examples: number };
  private readonly keeper: CheckpointKeeper;
  private snapshot: Snapshot;
  private snapshotAt = performance.now();
  private reportedAt = 0;
  private epochToldAt = 0;
  private recentLoss: number | null = null;
  private firstStepAt = 0;

  constructor(
    private readonly input: LoopInput,
    private readonly host: LoopHost,
  ) {
    const run = input.resume?.run;
    const state = input.resume?.state ?? initialState(input.task);
    setState(input.plan, state);
    this.step = run?.step ?? 0;
    this.watch = new Stopwatch(run?.seconds ?? 0);
    this.annealing = new Annealing(input.spec, input.order.stepsPerEpoch);
    this.metrics = new MetricsRecorder(this.step, (...file) => host.put(...file));
    this.epochLoss = run?.epochLoss ?? { sum: 0, examples: 0 };
    const resume = input.resume && input.resumeName ? { name: input.resumeName, checkpoint: input.resume } : null;
    const interval = input.checkpointInterval ?? CHECKPOINT_EVERY;
    this.keeper = new CheckpointKeeper(input.task, input.order.stepsPerEpoch, host, resume, interval);
    this.snapshot = { step: this.step, state };
  }

  run(): LoopResult {
    const { order, spec } = this.input;
    let stopped = this.host.stopRequested();
    while (!stopped && !this.finished()) {
      this.takeSteps();
      if (this.step % order.stepsPerEpoch === 0) this.endEpoch(this.finished() !== null);
      stopped = this.host.stopRequested();
    }
    const partial = this.step % order.stepsPerEpoch !== 0;
    if (stopped === 'pause' || stopped === 'leave') this.checkpoint(null, true);
    else if (!stopped && partial) this.endEpoch(true);
    this.metrics.flush();
    this.report(true);
    return {
      stopped,
      stoppedBy: this.finished() ?? (spec.budget.epochs === undefined ? 'steps' : 'epochs'),
      steps: this.step,
      seconds: this.watch.seconds,
      microsecondsPerStep: this.watch.microsecondsPerStep ?? 0,
      best: this.keeper.best,
      weights: this.keeper.bestWeights ?? this.state(),
      validation: this.validation,
      firstStepAt: this.firstStepAt,
    };
  }

  /** Planned number of steps, null when only time ends the run. */
  private get planned(): number | null {
    const { epochs, steps } = this.input.spec.budget;
    const fromEpochs = epochs === undefined ? Number.POSITIVE_INFINITY : epochs * this.input.order.stepsPerEpoch;
    const least = Math.min(fromEpochs, steps ?? Number.POSITIVE_INFINITY);
    return Number.isFinite(least) ? least : null;
  }

  private finished(): LoopResult['stoppedBy'] | null {
    const { epochs, steps, seconds } = this.input.spec.budget;
    if (epochs !== undefined && this.step >= epochs * this.input.order.stepsPerEpoch) return 'epochs';
    if (steps !== undefined && this.step >= steps) return 'steps';
    return seconds !== undefined && this.watch.seconds >= seconds ? 'seconds' : null;
  }

  private takeSteps(): void {
    const { plan, order, report } = this.input;
    this.keepSnapshot();
    const quick = Math.max(1, Math.floor(CALL_MICROSECONDS / (report.microsecondsPerStep[plan.name] ?? 1)));
    const most = Math.min(plan.stepsPerCall, quick, (this.planned ?? Number.POSITIVE_INFINITY) - this.step);
    const { rows, batch, steps } = order.take(this.step, most);
    const scheduled = this.annealing.of(this.step, steps);
    const firstStep = this.step + 1;
    const losses = this.watch.time(steps, () => plan.train({ rows, batch, ...scheduled, firstStep }));
    if (this.firstStepAt === 0) this.firstStepAt = Date.now();
    this.record(losses, scheduled.rates, batch);
    const bad = losses.loss.findIndex((loss) => !Number.isFinite(loss));
    if (bad >= 0) this.failNonFinite(this.step + bad + 1, losses.loss[bad]!);
    this.step += steps;
    this.report(false);
  }

  private record(losses: StepLosses, rates: Float32Array, batch: number): void {
    const { seconds } = this.watch;
    let sum = 0;
    losses.loss.forEach((loss, i) => {
      this.metrics.add(loss, losses.dataLoss[i]!, rates[i]!, seconds);
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

  private endEpoch(last: boolean): void {
    const { plan, order, task } = this.input;
    const { validation } = task.data.splits;
    const judged = validation.length > 0 ? plan.evaluate(validation) : null;
    this.validation = judged;
    const row: EpochRow = {
      epoch: Math.ceil(this.step / order.stepsPerEpoch),
      step: this.step,
      trainingLoss: this.epochLoss.sum / this.epochLoss.examples,
      validationLoss: judged?.loss ?? null,
      validationScore: judged?.score ?? null,
      seconds: this.watch.seconds,
    };
    this.metrics.addEpoch(row);
    const now = performance.now();
    if (last || now - this.epochToldAt >= EPOCH_EVENT_EVERY) {
      this.epochToldAt = now;
      this.host.emit({ type: 'epoch', ...row });
    }
    this.epochLoss = { sum: 0, examples: 0 };
    this.checkpoint(judged, last);
  }

  private checkpoint(judged: Judged | null, force: boolean): void {
    const { report, spec } = this.input;
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
    };
    this.keeper.offer(
      run,
      () => this.state(),
      judged,
      force,
      () => this.metrics.flush(),
    );
  }

  private state(): State {
    return getState(
      this.input.plan,
      stateVariables(this.input.task).map((variable) => variable.name),
    );
  }

  private keepSnapshot(): void {
    if (performance.now() - this.snapshotAt < SNAPSHOT_EVERY) return;
    this.snapshot = { step: this.step, state: this.state() };
    this.snapshotAt = performance.now();
  }

  private failNonFinite(step: number, loss: number): never {
    this.metrics.flush();
    const { task, order, spec } = this.input;
    const bad = findBadTensor(task, order, this.snapshot, step, (from, steps) => this.annealing.of(from, steps));
    const where = bad
      ? `first bad tensor: ${bad.tensor} at step ${bad.step}`
      : 'every tensor stayed finite when the steps were replayed by the graph plan';
    const message = `the loss became ${loss} at step ${step}; ${where}`;
    const lower = spec.schedule.rate / 10;
    this.host.emit({
      type: 'finding',
      finding: {
        rule: 'non-finite-loss',
        verdict: 'fail',
        message: `${message}; try a learning rate of ${lower}`,
        cause: 'diverged',
        evidence: {
          step,
          loss: String(loss),
          badTensor: bad?.tensor ?? null,
          badStep: bad?.step ?? null,
          rate: spec.schedule.rate,
        },
        patch: [{ op: 'replace', path: '/schedule/rate', value: lower }],
      },
    });
    throw new AnnealError('non_finite_loss', `${message}; try a learning rate of ${lower}`, 'schedule.rate');
  }

  private report(force: boolean): void {
    const now = performance.now();
    if (!force && now - this.reportedAt < REPORT_EVERY) return;
    this.reportedAt = now;
    const { order, spec } = this.input;
    const micros = this.watch.microsecondsPerStep;
    const { planned } = this;
    const bySteps = planned !== null && micros !== null ? ((planned - this.step) * micros) / 1e6 : null;
    const byTime = spec.budget.seconds === undefined ? null : Math.max(0, spec.budget.seconds - this.watch.seconds);
    const left = [bySteps, byTime].filter((value): value is number => value !== null);
    this.host.report({
      progress: {
        phase: 'training',
        step: this.step,
        steps: planned,
        epoch: Math.floor(Math.max(0, this.step - 1) / order.stepsPerEpoch) + 1,
        epochs: spec.budget.epochs ?? null,
        loss: this.recentLoss,
        validationLoss: this.validation?.loss ?? null,
        validationScore: this.validation?.score ?? null,
        microsecondsPerStep: micros,
        secondsLeft: left.length > 0 ? Math.min(...left) : null,
      },
    });
  }
}
