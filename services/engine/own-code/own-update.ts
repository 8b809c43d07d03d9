/** The update rule of a user's module, tensors in and tensors out, for one parameter. */
import { moduleOf, type Update, type UpdateInput, type UpdateOutput } from '@anneal/schemas';
import type { Tensor } from '@tensorflow/tfjs';
import type { NodeList, Output } from '../graph/node-list.ts';
import { scoped, tf } from '../tensorflow.ts';
import { Trace } from '../trace/trace.ts';
import { recordedFunctionOf } from './recorder.ts';
import { replayed } from './replay.ts';

export type ModuleUpdate = Extract<Update, { rule: 'module' }>;

/** Eagerly. */
export function ownUpdate(spec: ModuleUpdate, { w, g, slots, rate, step }: UpdateInput<Tensor>): UpdateOutput<Tensor> {
  const { slots: names, options } = spec;
  const fn = recordedFunctionOf(moduleOf(spec), { of: 'update', shape: [...w.shape], slots: names, options });
  const [next, ...kept] = replayed(fn, [w, g, ...names.map((name) => slots[name]!), rate, step]);
  return { w: next!, slots: Object.fromEntries(names.map((name, i) => [name, kept[i]!])) };
}

/** As nodes. */
export function traceOwnUpdate(
  list: NodeList,
  spec: ModuleUpdate,
  shape: readonly number[],
  input: UpdateInput<Output>,
): UpdateOutput<Output> {
  const trace = new Trace(list, true);
  const made = scoped(() => {
    const bound = (output: Output, of: readonly number[]): Tensor => {
      const tensor = tf.ones([...of]);
      trace.bind(tensor, output);
      return tensor;
    };
    const given: UpdateInput<Tensor> = {
      ...{ w: bound(input.w, shape), g: bound(input.g, shape) },
      ...{ rate: bound(input.rate, []), step: bound(input.step, []) },
      slots: Object.fromEntries(Object.entries(input.slots).map(([name, output]) => [name, bound(output, shape)])),
    };
    return trace.record(() => {
      const { w, slots } = ownUpdate(spec, given);
      const refs = Object.entries(slots).map(([name, tensor]) => [name, trace.ref(tensor)] as const);
      return { w: trace.ref(w), slots: Object.fromEntries(refs) };
    });
  });
  trace.end();
  return made;
}
