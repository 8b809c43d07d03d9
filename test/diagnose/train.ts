/** Trains a small real net with the engine and hands back the record of the run, as the runner makes it. */
import type { RunRecord } from '@anneal/diagnose';
import {
  batchOrder,
  buildNet,
  choosePlan,
  dataReport,
  initialState,
  type LoadedData,
  type LoopHost,
  loadData,
  observationLayout,
  RunLoop,
  setState,
  type Task,
  warmStart,
} from '@anneal/engine';
import {
  AnnealError,
  dataShape,
  type Finding,
  parse,
  plannedSteps,
  type TrainSpec,
  type TrainSpecInput,
  trainSpec,
  validateTrain,
} from '@anneal/schemas';
import { runChecks } from '@anneal/verify';
import { RunDiagnosis } from '../../services/runner/diagnose-run.ts';
import type { Damage } from './damage.ts';

export interface Trained {
  readonly record: RunRecord;
  /** Of the checks before the run, where they were asked for. */
  readonly checked: readonly Finding[];
  /** Of the diagnosis at the end of the run: causes, the surest first. */
  readonly findings: readonly Finding[];
  /** Told while it trained, and the numbers of the steps after which it was. */
  readonly live: readonly Finding[];
  readonly liveSteps: readonly number[];
}

export interface Options {
  readonly damage?: Damage | undefined;
  /** Whether the checks before a run are made; whatever they find, the run goes on. */
  readonly checks?: boolean;
  /** Where the files lie that the spec names. */
  readonly dataFolder?: string;
}

const loaded = new Map<string, Promise<LoadedData>>();

function load({ data, seed }: TrainSpec, dataFolder: string): Promise<LoadedData> {
  const key = JSON.stringify([data, seed, dataFolder]);
  const found = loaded.get(key) ?? loadData(data, { seed, dataFolder, log: () => {} });
  loaded.set(key, found);
  return found;
}

export async function train(
  input: TrainSpecInput,
  { damage = (data) => data, checks = false, dataFolder = '/' }: Options = {},
): Promise<Trained> {
  const spec = parse(trainSpec, input);
  const data = damage(await load(spec, dataFolder));
  const { layers } = validateTrain(spec, { memoryBytes: Number.POSITIVE_INFINITY });
  const built = await warmStart(buildNet(layers, spec), spec.model, dataFolder);
  const { order, batches } = batchOrder(spec, data);
  const { stepsPerEpoch } = order;
  const task: Task = {
    spec,
    built,
    data,
    batches,
    observed: observationLayout(spec, built, plannedSteps(spec, stepsPerEpoch)),
  };
  const { plan, report } = choosePlan(task, 'graph');
  setState(plan, initialState(task));
  const { target } = dataShape(spec.data);
  const checked = checks
    ? [...dataReport(data), ...runChecks({ spec, built, data, target, task, plan }, () => {})]
    : [];
  const live: Finding[] = [];
  const liveSteps: number[] = [];
  const diagnosis: RunDiagnosis = new RunDiagnosis({
    spec,
    task,
    stepsPerEpoch,
    findings: checked,
    tell: (finding) => {
      live.push(finding);
      liveSteps.push(diagnosis.record(null).stretches.at(-1)?.step ?? 0);
    },
    resumed: undefined,
  });
  try {
    const validation = loop({ spec, task, plan, report, order }, diagnosis);
    const told = [...live];
    const findings = (await diagnosis.end(plan, validation, silent)).filter(({ score }) => score !== undefined);
    const training = plan.evaluate(data.splits.training.subarray(0, 1000));
    return {
      record: diagnosis.record({ training, validation }),
      checked,
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

type LoopInput = ConstructorParameters<typeof RunLoop>[0];

/** Null where the loss became no number. */
function loop(run: Omit<LoopInput, 'resume' | 'resumeName' | 'listener'>, listener: RunDiagnosis) {
  try {
    return new RunLoop({ ...run, resume: null, resumeName: null, listener }, silent).run().validation;
  } catch (error) {
    if (error instanceof AnnealError && error.code === 'non_finite_loss') return null;
    throw error;
  }
}
