/** Every layer: shapes and sizes inferred without TensorFlow are TF.js's own, and the compiled step trains it as the eager one does. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inferModel, layerDefinitions, parse, trainSpec, validateSpec } from '@anneal/schemas';
import { buildModel } from '../../services/engine/model/build.ts';
import { eagerPlan } from '../../services/engine/plan/eager-plan.ts';
import { graphPlan } from '../../services/engine/plan/graph-plan.ts';
import type { Plan } from '../../services/engine/plan/plan.ts';
import { initialState, stateVariables, type Task } from '../../services/engine/plan/task.ts';
import { tf } from '../../services/engine/tensorflow.ts';
import { flat, type Layers, layerCases } from './layer-cases.ts';
import { blobs, dense, smallSpec, smallTask } from './small-task.ts';

test('every layer of the registry is among the cases; one of the user’s own is in own-code/', () => {
  const covered = new Set(Object.values(layerCases).flatMap(({ layers }) => layers.map(({ type }) => type)));
  assert.deepEqual(
    [...layerDefinitions.keys()].filter((type) => !covered.has(type as never)),
    ['module'],
  );
});

const modelOf = (layers: Layers) => parse(trainSpec.shape.model, { layers });

/** Losses of three steps and the state after them. */
function train(make: (task: Task) => Plan, input: number[], layers: Layers) {
  const data = blobs({ rows: 120, shape: input, classes: 3 });
  const spec = smallSpec({
    model: { layers: [...layers, flat, dense(3)] },
    update: { rule: 'momentum' },
    batchSize: 16,
    plan: 'graph',
  });
  const { task, order } = smallTask(spec, data);
  const plan = make(task);
  plan.set(initialState(task));
  const losses = [0, 1, 2].flatMap((step) => {
    const { rows, batch } = order.take(step, 1);
    return [...plan.train({ rows, batch, rates: Float32Array.of(0.1), firstStep: step + 1 }).loss];
  });
  const state = plan.get(stateVariables(task).map(({ name }) => name));
  const judged = plan.evaluate(data.splits.validation);
  plan.dispose();
  task.built.dispose();
  return { losses, state, judged };
}

for (const [name, { input, layers }] of Object.entries(layerCases)) {
  test(`${name}: shapes and sizes are TF.js's`, () => {
    const inferred = inferModel(modelOf(layers), input);
    const built = buildModel(inferred, 1);
    for (const { name: layer, output, parameters } of inferred) {
      const made = built.model.getLayer(layer);
      assert.deepEqual((made.outputShape as number[]).slice(1), [...output], `${layer} shape`);
      assert.equal(made.countParams(), parameters, `${layer} parameters`);
    }
    const names = built.weights.map((weight) => weight.name);
    assert.equal(new Set(names).size, names.length, `${names}`);
    built.dispose();
  });

  test(`${name}: graph and eager take the same steps`, () => {
    const [graph, eager] = [train(graphPlan, input, layers), train(eagerPlan, input, layers)];
    const close = (a: number, b: number, what: string) =>
      assert.ok(Math.abs(a - b) <= 5e-5 * Math.max(1, Math.abs(b)), `${what}: ${a} and ${b}`);
    graph.losses.forEach((loss, i) => void close(loss, eager.losses[i]!, `loss ${i}`));
    for (const [weight, values] of eager.state)
      values.forEach((value, i) => void close(graph.state.get(weight)![i]!, value, `${weight}[${i}]`));
    close(graph.judged.loss, eager.judged.loss, 'evaluation');
    assert.ok(graph.losses.every(Number.isFinite));
  });
}

