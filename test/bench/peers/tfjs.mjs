/** tfjs-node's own `model.fit` and `optimizer.minimize`: TensorFlow.js without Anneal. Modes: README.md. */
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import util from 'node:util';

// tfjs-node calls two functions that Node 23 removed.
util.isNullOrUndefined ??= (value) => value === null || value === undefined;
util.isArray ??= Array.isArray;

// Whatever libraries print must not mix with the answers.
const answer = process.stdout.write.bind(process.stdout);
process.stdout.write = process.stderr.write.bind(process.stderr);
const tf = (await import('@tensorflow/tfjs-node')).default;

const ROWS = 4096;
const CLASSES = 10;
const WARM_UP_SECONDS = 0.5;
const works = JSON.parse(readFileSync(new URL('works.json', import.meta.url), 'utf8'));
const updates = {
  adam: () => tf.train.adam(1e-3, 0.9, 0.999, 1e-8),
  momentum: () => tf.train.momentum(0.1, 0.9),
  sgd: () => tf.train.sgd(0.1),
  nesterov: () => tf.train.momentum(0.1, 0.9, true),
  adagrad: () => tf.train.adagrad(0.01),
  rmsprop: () => tf.train.rmsprop(1e-3),
  adadelta: () => tf.train.adadelta(1),
};
/** None where TF.js has no such rule, no layers of several members, or no augmentation. */
function modesOf({ update, members = 1, streamed = 0, augmented = 0, evaluated = 0 }) {
  if (evaluated) return ['evaluate', 'evaluate-1024'];
  return updates[update] && members === 1 && !streamed && !augmented ? ['fit', 'minimize'] : [];
}
const version = `${tf.version.tfjs} on TensorFlow ${tf.backend().binding?.TF_Version ?? 'unknown'}`;

const updateOf = (work) => updates[work.update]();
const crossEntropy = (labels, logits) => tf.losses.softmaxCrossEntropy(labels, logits);

function network(work) {
  const model = tf.sequential();
  const add = (layer, options) =>
    model.add(tf.layers[layer](model.layers.length === 0 ? { inputShape: work.input, ...options } : options));
  const activation = work.activation ?? 'relu';
  if (work.recurrent) add('lstm', { units: work.recurrent, recurrentActivation: 'sigmoid' });
  for (const filters of work.convolutions) {
    add('conv2d', { filters, kernelSize: 3, padding: 'same', activation });
    add('maxPooling2d', { poolSize: 2 });
  }
  if (work.convolutions.length > 0) add('flatten', {});
  for (const units of work.dense) add('dense', { units, activation });
  add('dense', { units: CLASSES });
  return model;
}

/** Random rows [ROWS, ...input] and one-hot classes [ROWS, CLASSES], so that no step has to make them. */
function data(work) {
  const classes = Int32Array.from({ length: ROWS }, () => Math.floor(Math.random() * CLASSES));
  const x = tf.randomNormal([ROWS, ...work.input], 0, 0.3, 'float32', 0);
  return { x, y: tf.tidy(() => tf.oneHot(tf.tensor1d(classes, 'int32'), CLASSES).toFloat()) };
}

/** `model.fit` over resident tensors, shuffled; a callback gets the loss of every batch, as a user's progress bar does. */
function fitted(work) {
  const { x, y } = data(work);
  const model = network(work);
  model.compile({ optimizer: updateOf(work), loss: crossEntropy });
  return async (seconds) => {
    const START = 3;
    let [steps, start, now, loss] = [0, 0, 0, 0];
    await model.fit(x, y, {
      batchSize: work.batch,
      epochs: Number.MAX_SAFE_INTEGER,
      shuffle: true,
      verbose: 0,
      yieldEvery: 'never',
      callbacks: {
        onBatchEnd: (_batch, logs) => {
          loss = logs.loss;
          now = performance.now();
          steps += 1;
          if (steps === START) start = now;
          else if (steps > START && now - start >= seconds * 1000) model.stopTraining = true;
        },
      },
    });
    return { steps: steps - START, seconds: (now - start) / 1000, loss };
  };
}

/** A loop of one's own over `optimizer.minimize`, without the book-keeping of fit. */
function minimized(work) {
  const { x, y } = data(work);
  const model = network(work);
  const update = updateOf(work);
  const weights = model.trainableWeights.map((weight) => weight.read());
  const rows = Int32Array.from({ length: ROWS }, (_, row) => row);
  let at = ROWS;
  const following = () => {
    if (at >= ROWS) {
      tf.util.shuffle(rows);
      at = 0;
    }
    at += work.batch;
    return rows.subarray(at - work.batch, at);
  };
  return async (seconds) => {
    const start = performance.now();
    for (let steps = 1; ; steps += 1) {
      const loss = tf.tidy(() => {
        const index = tf.tensor1d(following(), 'int32');
        const [a, b] = [tf.gather(x, index), tf.gather(y, index)];
        const cost = update.minimize(() => crossEntropy(b, model.apply(a, { training: true })), true, weights);
        return cost.dataSync()[0];
      });
      const elapsed = (performance.now() - start) / 1000;
      if (elapsed >= seconds) return { steps, seconds: elapsed, loss };
    }
  };
}

/** Mean loss and accuracy of all rows: a step counts for a batch of the work. */
function evaluated(work, mode) {
  const { x, y } = data(work);
  const model = network(work);
  model.compile({ optimizer: updateOf(work), loss: crossEntropy, metrics: ['accuracy'] });
  const batchSize = mode.endsWith('-1024') ? 1024 : work.batch;
  return async (seconds) => {
    const start = performance.now();
    for (let steps = ROWS / work.batch; ; steps += ROWS / work.batch) {
      const loss = tf.tidy(() => model.evaluate(x, y, { batchSize })[0].dataSync()[0]);
      const elapsed = (performance.now() - start) / 1000;
      if (elapsed >= seconds) return { steps, seconds: elapsed, loss };
    }
  };
}

function builtFor(work, mode) {
  if (work.evaluated) return evaluated(work, mode);
  return mode === 'fit' ? fitted(work) : minimized(work);
}

const runs = new Map();
const broken = new Map();

async function measure({ work, mode, seconds }) {
  if (!works[work]) throw new Error(`work: '${work}' is not known; there are ${Object.keys(works).join(', ')}`);
  const modes = modesOf(works[work]);
  if (!modes.includes(mode)) throw new Error(`mode: '${mode}' is not known for ${work}; there are ${modes.join(', ')}`);
  const key = `${work} ${mode}`;
  if (broken.has(key)) throw broken.get(key);
  if (!runs.has(key)) {
    try {
      const run = builtFor(works[work], mode);
      await run(WARM_UP_SECONDS);
      runs.set(key, run);
    } catch (error) {
      broken.set(key, error);
      throw error;
    }
  }
  const done = await runs.get(key)(seconds);
  if (!Number.isFinite(done.loss)) throw new Error(`the loss of ${work} became ${done.loss}: this is no training`);
  const microsecondsPerStep = (done.seconds / done.steps) * 1e6;
  return { work, mode, microsecondsPerStep, steps: done.steps, loss: done.loss, version };
}

for await (const line of createInterface({ input: process.stdin })) {
  const reply = await (async () => {
    const request = JSON.parse(line);
    if (!request.list) return measure(request);
    return {
      peer: 'tfjs',
      version,
      works: Object.fromEntries(Object.entries(works).map(([work, net]) => [work, modesOf(net)])),
    };
  })().catch((error) => ({ error: `${error.name}: ${error.message}` }));
  answer(`${JSON.stringify(reply)}\n`);
}
