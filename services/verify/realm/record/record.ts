/** Records the functions of a module for the shapes that a job has. Each is called twice: what it keeps of its own would be lost in a compiled step. */
import type { RecordAsk, RecordedFunction, TensorType } from '@anneal/schemas';
import { scalarFrom, tensorFrom } from '../cases.ts';
import { type Module, ruleOf } from '../check-module.ts';
import { seedRandom } from '../globals.ts';
import { type Tensor, tf } from '../tf.ts';
import { described, isTensor, Unusable } from '../unusable.ts';
import { checkedRule, firstOf } from '../update-finding.ts';
import { Recording, recording } from './recording.ts';

type Code = (...given: never[]) => unknown;

/** @throws Unusable */
export const recordAll = (module: Module | undefined, asks: readonly RecordAsk[]): RecordedFunction[] =>
  asks.map((ask) => recordTwice(module ?? {}, ask));

function recordTwice(module: Module, ask: RecordAsk): RecordedFunction {
  const [once, again] = [record(module, ask), record(module, ask)];
  if (JSON.stringify(once) === JSON.stringify(again)) return once;
  throw new Unusable(
    `${nameOf(ask)} computes something else when it is called again: what it keeps of its own, and the time of day, are lost in a compiled step`,
  );
}

const nameOf = ({ of }: RecordAsk): string => (of === 'update' ? 'updateRule.apply' : of);

function record(module: Module, ask: RecordAsk): RecordedFunction {
  const engine = tf.engine();
  engine.startScope();
  seedRandom(1);
  try {
    if (ask.of === 'loss') return recordLoss(module, ask);
    if (ask.of === 'metric') return recordMetric(module, ask);
    if (ask.of === 'update') return recordUpdate(module, ask);
    return recordLayer(module, ask);
  } finally {
    engine.endScope();
  }
}

function functionOf(module: Module, name: string): Code {
  if (typeof module[name] === 'function') return module[name] as Code;
  const names = Object.keys(module).join(', ') || 'nothing';
  throw new Unusable(`it exports ${names}; the spec needs its function ${name}`);
}

/** Values that no function is undefined at: which ones they are is of no matter. */
function sample({ shape, dtype }: TensorType): Tensor {
  const size = shape.reduce((a, b) => a * b, 1);
  if (dtype !== 'float32') return tf.tensor(new Int32Array(size), [...shape], 'int32') as Tensor;
  return tf.tensor(Float64Array.from({ length: size }, (_value, i) => 0.5 + 0.25 * Math.sin(i)) as never, [...shape]);
}

const SCALAR: TensorType = { shape: [], dtype: 'float32' };

function recordLoss(module: Module, ask: Extract<RecordAsk, { of: 'loss' }>): RecordedFunction {
  const loss = functionOf(module, 'loss');
  const byHand = module.gradient === undefined ? null : functionOf(module, 'gradient');
  const [labels, predictions, dy] = [sample(ask.labels), sample(ask.predictions), sample(SCALAR)];
  return recordBoth([labels, predictions], dy, [predictions], {
    output: () => floating('loss', scalarFrom('loss', loss(...([tf, labels, predictions] as never[])))),
    ...(byHand && {
      gradients: () => {
        const made = tensorFrom('gradient', byHand(...([tf, labels, predictions] as never[])));
        return [tf.mul(ofShape('gradient', made, predictions.shape), dy)];
      },
    }),
    without: () => new Unusable('loss does not depend on the predictions, so it has no gradient'),
  });
}

function recordMetric(module: Module, ask: Extract<RecordAsk, { of: 'metric' }>): RecordedFunction {
  const metric = functionOf(module, 'metric');
  const [labels, predictions] = [sample(ask.labels), sample(ask.predictions)];
  const to = new Recording();
  for (const one of [labels, predictions]) to.input(one);
  return recording(to, () => {
    const made = floating('metric', scalarFrom('metric', metric(...([tf, labels, predictions] as never[]))));
    return to.finished([made], null);
  });
}