test('frozen layers keep their weights, a frozen batch normalisation its averages; a rate multiplier multiplies', () => {
  const layers = (frozen: boolean, rateMultiplier: number): Layers => [
    { ...dense(6, 'tanh'), name: 'first', frozen },
    { type: 'batch-normalization', name: 'norm', frozen },
    { ...dense(5, 'tanh'), name: 'second', rateMultiplier },
  ];
  const steps = (frozen: boolean, multiplier: number) => train(graphPlan, [6], layers(frozen, multiplier)).state;
  const frozen = steps(true, 1);
  const start = initialState(
    smallTask(
      smallSpec({ model: { layers: [...layers(true, 1), flat, dense(3)] } }),
      blobs({ rows: 50, shape: [6], classes: 3 }),
    ).task,
  );
  for (const [name, values] of start)
    if (/^(first|norm)\//.test(name)) assert.deepEqual([...frozen.get(name)!], [...values], name);
  assert.notDeepEqual(frozen.get('second/kernel'), start.get('second/kernel'));
  assert.deepEqual(steps(false, 0).get('second/kernel'), start.get('second/kernel'));
  for (const make of [eagerPlan])
    assert.deepEqual(train(make, [6], layers(false, 0)).state.get('second/kernel'), start.get('second/kernel'));
});

test('constraints hold after every step, on every plan', () => {
  for (const make of [graphPlan, eagerPlan])
    for (const constraint of [
      { type: 'max-norm', norm: 0.5 },
      { type: 'unit-norm' },
      { type: 'non-negative' },
    ] as const) {
      const { state } = train(make, [6], [{ ...dense(4, 'tanh'), name: 'held', constraint }]);
      const kernel = state.get('held/kernel')!;
      const norms = [0, 1, 2, 3].map((unit) => Math.hypot(...[0, 1, 2, 3, 4, 5].map((i) => kernel[4 * i + unit]!)));
      if (constraint.type === 'max-norm')
        assert.ok(
          norms.every((norm) => norm <= 0.5 + 1e-6),
          `${norms}`,
        );
      if (constraint.type === 'unit-norm')
        assert.ok(
          norms.every((norm) => Math.abs(norm - 1) < 1e-5),
          `${norms}`,
        );
      if (constraint.type === 'non-negative') assert.ok(kernel.every((w) => w >= 0));
    }
});

test("a layer's own regularisation is in the place of the spec's", () => {
  const loss = (regularization: { l2: number }, own?: { l2: number }) => {
    const spec = smallSpec({
      model: { layers: [{ ...dense(3), name: 'only', ...(own && { regularization: own }) }] },
      regularization,
    });
    const { task, order } = smallTask(spec, blobs({ rows: 50, shape: [6], classes: 3 }));
    const plan = graphPlan(task);
    plan.set(initialState(task));
    const { rows, batch } = order.take(0, 1);
    const { loss: total, dataLoss } = plan.train({ rows, batch, rates: Float32Array.of(0), firstStep: 1 });
    const squares = initialState(task)
      .get('only/kernel')!
      .reduce((sum, w) => sum + w * w, 0);
    plan.dispose();
    return (total[0]! - dataLoss[0]!) / squares;
  };
  assert.ok(Math.abs(loss({ l2: 0.1 }) - 0.1) < 1e-4);
  assert.ok(Math.abs(loss({ l2: 0.1 }, { l2: 0.3 }) - 0.3) < 1e-4);
  assert.ok(Math.abs(loss({ l2: 0.1 }, { l2: 0 })) < 1e-6);
});

test('initialisers have the variance of their formula, and the same values for the same seed', () => {
  const values = (initializer: unknown, seed = 1) => {
    const model = modelOf([{ type: 'dense', units: 300, initializer } as never]);
    const built = buildModel(inferModel(model, [200]), seed);
    const kernel = built.weights[0]!.initial.slice();
    built.dispose();
    return kernel;
  };
  // Of a normal number that is drawn again beyond two deviations.
  const truncated = 0.7737;
  const variances: [unknown, number][] = [
    ['glorot-uniform', 2 / 500],
    ['glorot-normal', (truncated * 2) / 500],
    ['he-uniform', 2 / 200],
    ['he-normal', (truncated * 2) / 200],
    ['lecun-uniform', 1 / 200],
    ['lecun-normal', (truncated * 1) / 200],
    ['calibrated', 1 / 200],
    [{ type: 'normal', deviation: 0.3 }, 0.09],
    [{ type: 'uniform', bound: 0.3 }, 0.03],
  ];
  for (const [initializer, expected] of variances) {
    const kernel = values(initializer);
    const variance = kernel.reduce((sum, w) => sum + w * w, 0) / kernel.length;
    assert.ok(
      Math.abs(variance / expected - 1) < 0.04,
      `${JSON.stringify(initializer)}: ${variance} is not ${expected}`,
    );
    assert.deepEqual(values(initializer), kernel);
    assert.notDeepEqual(values(initializer, 2), kernel);
  }
  assert.ok(values({ type: 'constant', value: 0.5 }).every((w) => w === 0.5));
  const q = tf.tensor2d(values('orthogonal'), [200, 300]);
  const gram = tf.matMul(q, q, false, true).dataSync();
  assert.ok(gram.every((value, i) => Math.abs(value - (i % 201 === 0 ? 1 : 0)) < 1e-4));
  q.dispose();
});

const refused = (layers: unknown, message: RegExp) => {
  const spec = {
    kind: 'train',
    data: { type: 'mnist' },
    model: { layers },
    loss: { type: 'softmax-cross-entropy' },
    update: { rule: 'sgd' },
    schedule: { type: 'constant', rate: 0.1 },
    budget: { epochs: 1 },
  };
  assert.throws(() => validateSpec(spec, { memoryBytes: Number.POSITIVE_INFINITY }), message);
};

test('wrong graphs of layers are refused, naming the layer', () => {
  const end = [flat, dense(10)];
  refused([{ type: 'thresholded-relu' }, ...end], /'thresholded-relu' is not offered: TF\.js has no gradient/);
  refused(
    [
      { ...flat, name: 'row' },
      { ...dense(10), inputs: ['rwo'] },
    ],
    /inputs\[0\]: there is no layer 'rwo' before it; did you mean 'row'/,
  );
  refused(
    [
      { ...flat, name: 'row' },
      { type: 'add', inputs: ['row'] },
    ],
    /add 'add_1' takes two inputs or more, got 1/,
  );
  refused(
    [
      { ...flat, name: 'a' },
      { ...dense(10), inputs: ['a', 'input'] },
    ],
    /dense 'dense_1' takes one input, got 2/,
  );
  refused(
    [
      { ...flat, name: 'a' },
      { ...dense(5), name: 'b' },
      { ...dense(10), inputs: ['a'] },
    ],
    /no layer takes the output of 'b'/,
  );
  refused(
    [{ type: 'conv2d', filters: 2, kernelSize: 3, dilation: 2 } as never, ...end],
    /dilation: is not offered: TF\.js/,
  );
  refused(
    [{ type: 'conv1d', filters: 2, kernelSize: 3, padding: 'causal' } as never, ...end],
    /'causal' is not offered: TF\.js/,
  );
  refused([{ ...flat, name: 'input' }, dense(10)], /'input' means the data themselves/);
  refused(
    [
      flat,
      { ...dense(4), name: 'a' },
      { ...dense(5), name: 'b', inputs: ['flatten_0'] },
      { type: 'add', inputs: ['a', 'b'] },
      dense(10),
    ],
    /got \[5\], needs the shape of its first input, \[4\]/,
  );
});
