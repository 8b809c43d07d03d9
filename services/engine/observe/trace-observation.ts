/** The measurements as nodes, of tensors that the step has computed. */
import type { NodeList, Output } from '../graph/node-list.ts';
import { scoped, tf } from '../tensorflow.ts';
import { Trace } from '../trace/trace.ts';
import type { ObservationLayout } from './layout.ts';
import { measure, type ObservedWeight } from './measure.ts';

export interface Shaped {
  readonly output: Output;
  readonly shape: readonly number[];
}

/** What a step offers to be measured, in the order of the layout. */
export interface Observable {
  readonly weights: readonly ObservedWeight<Shaped>[];
  readonly activations: readonly Shaped[];
}

/** Returns the node of the vector, float [layout.length]. */
export function traceObservation(list: NodeList, layout: ObservationLayout, observable: Observable): Output {
  const trace = new Trace(list, false);
  const vector = scoped(() => {
    const bound = ({ output, shape }: Shaped) => {
      const tensor = tf.zeros([...shape]);
      trace.bind(tensor, output);
      return tensor;
    };
    const weights = observable.weights.map(({ before, gradient, after }) => ({
      before: bound(before),
      gradient: bound(gradient),
      after: bound(after),
    }));
    const activations = observable.activations.map(bound);
    return trace.record(() => trace.ref(measure(layout, weights, activations)));
  });
  trace.end();
  return vector;
}

/** All tensors of an observable, in a fixed order, and its shape to put them back into: what a function's arguments are. */
export const tensorsOf = ({ weights, activations }: Observable): Shaped[] => [
  ...weights.flatMap(({ before, gradient, after }) => [before, gradient, after]),
  ...activations,
];

/** The observable with other outputs in the order of `tensorsOf`. */
export function withOutputs({ weights, activations }: Observable, outputs: readonly Output[]): Observable {
  let next = 0;
  const take = ({ shape }: Shaped): Shaped => ({ shape, output: outputs[next++]! });
  return {
    weights: weights.map(({ before, gradient, after }) => ({
      before: take(before),
      gradient: take(gradient),
      after: take(after),
    })),
    activations: activations.map(take),
  };
}
