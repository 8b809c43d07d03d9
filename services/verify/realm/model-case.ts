/**
 * `model(tf, spec)`: a LayersModel of TF.js, or `{ weights, predict(weights, x) }` of plain functions. Its gradient is that of the module's own loss
 * where it has one, else of a fixed projection of its output, in training mode: dropout draws the same numbers at every evaluation, batch
 * normalisation takes the statistics of its batch.
 */
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { projected, tensorFrom } from './cases.ts';
import type { Case, Tensors } from './differentiable.ts';
import { seedRandom } from './globals.ts';
import type { Input } from './inputs.ts';
import { type Tensor, tf, values } from './tf.ts';
import { described, isTensor, Unusable } from './unusable.ts';

/** What a model is asked for. */
export interface ModelSpec {
  /** Of one example. */
  readonly inputShape: readonly number[];
  readonly seed: number;
}

export type LossOf = ((output: Tensor, at: Tensors) => Tensor) | undefined;

interface Functions {
  readonly weights: Readonly<Record<string, Tensor>>;
  predict(weights: Tensors, x: Tensor): unknown;
}

export interface BuiltModel {
  readonly outputShape: readonly number[];
  caseOf(loss: LossOf, inputs: readonly Input[]): Case;
}

/** @throws Unusable if it's none of the two forms */
export function buildModel(model: (...given: never[]) => unknown, x: Input): BuiltModel {
  seedRandom(1);
  const spec: ModelSpec = { inputShape: x.shape.slice(1), seed: 1 };
  const made = model(...([tf, spec] as never[]));
  const built = made instanceof tf.LayersModel ? layersModel(made as LayersModel) : functions(made);
  const first = tf.tensor(x.values.slice() as never, [...x.shape]) as Tensor;
  return { outputShape: built.outputOf(first).shape, caseOf: built.caseOf };
}

function functions(made: unknown) {
  const given = made as Partial<Functions> | null | undefined;
  if (typeof given !== 'object' || given === null || typeof given.predict !== 'function' || !isRecord(given.weights))
    throw new Unusable(
      `model returned ${described(made)}; it must return a LayersModel of TF.js, or { weights, predict(weights, x) }`,
    );
  const { weights, predict } = given as Functions;
  const outputOf = (x: Tensor, at: Tensors = weights) => tensorFrom('predict', predict({ ...at }, x));
  const own = Object.entries(weights).map(([name, weight]) => inputOf(name, weight));
  const caseOf = (loss: LossOf, inputs: readonly Input[]): Case => ({
    name: 'model',
    rule: 'model/gradient',
    inputs: [...inputs, ...own],
    value(at) {
      const output = outputOf(at.x!, Object.fromEntries(own.map(({ name }) => [name, at[name]!])));
      return loss ? loss(output, at) : projected(output);
    },
  });
  return { outputOf, caseOf };
}

const isRecord = (value: unknown): value is Record<string, Tensor> =>
  typeof value === 'object' &&
  value !== null &&
  Object.values(value).length > 0 &&
  Object.values(value).every(isTensor);

const inputOf = (name: string, weight: Tensor): Input => ({
  ...{ name, shape: weight.shape, dtype: 'float32', differentiated: true },
  values: Float64Array.from(values(weight)),
});

function layersModel(model: LayersModel) {
  const variable = (weight: LayersModel['weights'][number]) => weight.read() as unknown as Tensor;
  const trained = model.trainableWeights as LayersModel['weights'];
  if (trained.length === 0) throw new Unusable('the model has no weights to train');
  const others = (model.weights as LayersModel['weights'])
    .filter((weight) => !trained.includes(weight))
    .map((weight) => ({ weight, initial: tf.keep(tf.clone(variable(weight))) as Tensor }));
  const own = trained.map((weight) => inputOf(weight.originalName, variable(weight)));
  const outputOf = (x: Tensor) => tensorFrom('model', model.apply(x as never, { training: true }));
  /** Puts the weights in place, and looks whether the model left them there. */
  const at = (tensors: Tensors, code: () => Tensor): Tensor => {
    for (const [i, weight] of trained.entries()) weight.write(tensors[own[i]!.name]! as never);
    for (const { weight, initial } of others) weight.write(initial as never);
    const made = code();
    trained.forEach((weight, i) => {
      const { name } = own[i]!;
      if (variable(weight).dataId === tensors[name]!.dataId) return;
      throw new Unusable(`the model assigns its weight '${name}' itself; only the update rule may`);
    });
    return made;
  };
  const caseOf = (loss: LossOf, inputs: readonly Input[]): Case => {
    const value = (tensors: Tensors) => {
      const output = outputOf(tensors.x!);
      return loss ? loss(output, tensors) : projected(output);
    };
    return {
      name: 'model',
      rule: 'model/gradient',
      inputs: [...inputs, ...own],
      value: (tensors) => at(tensors, () => value(tensors)),
      gradients(tensors) {
        let grads: Tensors = {};
        at(tensors, () => {
          const variables = trained.map((weight) => (weight as unknown as { val: Tensor }).val);
          const found = tf.engine().gradients(() => value(tensors), variables, undefined, true);
          grads = Object.fromEntries(own.map(({ name }, i) => [name, found.grads[i] ?? tf.zerosLike(variables[i]!)]));
          return found.value as Tensor;
        });
        return grads;
      },
    };
  };
  return { outputOf, caseOf };
}
