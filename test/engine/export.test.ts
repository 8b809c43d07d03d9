/** Oracle: the exported model predicts the same in Python TensorFlow, in TF.js's plain JavaScript backend and in the engine, to 1e-5. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Tensor } from '@tensorflow/tfjs';
import { exportModel } from '../../services/engine/export/export-model.ts';
import { readSafetensors } from '../../services/engine/formats/safetensors.ts';
import type { BuiltModel } from '../../services/engine/model/build.ts';
import { graphPlan } from '../../services/engine/plan/graph-plan.ts';
import { getState, initialState, setState } from '../../services/engine/plan/task.ts';
import { scoped, tf } from '../../services/engine/tensorflow.ts';
import { pythonEnvironment, runPython } from '../oracles/python/environment.ts';
import { blobs, dense, smallSpec, smallTask } from './small-task.ts';

const folder = mkdtempSync(join(tmpdir(), 'anneal-export-'));
const CLASSES = 5;
const data = blobs({ rows: 200, shape: [8, 8, 1], classes: CLASSES, bytes: true });
const BATCH = 7;
const inputs = Float32Array.from({ length: BATCH * 64 }, (_v, i) => data.inputs.values[i]! / 255);
let built: BuiltModel;
let expected: Float32Array;
let weights: ReadonlyMap<string, Float32Array>;

before(async () => {
  const spec = smallSpec({
    model: {
      layers: [
        { type: 'conv2d', filters: 4, kernelSize: 3, padding: 'same' },
        { type: 'batch-normalization', momentum: 0.5 },
        { type: 'activation', function: 'relu' },
        { type: 'max-pooling2d' },
        { type: 'average-pooling2d' },
        { type: 'cropping2d', edges: [0, 0, 0, 1] },
        { type: 'flatten' },
        { type: 'dropout', rate: 0.2 },
        dense(8, 'tanh'),
        { type: 'hierarchical-softmax', units: CLASSES },
      ],
    },
  });
  const { task, order } = smallTask(spec, data);
  ({ built } = task);
  const plan = graphPlan(task);
  setState(plan, initialState(task));
  for (let step = 0; step < 20; step++) {
    const { rows, batch } = order.take(step, 1);
    plan.train({ rows, batch, rates: new Float32Array([0.05]), firstStep: step + 1 });
  }
  weights = getState(
    plan,
    built.weights.map((weight) => weight.name),
  );
  plan.dispose();
  const exported = await exportModel(built, weights, data);
  assert.equal(exported.fixedBatch, null);
  for (const { name, bytes } of exported.files) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), bytes);
  }
  writeFileSync(join(folder, 'inputs.f32'), new Uint8Array(inputs.buffer));
  expected = scoped(
    () => (built.model.predict(tf.tensor(inputs, [BATCH, 8, 8, 1])) as Tensor).dataSync() as Float32Array,
  );
});

after(() => rmSync(folder, { recursive: true, force: true }));

function agree(predicted: ArrayLike<number>): void {
  assert.equal(predicted.length, BATCH * CLASSES);
  expected.forEach((value, i) => {
    assert.ok(Math.abs(value - predicted[i]!) <= 1e-5, `output ${i}: ${predicted[i]} is not ${value}`);
  });
}

test('Python TensorFlow loads the SavedModel and predicts the same, at any batch size', async (t) => {
  const python = await pythonEnvironment();
  if ('reason' in python) return t.skip(python.reason);
  const script = [
    'import sys, json, numpy, tensorflow as tf',
    'f = tf.saved_model.load(sys.argv[1] + "/saved_model").signatures["serving_default"]',
    'x = numpy.fromfile(sys.argv[1] + "/inputs.f32", dtype="<f4").reshape(-1, 8, 8, 1)',
    'print(json.dumps([f(inputs=tf.constant(b))["outputs"].numpy().ravel().tolist() for b in (x, x[:1])]))',
  ].join('\n');
  const [all, first] = JSON.parse((await runPython(python.python, script, folder)).trim().split('\n').at(-1)!) as [
    number[],
    number[],
  ];
  agree(all);
  agree([...first, ...all.slice(CLASSES)]);
});

test("TF.js's plain JavaScript backend loads the LayersModel and predicts the same", async () => {
  const script = `
    import fs from 'node:fs';
    import tf from '@tensorflow/tfjs';
    await tf.setBackend('cpu');
    const folder = process.argv[2];
    const json = JSON.parse(fs.readFileSync(folder + '/model/model.json', 'utf8'));
    const bytes = fs.readFileSync(folder + '/model/weights.bin');
    const weightData = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
    const model = await tf.loadLayersModel({ load: async () => ({ modelTopology: json.modelTopology, weightSpecs: json.weightsManifest[0].weights, weightData }) });
    const raw = fs.readFileSync(folder + '/inputs.f32');
    const x = tf.tensor(new Float32Array(raw.buffer.slice(raw.byteOffset, raw.byteOffset + raw.length)), [${BATCH}, 8, 8, 1]);
    console.log(JSON.stringify([tf.getBackend(), ...model.predict(x).dataSync()]));`;
  const file = new URL(`./plain-backend-${process.pid}.mjs`, import.meta.url);
  writeFileSync(file, script);
  try {
    const { execFileSync } = await import('node:child_process');
    const printed = execFileSync(process.execPath, [file.pathname, folder], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const [backend, ...predicted] = JSON.parse(printed.trim().split('\n').at(-1)!) as [string, ...number[]];
    assert.equal(backend, 'cpu');
    agree(predicted);
  } finally {
    rmSync(file);
  }
});

test('safetensors holds every weight under its name', async () => {
  const { readFileSync } = await import('node:fs');
  const { tensors } = readSafetensors(readFileSync(join(folder, 'weights.safetensors')));
  assert.deepEqual(new Set(tensors.map((tensor) => tensor.name)), new Set(weights.keys()));
  for (const { name, values } of tensors) assert.deepEqual(values, weights.get(name), name);
});
