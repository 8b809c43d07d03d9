/**
 * Chooses the plan: builds `graph` and, where it may win, `xla`, times both for a moment on the real data and keeps the faster one.
 * The state is set afterwards, so that the trial leaves no trace in the run.
 */
import os from 'node:os';
import { isFullBatch, type PlanReport, sfoKeeps, type TrainSpec } from '@anneal/schemas';
import { isStreamed } from '../data/data-set.ts';
import { sizesOf } from '../full-batch/sfo/sizes.ts';
import { tensorflowVersion } from '../tensorflow.ts';
import { HostRead } from '../trace/trace.ts';
import { eagerPlan } from './eager-plan.ts';
import { graphPlan } from './graph-plan.ts';
import type { Plan, PlanName } from './plan.ts';
import { initialState, setState, type Task } from './task.ts';
import { xlaPlan } from './xla-plan.ts';

export interface Chosen {
  readonly plan: Plan;
  readonly report: PlanReport;
}

/** Seconds that a trial of one plan takes, warm-up apart. */
const TRIAL_SECONDS = 0.08;
/** How long a call of several steps is meant to take in a trial: nearly as long as in the run, where its cost is spread over as many. */
const CALL_MICROSECONDS = 60_000;

const makers: Record<PlanName, (task: Task) => Plan> = { graph: graphPlan, xla: xlaPlan, eager: eagerPlan };

/** `wanted` is the spec's choice, or the plan of the checkpoint that the run goes on from. */
export function choosePlan(task: Task, wanted: TrainSpec['plan']): Chosen {
  if (wanted !== 'auto') return single(task, wanted, `asked for by the spec`);
  if (isFullBatch(task.spec.update)) return single(task, 'graph', needsOf(task));
  let graph: Built;
  try {
    graph = build(task, 'graph');
  } catch (error) {
    if (!(error instanceof HostRead)) throw error;
    return single(task, 'eager', error.message);
  }
  if (task.built.layers.some(({ layer }) => layer.type.includes('conv'))) {
    return finish(
      task,
      graph,
      { graph: timeOnce(graph.plan, task) },
      'a convolutional net: XLA on CPUs has no fast convolutions and compiles for seconds, so it was not tried',
    );
  }
  const graphMicroseconds = time(graph.plan, task, 1);
  let xla: Built;
  try {
    xla = build(task, 'xla');
    warmUp(xla, task);
  } catch (error) {
    return finish(task, graph, { graph: graphMicroseconds }, `XLA can't compile this step: ${firstLine(error)}`);
  }
  const timings = {
    graph: graphMicroseconds,
    xla: time(xla.plan, task, Math.ceil(CALL_MICROSECONDS / graphMicroseconds)),
  };
  const [winner, loser] = timings.xla < timings.graph ? [xla, graph] : [graph, xla];
  loser.plan.dispose();
  const faster = Math.max(timings.graph, timings.xla) / Math.min(timings.graph, timings.xla);
  return finish(
    task,
    winner,
    timings,
    `${faster.toFixed(1)} times as fast as ${loser.plan.name} in a trial at the start`,
  );
}

/** Of a full-batch rule. */
function needsOf(task: Task): string {
  const { update } = task.spec;
  const needs = `${update.rule} needs gradients alone`;
  return update.rule === 'sfo' ? `${needs}, and keeps ${sfoKeeps(sizesOf(task, update))}` : needs;
}

interface Built {
  readonly plan: Plan;
  readonly buildSeconds: number;
  compileSeconds: number;
}

function build(task: Task, name: PlanName): Built {
  const start = performance.now();
  const plan = makers[name](task);
  setState(plan, initialState(task));
  return { plan, buildSeconds: (performance.now() - start) / 1000, compileSeconds: 0 };
}

/** The first call compiles. */
function warmUp(built: Built, task: Task): void {
  const start = performance.now();
  trialSteps(built.plan, task, 1);
  built.compileSeconds = (performance.now() - start) / 1000;
}

function single(task: Task, name: PlanName, reason: string): Chosen {
  const built = build(task, name);
  warmUp(built, task);
  return finish(task, built, { [name]: time(built.plan, task, 1) }, reason);
}

function finish(task: Task, built: Built, timings: PlanReport['microsecondsPerStep'], reason: string): Chosen {
  setState(built.plan, initialState(task));
  const report: PlanReport = {
    plan: built.plan.name,
    reason,
    microsecondsPerStep: timings,
    traceSeconds: built.buildSeconds,
    compileSeconds: built.compileSeconds,
    threads: Number(process.env.TF_NUM_INTRAOP_THREADS) || os.availableParallelism(),
    tensorflow: tensorflowVersion,
    ...(task.data.place && { data: task.data.place }),
  };
  return { plan: built.plan, report };
}

function trialSteps(plan: Plan, task: Task, steps: number): void {
  const batch = task.batches[0]!;
  // Of streamed examples a few, again and again: the steps are timed, not the disk.
  const { training: all } = task.data.splits;
  const training = isStreamed(task.data) ? all.subarray(0, batch) : all;
  const rows = Int32Array.from({ length: steps * batch }, (_value, i) => training[i % training.length]!);
  const zeros = new Float32Array(steps);
  plan.train({ rows, batch, rates: zeros, momenta: task.spec.momentumSchedule && zeros, firstStep: 1 });
}

/** Microseconds of one step after a first one: a rough figure where nothing is decided by it. */
function timeOnce(plan: Plan, task: Task): number {
  trialSteps(plan, task, 1);
  const start = performance.now();
  trialSteps(plan, task, 1);
  return (performance.now() - start) * 1000;
}

/** Microseconds a step in the fastest of some calls that together take about TRIAL_SECONDS: what else the machine does slows a call, nothing speeds it up. */
function time(plan: Plan, task: Task, steps: number): number {
  const count = Math.min(steps, plan.stepsPerCall);
  trialSteps(plan, task, count);
  const calls: number[] = [];
  const end = performance.now() + TRIAL_SECONDS * 1000;
  while (calls.length < 3 || performance.now() < end) {
    const start = performance.now();
    trialSteps(plan, task, count);
    calls.push(((performance.now() - start) * 1000) / count);
  }
  return Math.min(...calls);
}

const firstLine = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n')[0]!.slice(0, 300);
