/** `anneal import`: a model.json becomes a model that validates, and what can't be imported is named. */
import assert from 'node:assert/strict';
import { cp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { inferModel, parse, trainSpec } from '@anneal/schemas';
import { parse as parseYaml } from 'yaml';
import { anneal, temporaryFolder } from './anneal.ts';

const converted = fileURLToPath(new URL('../oracles/layers/converted/images/', import.meta.url));

test('a model of the TensorFlow.js converter becomes a model with its weights', async (t) => {
  const folder = await temporaryFolder(t);
  await cp(converted, join(folder, 'cats'), { recursive: true });
  const { code, stdout, stderr } = await anneal(['import', 'cats/model.json'], { folder });
  assert.equal(code, 0, stderr);
  assert.match(stderr, /The softmax at the end was taken off/);
  const model = parse(trainSpec.shape.model, (parseYaml(stdout) as { model: unknown }).model);
  assert.deepEqual(model.warmStart, { file: 'cats/model.json' });
  const layers = inferModel(model, [8, 8, 1]);
  assert.deepEqual([layers[0]!.layer.type, layers.at(-1)!.output], ['conv2d', [3]]);
});

test('what is wrong is named, with exit code 2', async (t) => {
  const folder = await temporaryFolder(t);
  const config = (class_name: string, rest: object) => ({ class_name, config: { name: 'it', ...rest } });
  const open = {
    class_name: 'Sequential',
    config: { layers: [config('Attention', { batch_input_shape: [null, null] })] },
  };
  await writeFile(join(folder, 'open.json'), JSON.stringify(open));
  await writeFile(join(folder, 'broken.json'), '{');
  for (const [args, message] of [
    [['open.json'], /open\.json: the model can't be imported: its input \[null\] has an open side/],
    [['open.json', '--shape', '4'], /layer 'it' \(Attention\) can't be imported: Anneal has no such layer/],
    [['open.json', '--shape', '4,x'], /--shape 4,x: must be whole numbers/],
    [['broken.json'], /broken\.json is not JSON/],
    [['none.json'], /none\.json can't be read: there is no such file/],
  ] as const) {
    const { code, stderr } = await anneal(['import', ...args], { folder });
    assert.match(stderr, message);
    assert.equal(code, 2);
  }
});
