/** A metric, or the value of a loss: a finite scalar, the same when it's asked again, and the same in whatever order the examples stand. */
import type { Finding } from '@anneal/schemas';
import { scalarFrom } from './cases.ts';
import { seedRandom } from './globals.ts';
import type { Input } from './inputs.ts';
import { type Tensor, tf, values } from './tf.ts';
import { Unusable } from './unusable.ts';

type Code = (...given: never[]) => unknown;

const TOLERANCE = 1e-9;

export function metricFinding(name: 'metric' | 'loss', code: Code, inputs: readonly Input[]): Finding {
  const at = (order: (rows: number) => number[]): number => {
    const engine = tf.engine();
    engine.startScope();
    try {
      seedRandom(3);
      const [labels, predictions] = ['labels', 'predictions'].map((wanted) => {
        const { values: all, shape, dtype } = inputs.find((input) => input.name === wanted)!;
        const array = dtype === 'int32' ? Int32Array.from(all) : all.slice();
        const tensor = tf.tensor(array as never, [...shape], dtype) as Tensor;
        return tf.gather(tensor, tf.tensor1d(order(shape[0]!), 'int32')) as Tensor;
      });
      const given = [labels!, predictions!].map((tensor) => values(tensor).slice());
      const made = code(...([tf, labels, predictions] as never[]));
      const value = typeof made === 'number' ? made : values(scalarFrom(name, made))[0]!;
      [labels!, predictions!].forEach((tensor, i) => {
        const input = ['labels', 'predictions'][i]!;
        if (tensor.isDisposed)
          throw new Unusable(`${name} disposes of its input '${input}', which belongs to the caller`);
        if (values(tensor).some((one, k) => !Object.is(one, given[i]![k])))
          throw new Unusable(`${name} changes its input '${input}' in place; make a new tensor instead`);
      });
      return value;
    } finally {
      engine.endScope();
    }
  };
  const forwards = (rows: number) => Array.from({ length: rows }, (_row, i) => i);
  const [value, again, reversed] = [at(forwards), at(forwards), at((rows) => forwards(rows).reverse())];
  const evidence = { function: name, value, again, reversed };
  const finding = (verdict: Finding['verdict'], message: string, cause: string | null = null): Finding => ({
    ...{ rule: `${name}/value`, verdict, message, cause, evidence, patch: null },
  });
  if (!Number.isFinite(value)) return finding('fail', `its value is ${value} at ordinary inputs`, 'non-finite-value');
  if (again !== value)
    return finding(
      'fail',
      `two evaluations gave ${value} and ${again}: it is not deterministic`,
      'non-deterministic-loss',
    );
  if (Math.abs(reversed - value) > TOLERANCE * Math.max(1, Math.abs(value)))
    return finding(
      'warn',
      `its value depends on the order of the examples: ${value.toPrecision(6)}, and ${reversed.toPrecision(6)} with the rows reversed`,
      'order-dependent',
    );
  return finding('pass', `${value.toPrecision(6)} at ordinary inputs, in whatever order the examples stand`);
}
