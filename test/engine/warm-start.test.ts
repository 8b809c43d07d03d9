/** A warm start takes the named weights of another model and says which one does not fit. */
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { inferModel, parse, trainSpec } from '@anneal/schemas';
import { writeSafetensors } from '../../services/engine/formats/safetensors.ts';
import { buildModel } from '../../services/engine/model/build.ts';
import { warmStart } from '../../services/engine/model/warm-start.ts';
import { dense } from './small-task.ts';

const modelOf = (units: number, layers?: string[]) =>
  parse(trainSpec.shape.model, {
    layers: [
      { ...dense(5, 'tanh'), name: 'body', frozen: true },
      { ...dense(units), name: 'head' },
    ],
    warmStart: { file: 'weights.safetensors', ...(layers && { layers }) },
  });

test('weights come from the file by name; others start as they would', async (t) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'anneal-warm-'));
  t.after(() => rm(folder, { recursive: true }));
  const old = buildModel(inferModel(modelOf(3), [4]), 1);
  const tensors = old.weights.map(({ name, shape, initial }) => ({
    name,
    dtype: 'F32' as const,
    shape: [...shape],
    values: initial,
  }));
  await writeFile(path.join(folder, 'weights.safetensors'), writeSafetensors(tensors, {}));
  const start = (units: number, layers?: string[]) => {
    const model = modelOf(units, layers);
    return warmStart(buildModel(inferModel(model, [4]), 2), model, folder);
  };
  const initial = (of: Awaited<ReturnType<typeof start>>, name: string) => [
    ...of.weights.find((w) => w.name === name)!.initial,
  ];
  const whole = await start(3);
  for (const { name, initial: values } of old.weights) assert.deepEqual(initial(whole, name), [...values]);
  const body = await start(7, ['body']);
  assert.deepEqual(initial(body, 'body/kernel'), initial(whole, 'body/kernel'));
  assert.equal(initial(body, 'head/kernel').length, 35);
  await assert.rejects(
    start(7),
    /'head\/kernel' \[5, 7\] is \[5, 3\] in weights\.safetensors; name the layers that fit/,
  );
  assert.throws(() => inferModel(modelOf(3, ['bodi']), [4]), /the model has no layer 'bodi'; did you mean 'body'/);
  await writeFile(path.join(folder, 'weights.safetensors'), writeSafetensors(tensors.slice(1), {}));
  await assert.rejects(start(3), /'body\/kernel' \[4, 5\] is not in weights\.safetensors/);
});
