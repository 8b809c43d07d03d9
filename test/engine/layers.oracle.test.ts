/** Oracle: outputs and gradients of every layer are Keras 3's, whose own description of the model is imported. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { importedName, importModelJson, inferModel, layerDefinitions, parse, trainSpec } from '@anneal/schemas';
import type { Tensor, Variable } from '@tensorflow/tfjs';
import { type BuiltModel, buildModel } from '../../services/engine/model/build.ts';
import { scoped, tf } from '../../services/engine/tensorflow.ts';
import '../../services/engine/trace/native-gradients.ts';

interface Entry {
  readonly model: unknown;
  /** Names of the layers, and the values of their weights in the layer's own order. */
  readonly layers: readonly string[];
  readonly weights: readonly (readonly number[][])[];
  readonly inputs: number[];
  readonly outputs: number[];
  readonly seeds: number[];
  readonly gradients: readonly { weight: readonly [layer: number, weight: number]; values: number[] }[];
  readonly inputGradient: number[] | null;
  readonly training: boolean;
  readonly after?: readonly (readonly number[][])[];
}

const { entries } = JSON.parse(readFileSync(new URL('../oracles/layers/keras.json', import.meta.url), 'utf8')) as {
  entries: Record<string, Entry>;
};

function near(actual: ArrayLike<number>, expected: readonly number[], what: string): void {
  assert.equal(actual.length, expected.length, what);
  expected.forEach((value, i) => {
    const close = Math.abs(actual[i]! - value) <= 5e-6 * Math.max(1, Math.abs(value));
    assert.ok(close, `${what}[${i}]: ${actual[i]} is not ${value}`);
  });
}

const imported = ({ model }: Entry) => importModelJson(model, { keepOutputActivation: true });

/** The weights of Keras's layers, by layer and place in it. */
function weightsOf({ weights }: BuiltModel, { layers }: Entry): Variable[][] {
  const own = (layer: string) => weights.filter(({ name }) => name.startsWith(`${importedName(layer)}/`));
  return layers.map((layer) => own(layer).map(({ variable }) => variable));
}

for (const [name, entry] of Object.entries(entries)) {
  test(`${name}: as Keras computes it`, () => {
    const { layers, input } = imported(entry);
    const built = buildModel(inferModel(parse(trainSpec.shape.model, { layers }), input), 1);
    const variables = weightsOf(built, entry);
    scoped(() => {
      entry.weights.forEach((list, i) => {
        assert.equal(variables[i]!.length, list.length, entry.layers[i]);
        list.forEach((values, j) => void variables[i]![j]!.assign(tf.tensor(values, variables[i]![j]!.shape)));
      });
      const x = tf.tensor(entry.inputs, [2, ...input]);
      const forward = (given: Tensor) => built.model.apply(given, { training: entry.training }) as Tensor;
      const score = (given: Tensor) => {
        const output = forward(given);
        near(output.dataSync(), entry.outputs, 'output');
        return tf.sum(tf.mul(output, tf.tensor(entry.seeds, output.shape)));
      };
      if (entry.inputGradient) near(tf.grad(score)(x).dataSync(), entry.inputGradient, 'gradient of the input');
      entry.after?.forEach((list, i) => {
        list.forEach((values, j) => void near(variables[i]![j]!.dataSync(), values, `after training: ${i}, ${j}`));
      });
      const trained = entry.gradients.map(({ weight: [i, j] }) => variables[i]![j]!);
      if (trained.length === 0) return;
      const { grads } = tf.variableGrads(() => score(x).asScalar(), trained);
      entry.gradients.forEach(({ values }, k) => {
        const place = `gradient of ${trained[k]!.name}`;
        near(grads[trained[k]!.name]!.dataSync(), values, place);
      });
    });
    built.dispose();
  });
}

test('every layer that Keras has has an entry; that of hierarchical softmax and of the user’s own are elsewhere', () => {
  const covered = new Set(Object.values(entries).flatMap((entry) => imported(entry).layers.map(({ type }) => type)));
  const missing = [...layerDefinitions.keys()].filter((type) => !covered.has(type as never));
  assert.deepEqual(missing, ['maxout', 'hierarchical-softmax', 'module']);
});
