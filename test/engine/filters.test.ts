/** The picture of the first layer's filters is made of the filters. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inferModel, parse, trainSpec } from '@anneal/schemas';
import type { Tensor3D } from '@tensorflow/tfjs';
import { filtersPicture } from '../../services/engine/export/filters.ts';
import { buildModel } from '../../services/engine/model/build.ts';
import { tf } from '../../services/engine/tensorflow.ts';
import { dense } from './small-task.ts';

const built = (layers: unknown[], input: number[]) =>
  buildModel(inferModel(parse(trainSpec.shape.model, { layers }), input), 1);

test('each filter is a tile, its least weight black and its largest white', async () => {
  const model = built([{ type: 'conv2d', filters: 5, kernelSize: 3, name: 'first' }], [8, 8, 1]);
  const { initial } = model.weights[0]!;
  const png = await filtersPicture(model, new Map(model.weights.map(({ name, initial: values }) => [name, values])));
  const { node } = tf as unknown as { node: { decodePng(bytes: Uint8Array, channels: number): Tensor3D } };
  const image = node.decodePng(png!, 1);
  // Five filters of 3 x 3 with a border of 1 in a grid of 3 x 2, 8 pixels a weight.
  assert.deepEqual(image.shape, [2 * 4 * 8, 3 * 4 * 8, 1]);
  const pixels = image.dataSync();
  for (let filter = 0; filter < 5; filter++) {
    const weights = Array.from({ length: 9 }, (_value, i) => initial[i * 5 + filter]!);
    const [low, high] = [Math.min(...weights), Math.max(...weights)];
    weights.forEach((weight, i) => {
      const y = (Math.floor(filter / 3) * 4 + Math.floor(i / 3)) * 8 + 3;
      const x = ((filter % 3) * 4 + (i % 3)) * 8 + 3;
      assert.ok(Math.abs(pixels[y * 96 + x]! - (255 * (weight - low)) / (high - low)) <= 1);
    });
  }
  image.dispose();
  model.dispose();
});

test('there is none where the first layer is no convolution over 1 or 3 channels', async () => {
  for (const [layers, input] of [
    [[dense(3)], [4]],
    [[{ type: 'conv2d', filters: 2, kernelSize: 3 }], [8, 8, 4]],
  ] as const) {
    const model = built([...layers], [...input]);
    assert.equal(await filtersPicture(model, new Map(model.weights.map(({ name, initial }) => [name, initial]))), null);
    model.dispose();
  }
});
