/**
 * What a recording computes where it is replayed, by TensorFlow's kernels, is what TF.js computed where it was recorded, value and gradients: oracle is
 * TF.js's CPU backend in double precision, over every case of the audit of its gradients.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createContext, Script } from 'node:vm';
import { checkRecorded, RECORDED_KERNELS, recordedFunction } from '@anneal/schemas';
import type { Scalar, Tensor } from '@tensorflow/tfjs';
import { build } from 'esbuild';
import { differentiable, replayed } from '../../../services/engine/own-code/replay.ts';
import { scoped, tf } from '../../../services/engine/tensorflow.ts';
import type { RecordedCase } from './record-ops.ts';

async function recordedCases(): Promise<RecordedCase[]> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('record-ops.ts', import.meta.url))],
    ...{ bundle: true, write: false, format: 'iife', platform: 'browser', mainFields: ['module', 'main'] },
    logLevel: 'error',
  });
  const context = createContext(Object.create(null));
  new Script(outputFiles[0]!.text).runInContext(context);
  return JSON.parse(String(new Script('recordOps()').runInContext(context)));
}

const cases = await recordedCases();
const TOLERANCE = 2e-4;

const worst = (a: ArrayLike<number>, b: readonly number[]): number =>
  b.reduce((most, value, i) => Math.max(most, Math.abs(a[i]! - value) / Math.max(1, Math.abs(value))), 0);

/** The CPU backend's gradient is wrong there, which docs/tfjs-gradients.md tells; TensorFlow's is right. */
const WRONG_IN_TFJS = /^AvgPool(?:3D)?, same/;

function replay({ fn, inputs, by }: RecordedCase): { readonly value: number; readonly gradients: number[][] } {
  return scoped(() => {
    const tensors = inputs.map(({ shape, dtype, values }) => tf.tensor(values, [...shape], dtype as 'float32'));
    const code = (...given: Tensor[]) => {
      const all = [...tensors];
      by.forEach((index, i) => {
        all[index] = given[i]!;
      });
      return tf.mul(2, differentiable(fn!, all, by)) as Scalar;
    };
    const gradients = tf.grads(code as never)(by.map((i) => tensors[i]!));
    const value = replayed(fn!, tensors)[0]!.dataSync()[0]!;
    return { value, gradients: gradients.map((one) => Array.from(one.dataSync())) };
  });
}

test('a recording replays to the same value and gradients, and leaves no tensor behind', () => {
  const before = tf.memory().numTensors;
  const off: string[] = [];
  const made = cases.filter(({ fn, name }) => fn && !WRONG_IN_TFJS.test(name));
  for (const one of made) {
    const { name, fn, value, gradients } = one;
    assert.equal(checkRecorded(recordedFunction.parse(fn)), null, name);
    const found = replay(one);
    const errors = found.gradients.map((own, i) => worst(own, gradients[i]!));
    const error = Math.max(worst([found.value], [value]), ...errors);
    if (!(error <= TOLERANCE)) off.push(`${name}: ${error.toExponential(1)}`);
  }
  assert.deepEqual(off, []);
  assert.ok(made.length > 240, `${made.length} cases`);
  assert.equal(tf.memory().numTensors, before);
});

test('every kernel that may be recorded is tried; others are refused by name', () => {
  const steps = cases.flatMap(({ fn }) => fn?.steps ?? []);
  const tried = new Set(steps.flatMap((step) => ('kernel' in step ? [step.kernel] : [])));
  assert.deepEqual(
    RECORDED_KERNELS.filter((name) => !tried.has(name)),
    [],
  );
  const refused = (name: RegExp) => cases.filter((one) => name.test(one.name)).map((one) => one.refused);
  for (const said of refused(/^ComplexAbs/)) assert.match(said!, /kernel Complex can't be compiled/);
  for (const said of refused(/padding 1$/)) assert.match(said!, /with a padding in numbers can't be compiled/);
});
