/** Augmentation: exact where it can be, drawn by (seed, step), different for each example, and the same in every plan. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { type AugmentationStep, augmentation, parse, type TrainSpecInput, validateSpec } from '@anneal/schemas';
import { augment } from '../../services/engine/augment/augment.ts';
import { betaQuantiles } from '../../services/engine/augment/beta.ts';
import { eagerPlan } from '../../services/engine/plan/eager-plan.ts';
import { graphPlan } from '../../services/engine/plan/graph-plan.ts';
import type { Plan } from '../../services/engine/plan/plan.ts';
import { initialState, type Task } from '../../services/engine/plan/task.ts';
import { xlaPlan } from '../../services/engine/plan/xla-plan.ts';
import { tf } from '../../services/engine/tensorflow.ts';
import { blobs, dense, smallSpec, smallTask } from './small-task.ts';

const [BATCH, SIDE] = [32, 6];
const images = Float32Array.from({ length: BATCH * SIDE * SIDE }, (_value, i) => ((i * 37) % 101) / 101 + 0.1);

/** The images after the steps, row by row. */
function augmented(steps: object[], seed = 1, step = 1, values = images): number[][] {
  const options = parse(augmentation, steps);
  return tf.tidy(() => {
    const x = tf.tensor(values, [BATCH, SIDE, SIDE, 1]);
    const labels = tf.tensor1d(new Int32Array(BATCH), 'int32');
    const { inputs } = augment(options, seed, tf.scalar(step, 'int32'), x, labels);
    return (inputs.reshape([BATCH, -1]) as unknown as { arraySync(): number[][] }).arraySync();
  });
}

const original = Array.from({ length: BATCH }, (_value, row) => [...images.subarray(row * 36, (row + 1) * 36)]);
const at = (image: readonly number[], y: number, x: number) => image[y * SIDE + x]!;
const pixels = Array.from({ length: 36 }, (_value, i) => [Math.floor(i / SIDE), i % SIDE] as const);
const close = (a: readonly number[], b: readonly number[], tolerance = 1e-5) =>
  a.every((value, i) => Math.abs(value - b[i]!) <= tolerance);

test('flip mirrors about half of the images and leaves the others', () => {
  for (const direction of ['horizontal', 'vertical'] as const) {
    const made = augmented([{ type: 'flip', direction }]);
    const turned = original.map((image) =>
      pixels.map(([y, x]) => (direction === 'horizontal' ? at(image, y, SIDE - 1 - x) : at(image, SIDE - 1 - y, x))),
    );
    const flips = made.map((image, row) =>
      close(image, turned[row]!) ? 1 : close(image, original[row]!) ? 0 : Number.NaN,
    );
    const share = flips.reduce<number>((a, b) => a + b, 0) / BATCH;
    assert.ok(share > 0.2 && share < 0.8, `${share}`);
  }
});

test('crop moves each image by whole pixels, zeros from outside', () => {
  const made = augmented([{ type: 'crop', padding: 2 }]);
  const moves = made.map((image, row) => {
    const found = [-2, -1, 0, 1, 2].flatMap((dy) =>
      [-2, -1, 0, 1, 2].flatMap((dx) => {
        const moved = pixels.map(([y, x]) => {
          const [fromY, fromX] = [y + dy, x + dx];
          return fromY < 0 || fromX < 0 || fromY >= SIDE || fromX >= SIDE ? 0 : at(original[row]!, fromY, fromX);
        });
        return close(image, moved) ? [`${dy},${dx}`] : [];
      }),
    );
    assert.equal(found.length, 1);
    return found[0];
  });
  assert.ok(new Set(moves).size > 8, `${moves}`);
});

