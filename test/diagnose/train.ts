/** Trains a small real net with the engine and hands back the record of the run, as the runner makes it. */
import type { RunRecord } from '@anneal/diagnose';
import {
  BatchOrder,
  buildModel,
  graphPlan,
  initialState,
  type LoadedData,
  type LoopHost,
  loadData,
  observationLayout,
  type Plan,
  plannedSteps,
  RunLoop,
  setState,
  type Task,
} from '@anneal/engine';
import {
  AnnealError,
  type Finding,
  inferModel,
  parse,
  type TrainSpec,
  type TrainSpecInput,
  trainSpec,
} from '@anneal/schemas';
import { RunDiagnosis } from '../../services/runner/diagnose-run.ts';

export interface Trained {
  readonly record: RunRecord;
  /** Causes, at the end of the run. */
  readonly findings: readonly Finding[];
  /** Told while it trained, and the numbers of the steps after which it was. */
  readonly live: readonly Finding[];
  readonly liveSteps: readonly number[];
}

const loaded = new Map<string, Promise<LoadedData>>();

function load({ data, seed }: TrainSpec): Promise<LoadedData> {
  const key = JSON.stringify([data, seed]);
  const found = loaded.get(key) ?? loadData(data, { seed, dataFolder: '/', log: () => {} });
  loaded.set(key, found);
  return found;
}

/** `change` damages the data. */
export async function train(input: TrainSpecInput, change = (data: LoadedData): LoadedData => data): Promise<Trained> {
  const spec = parse(trainSpec, input);
  const data = change(await load(spec));
  const built = buildModel(inferModel(spec.model, data.inputs.shape.slice(1)), spec.seed);
  const order = new BatchOrder(data.splits.training, spec.batchSize * spec.accumulate, spec.seed);
  const { stepsPerEpoch } = order;
  const task: Task = {
    spec,
    built,
    data,
    batches: order.batches,
    observed: observationLayout(spec, built, plannedSteps(spec, stepsPerEpoch)),
  };
  const plan = graphPlan(task);
  setState(plan, initialState(task));
  const live: Finding[] = [];
  const liveSteps: number[] = [];
  const diagnosis: RunDiagnosis = new RunDiagnosis({
    spec,
    task,
    stepsPerEpoch,
    findings: [],
    tell: (finding) => {
      live.push(finding);
      liveSteps.push(diagnosis.record(null).stretches.at(-1)?.step ?? 0);
    },
    resumed: undefined,
  });
  try {
    const validation = loop(spec, task, plan, order, diagnosis);
    const told = [...live];
    const findings = (await diagnosis.end(plan, validation, silent)).filter(({ cause }) => cause !== null);
    const training = plan.evaluate(data.splits.training.subarray(0, 1000));
    return {
      record: diagnosis.record({ training, validation }),
      findings,
      live: told,
      liveSteps: liveSteps.slice(0, told.length),
    };
  } finally {
    plan.dispose();
    built.dispose();
  }
}

const silent: LoopHost = { emit: () => {}, report: () => {}, put: () => {}, stopRequested: () => null };

/** Null where the loss became no number. */
function loop(spec: TrainSpec, task: Task, plan: Plan, order: BatchOrder, listener: RunDiagnosis) {
  const report = {
    plan: 'graph' as const,
    reason: 'the test',
    microsecondsPerStep: { graph: 500 },
    traceSeconds: 0,
    compileSeconds: 0,
    threads: 1,
    tensorflow: '',
  };
  try {
    return new RunLoop({ spec, task, plan, report, order, resume: null, resumeName: null, listener }, silent).run()
      .validation;
  } catch (error) {
    if (error instanceof AnnealError && error.code === 'non_finite_loss') return null;
    throw error;
  }
}
