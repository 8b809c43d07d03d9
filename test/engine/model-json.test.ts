/** A model that TF.js has saved comes back as the layers it was made of, with its weights. */
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { importModelJson, inferModel, parse, trainSpec } from '@anneal/schemas';
import type { io, Tensor } from '@tensorflow/tfjs';
import { buildModel } from '../../services/engine/model/build.ts';
import { warmStart } from '../../services/engine/model/warm-start.ts';
import { scoped, tf } from '../../services/engine/tensorflow.ts';
import { type Layers, layerCases } from './layer-cases.ts';
import { dense } from './small-task.ts';

const modelOf = (layers: Layers) => parse(trainSpec.shape.model, { layers, warmStart: { file: 'net/model.json' } });

async function folderOf(t: TestContext): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'anneal-import-'));
  t.after(() => rm(folder, { recursive: true }));
  return folder;
}

/** Saves as TF.js does, in two weight files, and returns the JSON. */
async function save(layers: Layers, input: number[], folder: string): Promise<Record<string, unknown>> {
  const built = buildModel(inferModel(modelOf(layers), input), 1);
  let saved!: io.ModelArtifacts;
  await built.model.save({
    save: async (artifacts) => {
      saved = artifacts;
      return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' } };
    },
  });
  built.dispose();
  const bytes = Buffer.from(saved.weightData as ArrayBuffer);
  const half = bytes.length >> 1;
  await mkdir(path.join(folder, 'net'), { recursive: true });
  await writeFile(path.join(folder, 'net/a.bin'), bytes.subarray(0, half));
  await writeFile(path.join(folder, 'net/b.bin'), bytes.subarray(half));
  const json = {
    format: saved.format,
    modelTopology: saved.modelTopology,
    weightsManifest: [{ paths: ['a.bin', 'b.bin'], weights: saved.weightSpecs }],
  };
  await writeFile(path.join(folder, 'net/model.json'), JSON.stringify(json));
  return JSON.parse(JSON.stringify(json));
}

/** TF.js keeps the parts of these as a model of their own. */
const nested = ['maxout', 'hierarchical-softmax'];
const importable = Object.entries(layerCases).filter(([name]) => !nested.includes(name));

for (const [name, { input, layers }] of importable) {
  test(`${name}: saved and imported`, async (t) => {
    const folder = await folderOf(t);
    const imported = importModelJson(await save(layers, input, folder));
    assert.deepEqual(imported.input, input);
    const original = inferModel(modelOf(layers), input);
    const again = inferModel(modelOf(imported.layers), input);
    const plain = (list: typeof original) =>
      list.map(({ layer: { inputs: _told, ...layer }, name, inputs, output, parameters }) => {
        return { layer: { ...layer, name }, inputs, output, parameters };
      });
    assert.deepEqual(plain(again), plain(original));
    const [first, second] = [buildModel(original, 1), buildModel(again, 2)];
    const started = await warmStart(second, modelOf(imported.layers), folder);
    const values = ({ weights }: typeof started) => weights.map((w) => [w.name, w.shape, [...w.initial]]);
    assert.deepEqual(values(started), values(first));
    first.dispose();
    second.dispose();
  });
}

for (const name of ['images', 'sequences']) {
  test(`${name}: a model of Keras through the converter predicts as it did there`, async () => {
    const folder = new URL(`../oracles/layers/converted/${name}/`, import.meta.url);
    const read = async (file: string) => JSON.parse(await readFile(new URL(file, folder), 'utf8'));
    const { layers, input } = importModelJson(await read('model.json'), { keepOutputActivation: true });
    const model = parse(trainSpec.shape.model, { layers, warmStart: { file: 'model.json' } });
    const built = await warmStart(buildModel(inferModel(model, input), 1), model, fileURLToPath(folder));
    const { inputs, outputs } = await read('predictions.json');
    scoped(() => {
      for (const { variable, initial, shape } of built.weights) variable.assign(tf.tensor(initial, [...shape]));
      const predicted = (built.model.predict(tf.tensor(inputs, [2, ...input])) as Tensor).dataSync();
      assert.equal(predicted.length, outputs.length);
      outputs.forEach(
        (value: number, i: number) => void assert.ok(Math.abs(predicted[i]! - value) < 2e-6, `${predicted}`),
      );
    });
    built.dispose();
  });
}

test('a softmax at the end is taken off, or kept where asked; frozen layers stay frozen', async (t) => {
  const layers: Layers = [
    { ...dense(4, 'relu'), name: 'body', frozen: true },
    { type: 'dense', units: 3, activation: 'softmax', name: 'head' },
  ];
  const json = await save(layers, [5], await folderOf(t));
  assert.deepEqual(importModelJson(json), {
    input: [5],
    outputActivation: 'softmax',
    layers: [
      { type: 'dense', name: 'body', units: 4, activation: 'relu', frozen: true },
      { type: 'dense', name: 'head', units: 3 },
    ],
  });
  const kept = importModelJson(json, { keepOutputActivation: true });
  assert.deepEqual(kept.layers.at(-1), { type: 'dense', name: 'head', units: 3, activation: 'softmax' });
});

test('files that do not fit together are damaged, missing ones are named', async (t) => {
  const folder = await folderOf(t);
  const layers: Layers = [{ ...dense(4), name: 'only' }];
  const json = await save(layers, [5], folder);
  const model = modelOf(layers);
  const start = async (written: unknown) => {
    await writeFile(
      path.join(folder, 'net/model.json'),
      typeof written === 'string' ? written : JSON.stringify(written),
    );
    const built = buildModel(inferModel(model, [5]), 1);
    try {
      return await warmStart(built, model, folder);
    } finally {
      built.dispose();
    }
  };
  const fails = (written: unknown, code: string, message: RegExp) =>
    assert.rejects(start(written), (error: Error & { code: string }) => {
      assert.match(error.message, message);
      assert.equal(error.code, code);
      return true;
    });
  await fails('{"a"', 'data_damaged', /net\/model\.json is not JSON/);
  await fails({ modelTopology: json.modelTopology }, 'data_damaged', /names no weight files/);
  const manifest = (paths: string[]) => {
    const [group] = json.weightsManifest as { weights: unknown }[];
    return { ...json, weightsManifest: [{ ...group, paths }] };
  };
  await fails(manifest(['a.bin']), 'data_damaged', /weight files don't fit together/);
  await fails(
    manifest(['a.bin', 'c.bin']),
    'data_missing',
    /'net\/c\.bin' under the data folder of the service: there is no such file/,
  );
  await fails(manifest(['../../../etc/passwd']), 'invalid_spec', /leads out of the data folder/);
});
