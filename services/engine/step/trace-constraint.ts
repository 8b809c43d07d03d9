/** The constraint of a weight as nodes. */
import type { NodeList, Output } from '../graph/node-list.ts';
import type { Weight } from '../model/build.ts';
import { constrain } from '../model/constraint.ts';
import { scoped, tf } from '../tensorflow.ts';
import { Trace } from '../trace/trace.ts';

/** `value` brought back to where the constraint of `weight` wants it. */
export function traceConstraint(list: NodeList, { shape, constraint }: Weight, value: Output): Output {
  if (!constraint) return value;
  const trace = new Trace(list, false);
  const held = scoped(() => {
    const w = tf.ones([...shape]);
    trace.bind(w, value);
    return trace.record(() => trace.ref(constrain(w, constraint)));
  });
  trace.end();
  return held;
}
