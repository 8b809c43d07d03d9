/**
 * The `xla` plan: up to K steps in one XLA program, a `While` loop whose body is the step. The batch size that occurs most often runs
 * in the loop; the remainder batch of an epoch runs as a graph step.
 */
import { type FunctionArgument, FunctionBuilder } from '../graph/function.ts';
import { after, type Output } from '../graph/node-list.ts';
import { type Program, ProgramBuilder } from '../program.ts';
import { INPUTS, LABELS } from '../step/batch.ts';
import { emitTrainingStep } from '../step/training-step.ts';
import { DataType } from '../tensorflow.ts';
import {
  addEvaluation,
  addGraphStep,
  declareVariables,
  readState,
  runEvaluation,
  runGraphSteps,
  setData,
} from './graph-program.ts';
import type { Plan, StepBatch, StepLosses } from './plan.ts';
import { layoutOf, stateVariables, type Task } from './task.ts';

/** Most steps of a call: enough to make its cost vanish. How many are taken is up to the caller. */
const MOST_STEPS = 500;

/** K: the full batches of an epoch, if they are not too many. */
const stepsPerCall = ({ data, batches }: Task): number =>
  Math.max(1, Math.min(MOST_STEPS, Math.floor(data.splits.training.length / batches[0]!)));

export function xlaPlan(task: Task): Plan {
  const builder = new ProgramBuilder();
  const [main, ...others] = task.batches;
  const most = stepsPerCall(task);
  declareVariables(builder, task);
  addLoop(builder, task, main!, most);
  for (const batch of others) addGraphStep(builder, task, batch);
  addEvaluation(builder, task);
  const program = builder.load();
  setData(program, task);
  return {
    name: 'xla',
    stepsPerCall: most,
    train: (steps) => (steps.batch === main ? runLoop(program, most, steps) : runGraphSteps(program, steps)),
    evaluate: (rows, of) => runEvaluation(program, rows, of),
    get: (names) => readState(program, names),
    set: (state) => program.set(state),
    dispose: () => program.dispose(),
  };
}

/** Inputs of a call: how many steps it takes, the number of the first, and what each step is fed. */
const inputsOf = (task: Task): FunctionArgument[] => [
  { name: 'turns', type: DataType.int32 },
  { name: 'first', type: DataType.int32 },
  { name: 'rows', type: DataType.int32 },
  { name: 'rates', type: DataType.float32 },
  ...(task.spec.momentumSchedule ? [{ name: 'momenta', type: DataType.float32 }] : []),
];
const TURN = { name: 'turn', type: DataType.int32 };
const LOSSES = { name: 'losses', type: DataType.float32 };

const MUST_COMPILE = { _XlaMustCompile: { bool: true } };

function addLoop(builder: ProgramBuilder, task: Task, batch: number, most: number): void {
  const names = [INPUTS, LABELS, ...stateVariables(task).map((variable) => variable.name)];
  const variables = new Map(names.map((name, index) => [name, `handle${index}`]));
  const handles = [...variables.values()].map((name) => ({ name, type: DataType.resource }));
  const given = inputsOf(task);
  const args = [TURN, ...given, LOSSES, ...handles];
  builder.graph.addFunction(condition(args, variables));
  builder.graph.addFunction(body(args, variables, task, batch));
  builder.graph.addFunction(outer(args, given, handles, variables, most));
  builder.graph.within('loop', () => {
    const { graph } = builder;
    const shapes: Record<string, number[]> = { turns: [], first: [], rows: [most, batch] };
    const inputs = [
      ...given.map(({ name, type }) => graph.placeholder(name, type, shapes[name] ?? [most])),
      ...names.map((name) => graph.variable(name)),
    ];
    const call = graph.node('StatefulPartitionedCall', inputs, {
      Tin: { types: [...given, ...handles].map((arg) => arg.type) },
      Tout: { types: [DataType.float32] },
      config: { string: '' },
      config_proto: { string: '' },
      executor_type: { string: '' },
      f: { func: 'steps' },
      ...MUST_COMPILE,
    });
    builder.name('losses', call, DataType.float32);
  });
}

const asOutputs = (args: readonly FunctionArgument[]) => args.map(({ name, type }) => ({ name: `${name}_out`, type }));

