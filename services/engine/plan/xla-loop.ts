/** The loop of the `xla` plan: a `While` whose body is one training step, compiled by XLA. */
import { type FunctionArgument, FunctionBuilder } from '../graph/function.ts';
import { after, type Output } from '../graph/node-list.ts';
import { emitObserved, observationSlots } from '../observe/xla-observation.ts';
import type { ProgramBuilder } from '../program.ts';
import { INPUTS, LABELS } from '../step/batch.ts';
import { emitTrainingStep } from '../step/training-step.ts';
import { DataType } from '../tensorflow.ts';
import { layoutOf, stateVariables, type Task } from './task.ts';

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
const OBSERVATIONS = { name: 'observations', type: DataType.float32 };

const MUST_COMPILE = { _XlaMustCompile: { bool: true } };

/** Adds the loop of up to `most` steps under the name `loop`. */
export function addLoop(builder: ProgramBuilder, task: Task, batch: number, most: number): void {
  const names = [INPUTS, LABELS, ...stateVariables(task).map((variable) => variable.name)];
  const variables = new Map(names.map((name, index) => [name, `handle${index}`]));
  const handles = [...variables.values()].map((name) => ({ name, type: DataType.resource }));
  const given = inputsOf(task);
  const kept = task.observed ? [LOSSES, OBSERVATIONS] : [LOSSES];
  const args = [TURN, ...given, ...kept, ...handles];
  builder.graph.addFunction(condition(args, variables));
  builder.graph.addFunction(body(builder, args, variables, task, batch));
  builder.graph.addFunction(outer(args, given, kept, handles, variables, task, most));
  builder.graph.within('loop', () => {
    const { graph } = builder;
    const shapes: Record<string, number[]> = { turns: [], first: [], rows: [most, batch] };
    const inputs = [
      ...given.map(({ name, type }) => graph.placeholder(name, type, shapes[name] ?? [most])),
      ...names.map((name) => graph.variable(name)),
    ];
    const call = graph.node('StatefulPartitionedCall', inputs, {
      Tin: { types: [...given, ...handles].map((arg) => arg.type) },
      Tout: { types: kept.map((arg) => arg.type) },
      config: { string: '' },
      config_proto: { string: '' },
      executor_type: { string: '' },
      f: { func: 'steps' },
      ...MUST_COMPILE,
    });
    kept.forEach(({ name }, i) => {
      builder.name(name, i === 0 ? call : `${call}:${i}`, DataType.float32);
    });
  });
}

const asOutputs = (args: readonly FunctionArgument[]) => args.map(({ name, type }) => ({ name: `${name}_out`, type }));

function condition(args: readonly FunctionArgument[], variables: ReadonlyMap<string, string>): FunctionBuilder {
  const fn = new FunctionBuilder('more_steps', args, [{ name: 'more', type: DataType.bool }], variables);
  fn.returns({ more: fn.node('Less', ['turn', 'turns'], { T: { type: DataType.int32 } }) });
  return fn;
}

function body(
  builder: ProgramBuilder,
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
  const { observed } = task;
  const observations = observed && emitObserved(builder.graph, fn, observed, step.observable(), inputs.step);
  fn.returns({
    ...Object.fromEntries(args.map(({ name }) => [`${name}_out`, name])),
    turn_out: next,
    losses_out: losses,
    ...(observations && { observations_out: observations }),
  });
  return fn;
}

function outer(
  args: readonly FunctionArgument[],
  given: readonly FunctionArgument[],
  kept: readonly FunctionArgument[],
  handles: readonly FunctionArgument[],
  variables: ReadonlyMap<string, string>,
  { observed }: Task,
  most: number,
): FunctionBuilder {
  const outputs = asOutputs(kept);
  const fn = new FunctionBuilder('steps', [...given, ...handles], outputs, variables, MUST_COMPILE);
  const zeros = (shape: readonly number[]) =>
    fn.constant(DataType.float32, shape, new Float32Array(shape.reduce((a, b) => a * b, 1)));
  const results = [zeros([most, 2])];
  if (observed) results.push(zeros([observationSlots(observed, most), observed.length]));
  const names = (list: readonly FunctionArgument[]) => list.map(({ name }) => name);
  const inputs = [fn.integer(0), ...names(given), ...results, ...names(handles)];
  const loop = fn.node('While', inputs, {
    T: { types: args.map((arg) => arg.type) },
    output_shapes: { shapes: [] },
    parallel_iterations: { int: 10 },
    cond: { func: 'more_steps' },
    body: { func: 'one_step' },
  });
  fn.returns(Object.fromEntries(kept.map((arg) => [`${arg.name}_out`, `${loop}:${args.indexOf(arg)}`])));
  return fn;
}
