/** `anneal check` as a pipeline uses it: exit code 0 for a sound spec, 1 for one whose checks fail, and nothing is trained to its end. */
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { anneal, temporaryFolder } from './anneal.ts';

const spec = `kind: train
data: { type: two-spirals, rows: 400 }
model:
  layers:
    - { type: dense, units: 32, activation: relu, initializer: he-normal }
    - { type: dense, units: 32, activation: relu, initializer: he-normal }
    - { type: dense, units: 2 }
loss: { type: softmax-cross-entropy }
update: { rule: adam }
schedule: { type: constant, rate: 0.01 }
budget: { epochs: 5000 }
plan: graph
checks: "off"
`;

test('a sound spec passes its checks, and one that fails them has exit code 1', { timeout: 120_000 }, async (t) => {
  const folder = await temporaryFolder(t);
  await writeFile(join(folder, 'spec.yaml'), spec);
  const sound = await anneal(['check', 'spec.yaml'], { folder });
  assert.equal(sound.code, 0, sound.stderr);
  assert.match(sound.stdout, /✓ the checks passed \(job_/);
  assert.match(sound.stderr, /✓ gradient: gradient and differences agree/);
  assert.doesNotMatch(sound.stderr, /epoch 5000/);

  const zeros = ['--set', 'model.layers[0].initializer=zeros', '--set', 'model.layers[1].initializer=zeros'];
  const failing = await anneal(['check', 'spec.yaml', ...zeros], { folder });
  assert.equal(failing.code, 1, failing.stderr);
  assert.match(failing.stderr, /✗ overfit/);
  assert.match(failing.stdout, /failed: check .* failed/);
});

test('only a train spec has checks', async (t) => {
  const folder = await temporaryFolder(t);
  await writeFile(join(folder, 'spec.yaml'), 'kind: evaluate\nmodel: { job: job_00000000000000000000000000 }\n');
  const { code, stderr } = await anneal(['check', 'spec.yaml'], { folder });
  assert.equal(code, 2);
  assert.match(stderr, /kind is evaluate; checks are those of a train spec/);
});