function condition(args: readonly FunctionArgument[], variables: ReadonlyMap<string, string>): FunctionBuilder {
  const fn = new FunctionBuilder('more_steps', args, [{ name: 'more', type: DataType.bool }], variables);
  fn.returns({ more: fn.node('Less', ['turn', 'turns'], { T: { type: DataType.int32 } }) });
  return fn;
}

function body(
  args: readonly FunctionArgument[],
  variables: ReadonlyMap<string, string>,
  task: Task,
  batch: number,
): FunctionBuilder {
  const fn = new FunctionBuilder('one_step', args, asOutputs(args), variables);
  const take = (from: Output, type: DataType) =>
    fn.node('GatherV2', [from, 'turn', fn.integer(0)], {
      Tparams: { type },
      Tindices: { type: DataType.int32 },
      Taxis: { type: DataType.int32 },
      batch_dims: { int: 0 },
    });
  const int32 = { T: { type: DataType.int32 } };
  const inputs = {
    rows: take('rows', DataType.int32),
    rate: take('rates', DataType.float32),
    momentum: task.spec.momentumSchedule && take('momenta', DataType.float32),
    step: fn.node('AddV2', ['first', 'turn'], int32),
  };
  const step = emitTrainingStep(fn, inputs, { ...task, data: layoutOf(task), batch, fused: false });
  const float = { type: DataType.float32 };
  const pair = fn.node('Pack', [step.loss, step.dataLoss], { N: { int: 2 }, T: float, axis: { int: 0 } });
  const row = fn.node('ExpandDims', [pair, fn.integer(0)], { T: float, Tdim: { type: DataType.int32 } });
  const at = fn.node('Pack', ['turn', fn.integer(0)], { N: { int: 2 }, T: { type: DataType.int32 }, axis: { int: 0 } });
  const losses = fn.node('XlaDynamicUpdateSlice', ['losses', row, at], {
    T: float,
    Tindices: { type: DataType.int32 },
  });
  const next = fn.node('AddV2', ['turn', fn.integer(1), ...step.updates.map(after)], int32);
  fn.returns({
    ...Object.fromEntries(args.map(({ name }) => [`${name}_out`, name])),
    turn_out: next,
    losses_out: losses,
  });
  return fn;
}

function outer(
  args: readonly FunctionArgument[],
  given: readonly FunctionArgument[],
  handles: readonly FunctionArgument[],
  variables: ReadonlyMap<string, string>,
  most: number,
): FunctionBuilder {
  const outputs = [{ name: 'result', type: DataType.float32 }];
  const fn = new FunctionBuilder('steps', [...given, ...handles], outputs, variables, MUST_COMPILE);
  const zeros = fn.constant(DataType.float32, [most, 2], new Float32Array(most * 2));
  const names = (list: readonly FunctionArgument[]) => list.map(({ name }) => name);
  const inputs = [fn.integer(0), ...names(given), zeros, ...names(handles)];
  const loop = fn.node('While', inputs, {
    T: { types: args.map((arg) => arg.type) },
    output_shapes: { shapes: [] },
    parallel_iterations: { int: 10 },
    cond: { func: 'more_steps' },
    body: { func: 'one_step' },
  });
  fn.returns({ result: `${loop}:${args.indexOf(LOSSES)}` });
  return fn;
}

function runLoop(program: Program, most: number, { rows, batch, rates, momenta, firstStep }: StepBatch): StepLosses {
  const turns = rates.length;
  const allRows = new Int32Array(most * batch);
  allRows.set(rows);
  const series = (name: string, values: Float32Array) => {
    const all = new Float32Array(most);
    all.set(values);
    return { name: `loop/${name}`, type: DataType.float32, shape: [most], values: all };
  };
  const feeds = [
    { name: 'loop/turns', type: DataType.int32, shape: [], values: new Int32Array([turns]) },
    { name: 'loop/first', type: DataType.int32, shape: [], values: new Int32Array([firstStep]) },
    { name: 'loop/rows', type: DataType.int32, shape: [most, batch], values: allRows },
    series('rates', rates),
    ...(momenta ? [series('momenta', momenta)] : []),
  ];
  const [pairs] = program.run(feeds, ['loop/losses']) as [Float32Array];
  const pick = (offset: number) => Float32Array.from({ length: turns }, (_value, i) => pairs[2 * i + offset]!);
  return { loss: pick(0), dataLoss: pick(1) };
}