test('affine: no change is the identity; a shift of a ramp is that shift; a turn keeps the middle', () => {
  const still = augmented([{ type: 'affine' }]);
  assert.ok(still.every((image, row) => close(image, original[row]!)));
  const ramp = Float32Array.from({ length: BATCH * 36 }, (_value, i) => 10 + (i % SIDE));
  for (const image of augmented([{ type: 'affine', shift: 0.2 }], 1, 1, ramp)) {
    // Inside, a bilinear move of a ramp is exact: every pixel changes by the same.
    const change = at(image, 2, 3) - 13;
    assert.ok(Math.abs(change) <= 1.2 + 1e-4);
    assert.ok(Math.abs(at(image, 3, 2) - 12 - change) < 1e-4);
  }
  const odd = parse(augmentation, [{ type: 'affine', degrees: 180 }]);
  tf.tidy(() => {
    const x = tf.tensor(
      Float32Array.from({ length: 25 }, (_value, i) => i),
      [1, 5, 5, 1],
    );
    const { inputs } = augment(odd, 1, tf.scalar(3, 'int32'), x, tf.tensor1d([0], 'int32'));
    assert.ok(Math.abs(inputs.dataSync()[12]! - 12) < 1e-3);
  });
});

test('brightness adds, contrast stretches around the mean, noise has its deviation', () => {
  for (const [row, image] of augmented([{ type: 'brightness', delta: 0.3 }]).entries()) {
    const delta = image[0]! - original[row]![0]!;
    assert.ok(
      Math.abs(delta) <= 0.3 &&
        close(
          image,
          original[row]!.map((x) => x + delta),
        ),
    );
  }
  for (const [row, image] of augmented([{ type: 'contrast', factor: 0.5 }]).entries()) {
    const mean = original[row]!.reduce((a, b) => a + b, 0) / 36;
    const factor = (image[0]! - mean) / (original[row]![0]! - mean);
    assert.ok(
      factor >= 0.5 &&
        factor <= 1.5 &&
        close(
          image,
          original[row]!.map((x) => mean + (x - mean) * factor),
          1e-4,
        ),
    );
  }
  const noise = augmented([{ type: 'noise', deviation: 0.2 }]).flatMap((image, row) =>
    image.map((x, i) => x - original[row]![i]!),
  );
  const variance = noise.reduce((sum, x) => sum + x * x, 0) / noise.length;
  assert.ok(Math.abs(Math.sqrt(variance) - 0.2) < 0.02);
});

test('cut-out zeroes a square within the image', () => {
  for (const [row, image] of augmented([{ type: 'cut-out', size: 3 }]).entries()) {
    const holes = pixels.filter((_place, i) => image[i] === 0);
    const [ys, xs] = [holes.map(([y]) => y), holes.map(([, x]) => x)];
    const [height, width] = [Math.max(...ys) - Math.min(...ys) + 1, Math.max(...xs) - Math.min(...xs) + 1];
    assert.equal(holes.length, height * width);
    assert.ok(height <= 3 && width <= 3 && height >= 2 && width >= 2);
    pixels.forEach(([y, x], i) => void assert.ok(image[i] === 0 || image[i] === at(original[row]!, y, x)));
  }
});

test('mixup mixes the batch with itself backwards by a number of Beta(α, α)', () => {
  const options = parse(augmentation, [{ type: 'mixup', alpha: 2 }]);
  const shares = Array.from({ length: 400 }, (_value, step) =>
    tf.tidy(() => {
      const x = tf.tensor2d([[0], [1]]);
      const { inputs, mixed } = augment(options, 5, tf.scalar(step, 'int32'), x, tf.tensor1d([3, 4], 'int32'));
      const [share] = mixed!.share.dataSync();
      const [first, second] = inputs.dataSync();
      assert.ok(Math.abs(first! - (1 - share!)) < 1e-6 && Math.abs(second! - share!) < 1e-6);
      assert.deepEqual([...mixed!.labels.dataSync()], [4, 3]);
      return share!;
    }),
  ).sort((a, b) => a - b);
  // Kolmogorov-Smirnov against the quantiles: 1.63/√n is the bound of 1 %.
  const quantiles = betaQuantiles(2, 401);
  const distance = Math.max(
    ...shares.map((share, i) => Math.abs(quantiles.findIndex((q) => q >= share) / 400 - (i + 0.5) / 400)),
  );
  assert.ok(distance < 1.63 / 20 + 0.005, `${distance}`);
});