function recordLayer(module: Module, ask: Extract<RecordAsk, { of: 'layer' }>): RecordedFunction {
  const layer = functionOf(module, 'layer');
  const names = Object.keys(ask.inputs);
  const inputs = names.map((name) => sample(ask.inputs[name]!));
  const dy = sample(ask.output);
  const at = Object.fromEntries(names.map((name, i) => [name, inputs[i]!]));
  return recordBoth(inputs, dy, inputs, {
    output: () => {
      const made = tensorFrom('layer', layer(...([tf, { ...at }] as never[])));
      return ofShape('layer', floating('layer', made), ask.output.shape);
    },
    without: (i) => new Unusable(`layer does not depend on '${names[i]}', so that has no gradient`),
  });
}

interface Both {
  output(): Tensor;
  /** By hand; TF.js's own when left out. */
  gradients?(): Tensor[];
  /** What to say where there is none. */
  without(index: number): Unusable;
}

/** The output and its gradient by some of the inputs, as functions of the inputs and the gradient of the output. */
export function recordBoth(inputs: readonly Tensor[], dy: Tensor, by: readonly Tensor[], both: Both): RecordedFunction {
  const to = new Recording();
  for (const one of [...inputs, dy]) to.input(one);
  return recording(to, () => {
    let from = 0;
    let output: Tensor | undefined;
    const forward = (): Tensor => {
      output = both.output();
      from = to.steps.length;
      return output;
    };
    const gradients = both.gradients ? byHand(forward, both.gradients) : ofTape(forward, by, dy);
    const found = by.map((x, i) => {
      if (!gradients[i]) throw both.without(i);
      return ofShape('its gradient', gradients[i], x.shape);
    });
    const made = to.finished([output!], { from, gradients: found });
    return made;
  });
}

function byHand(forward: () => Tensor, gradients: () => Tensor[]): Tensor[] {
  forward();
  return gradients();
}

function ofTape(forward: () => Tensor, by: readonly Tensor[], dy: Tensor): (Tensor | null)[] {
  return tf.engine().gradients(forward, [...by], dy, true).grads as (Tensor | null)[];
}

function recordUpdate(module: Module, ask: Extract<RecordAsk, { of: 'update' }>): RecordedFunction {
  const rule = ruleOf(module);
  if (rule === undefined) functionOf(module, 'updateRule');
  const checked = checkedRule(rule);
  const slots = checked.slots ?? [];
  if (slots.join() !== ask.slots.join())
    throw new Unusable(
      `updateRule.slots are [${slots.join(', ')}], update.slots of the spec are [${ask.slots.join(', ')}]; they must be the same`,
    );
  const known = Object.keys(checked.options ?? {});
  const stray = Object.keys(ask.options).find((name) => !known.includes(name));
  if (stray) throw new Unusable(`it has no option '${stray}'; it has ${known.join(', ') || 'none'}`);
  const own: TensorType = { shape: [...ask.shape], dtype: 'float32' };
  const [w, g, rate, step] = [own, own, SCALAR, SCALAR].map(sample) as [Tensor, Tensor, Tensor, Tensor];
  const kept = ask.slots.map(() => sample(own));
  const to = new Recording();
  for (const one of [w, g, ...kept, rate, step]) to.input(one);
  return recording(to, () => {
    const given = { w, g, rate, step, slots: Object.fromEntries(ask.slots.map((name, i) => [name, kept[i]!])) };
    const made = checked.apply(tf, given, { ...firstOf(checked), ...ask.options }) as Made | null;
    if (typeof made !== 'object' || made === null || isTensor(made))
      throw new Unusable(`updateRule.apply returned ${described(made)}; it must return { w, slots }`);
    const read = (name: string, value: unknown): Tensor =>
      ofShape(`updateRule.apply: ${name}`, floating(name, tensorFrom(`updateRule.apply: ${name}`, value)), own.shape);
    const outputs = [read('w', made.w), ...ask.slots.map((name) => read(`slots.${name}`, made.slots?.[name]))];
    return to.finished(outputs, null);
  });
}

interface Made {
  readonly w?: unknown;
  readonly slots?: Readonly<Record<string, unknown>>;
}

function floating(name: string, made: Tensor): Tensor {
  if (made.dtype === 'float32') return made;
  throw new Unusable(`${name} returned a tensor of ${made.dtype}; it must be float32`);
}

function ofShape(name: string, made: Tensor, shape: readonly number[]): Tensor {
  if (made.shape.join() === shape.join()) return made;
  throw new Unusable(`${name} has shape [${made.shape.join(', ')}]; it must be [${shape.join(', ')}]`);
}
