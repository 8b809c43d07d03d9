/** Observations inside the XLA loop: measured only in the steps that are due, each kept in a row of a small buffer. */
import { FunctionBuilder } from '../graph/function.ts';
import type { Graph } from '../graph/graph.ts';
import type { Output } from '../graph/node-list.ts';
import { DataType } from '../tensorflow.ts';
import type { ObservationLayout } from './layout.ts';
import { type Observable, tensorsOf, traceObservation, withOutputs } from './trace-observation.ts';

/** Rows of the buffer that a call of `most` steps needs. */
export const observationSlots = ({ everySteps }: ObservationLayout, most: number): number =>
  Math.floor(most / everySteps) + 1;

const float = DataType.float32;
const INT = { T: { type: DataType.int32 } };

/** In the body of the loop, where `first`, `observations` and `step` (from 1) are: the buffer after the step. */
export function emitObserved(
  graph: Graph,
  fn: FunctionBuilder,
  layout: ObservationLayout,
  observable: Observable,
  step: Output,
): Output {
  const tensors = tensorsOf(observable);
  const args = [
    { name: 'row', type: DataType.int32 },
    { name: 'buffer', type: float },
    ...tensors.map((_tensor, i) => ({ name: `tensor${i}`, type: float })),
  ];
  const outputs = [{ name: 'observed', type: float }];
  const measured = new FunctionBuilder('measure_step', args, outputs, new Map());
  const names = tensors.map((_tensor, i) => `tensor${i}`);
  const vector = traceObservation(measured, layout, withOutputs(observable, names));
  const row = measured.node('ExpandDims', [vector, measured.integer(0)], { T: { type: float }, Tdim: INT.T });
  const at = measured.node('Pack', ['row', measured.integer(0)], { N: { int: 2 }, ...INT, axis: { int: 0 } });
  const slice = { T: { type: float }, Tindices: INT.T };
  measured.returns({ observed: measured.node('XlaDynamicUpdateSlice', ['buffer', row, at], slice) });
  const skipped = new FunctionBuilder('skip_step', args, outputs, new Map());
  skipped.returns({ observed: 'buffer' });
  graph.addFunction(measured);
  graph.addFunction(skipped);

  const every = fn.integer(layout.everySteps);
  const due = fn.node('Equal', [fn.node('FloorMod', [step, every], INT), fn.integer(0)], {
    ...INT,
    incompatible_shape_error: { bool: true },
  });
  // Steps due before this one in the call: ⌊step/every⌋ − ⌊(first−1)/every⌋ − 1.
  const upTo = (number: Output) => fn.node('FloorDiv', [number, every], INT);
  const earlier = upTo(fn.node('Sub', ['first', fn.integer(1)], INT));
  const count = fn.node('Sub', [fn.node('Sub', [upTo(step), earlier], INT), fn.integer(1)], INT);
  return fn.node('StatelessIf', [due, count, 'observations', ...tensors.map(({ output }) => output)], {
    Tcond: { type: DataType.bool },
    Tin: { types: args.map((arg) => arg.type) },
    Tout: { types: [float] },
    then_branch: { func: 'measure_step' },
    else_branch: { func: 'skip_step' },
    output_shapes: { shapes: [] },
  });
}