const oracle = JSON.parse(readFileSync(new URL('../oracles/augment/scipy.json', import.meta.url), 'utf8')) as {
  p: number[];
  quantiles: Record<string, number[]>;
};

test('quantiles of Beta(α, α) are SciPy’s', () => {
  for (const [alpha, expected] of Object.entries(oracle.quantiles)) {
    const quantiles = betaQuantiles(Number(alpha), 1001);
    oracle.p.forEach((p, i) => {
      const found = quantiles[Math.round(p * 1000)]!;
      assert.ok(Math.abs(found - expected[i]!) < 2e-4, `α ${alpha}, p ${p}: ${found} is not ${expected[i]}`);
    });
  }
});

test('draws depend on seed and step alone', () => {
  const steps = [
    { type: 'flip' },
    { type: 'crop', padding: 1 },
    { type: 'affine', degrees: 20 },
    { type: 'noise', deviation: 0.1 },
  ];
  assert.deepEqual(augmented(steps), augmented(steps));
  assert.notDeepEqual(augmented(steps, 1, 2), augmented(steps));
  assert.notDeepEqual(augmented(steps, 2, 1), augmented(steps));
});

const all: AugmentationStep[] = parse(augmentation, [
  { type: 'flip' },
  { type: 'crop', padding: 1 },
  { type: 'affine', degrees: 15, shift: 0.1, zoom: 0.1 },
  { type: 'brightness', delta: 0.1 },
  { type: 'contrast', factor: 0.2 },
  { type: 'cut-out', size: 2 },
  { type: 'noise', deviation: 0.05 },
  { type: 'mixup', alpha: 0.4 },
]);

test('all of them train: graph as eager, and XLA compiles them', () => {
  const data = blobs({ rows: 100, shape: [SIDE, SIDE, 1], classes: 3, bytes: true });
  const layers: TrainSpecInput['model']['layers'] = [
    { type: 'flatten' },
    dense(8, 'relu'),
    { type: 'dropout', rate: 0.2 },
    dense(3),
  ];
  const losses = (make: (task: Task) => Plan) => {
    const { task, order } = smallTask(smallSpec({ augmentation: all, model: { layers }, batchSize: 20 }), data);
    const plan = make(task);
    plan.set(initialState(task));
    const seen = [0, 1, 2].flatMap((step) => {
      const { rows, batch } = order.take(step, 1);
      return [...plan.train({ rows, batch, rates: Float32Array.of(0.1), firstStep: step + 1 }).loss];
    });
    plan.dispose();
    task.built.dispose();
    return seen;
  };
  const [graph, eager, xla] = [losses(graphPlan), losses(eagerPlan), losses(xlaPlan)];
  assert.ok(close(graph, eager, 1e-4), `${graph} ${eager}`);
  assert.ok(
    xla.every((loss) => Number.isFinite(loss) && loss > 0.5 && loss < 3),
    `${xla}`,
  );
});

test('steps for images are refused on vectors, naming the step', () => {
  const spec = {
    kind: 'train',
    data: { type: 'iris' },
    augmentation: [{ type: 'noise', deviation: 0.1 }, { type: 'flip' }],
    model: { layers: [{ type: 'dense', units: 3 }] },
    loss: { type: 'softmax-cross-entropy' },
    update: { rule: 'sgd' },
    schedule: { type: 'constant', rate: 0.1 },
    budget: { epochs: 1 },
  };
  const check = () => validateSpec(spec, { memoryBytes: Number.POSITIVE_INFINITY });
  assert.throws(check, /augmentation\[1\]: flip needs images \[height, width, channels\], the examples are \[4\]/);
});
