/** Operations of a step, against PyTorch's own count (test/oracles/forecast/make.py) and closed forms. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import {
  inferModel,
  layerDefinition,
  model,
  parse,
  runKind,
  runWork,
  type Shape,
  stepFlops,
  type TrainSpec,
  type TrainSpecInput,
  trainSpec,
  validateTrain,
} from '@anneal/schemas';

interface Case {
  readonly name: string;
  readonly input: number[];
  readonly batch: number;
  readonly layers: unknown[];
  readonly forward: number;
  readonly step: number | null;
}

const { cases } = JSON.parse(readFileSync(new URL('../oracles/forecast/pytorch.json', import.meta.url), 'utf8')) as {
  cases: Case[];
};

for (const { name, input, batch, layers, forward, step } of cases)
  test(`PyTorch counts as many operations: ${name}`, () => {
    const inferred = inferModel(parse(model, { layers }), input);
    const forwards = inferred.reduce((sum, { multiplyAdds }) => sum + 2 * multiplyAdds, 0);
    assert.equal(batch * forwards, forward);
    if (step !== null) assert.equal(batch * stepFlops(inferred), step);
  });

const multiplyAdds = (layer: Record<string, unknown>, input: Shape): number => {
  const definition = layerDefinition(layer.type as string);
  const options = definition.schema.parse(layer) as never;
  return definition.multiplyAdds(input, definition.infer([input], options), options);
};

test('closed forms of layers that PyTorch has no one operation for', () => {
  assert.equal(multiplyAdds({ type: 'dense', units: 5, everyStep: true }, [7, 4]), 7 * 4 * 5);
  assert.equal(multiplyAdds({ type: 'maxout', units: 5, pieces: 3 }, [4]), 4 * 5 * 3);
  assert.equal(multiplyAdds({ type: 'depthwise-conv2d', kernelSize: 3, depthMultiplier: 2 }, [8, 8, 3]), 36 * 9 * 6);
  const separable = { type: 'separable-conv2d', filters: 5, kernelSize: 3, depthMultiplier: 2 };
  assert.equal(multiplyAdds(separable, [8, 8, 3]), 36 * (9 * 6 + 6 * 5));
  assert.equal(multiplyAdds({ type: 'simple-rnn', units: 6 }, [7, 4]), 7 * 6 * (4 + 6));
  assert.equal(multiplyAdds({ type: 'gru', units: 6 }, [7, 4]), 3 * 7 * 6 * (4 + 6));
  assert.equal(multiplyAdds({ type: 'bidirectional', cell: 'gru', units: 6 }, [7, 4]), 2 * 3 * 7 * 6 * (4 + 6));
  const images = { type: 'conv-lstm2d', filters: 6, kernelSize: 3 };
  for (const returnSequences of [false, true])
    assert.equal(multiplyAdds({ ...images, returnSequences }, [7, 8, 8, 2]), 7 * 4 * 6 * 36 * 9 * (2 + 6));
  for (const type of ['flatten', 'max-pooling2d', 'batch-normalization', 'dropout'])
    assert.equal(multiplyAdds(type === 'dropout' ? { type, rate: 0.5 } : { type }, [8, 8, 2]), 0);
});

const spec = (overrides: Partial<TrainSpecInput> = {}): TrainSpec =>
  parse(trainSpec, {
    kind: 'train',
    data: { type: 'two-spirals', rows: 1000 },
    model: {
      layers: [
        { type: 'dense', units: 16 },
        { type: 'dense', units: 2 },
      ],
    },
    loss: { type: 'softmax-cross-entropy' },
    update: { rule: 'sgd' },
    schedule: { type: 'constant', rate: 0.1 },
    batchSize: 32,
    budget: { epochs: 10 },
    ...overrides,
  });
const sizes = { training: 810, validation: 90, test: 100 };
const workOf = (overrides: Partial<TrainSpecInput> = {}) =>
  runWork(validateTrain(spec(overrides), { memoryBytes: 2 ** 40 }), sizes);
const runKindOf = (layers: TrainSpecInput['model']): string => runKind({ ...spec(), model: parse(model, layers) });
/** Of an example: 2 products of the first layer, 3 of the second. */
const EXAMPLE = 2 * (2 * 2 * 16 + 3 * 16 * 2);

test('steps are those of the budget, and early stopping may end it after its patience', () => {
  const stepsPerEpoch = Math.ceil(810 / 32);
  assert.deepEqual([workOf().stepsPerEpoch, workOf().steps, workOf().leastSteps], [26, 260, 260]);
  assert.equal(workOf({ budget: { epochs: 10, steps: 100 } }).steps, 100);
  assert.deepEqual([workOf({ budget: { seconds: 9 } }).steps, workOf({ budget: { seconds: 9 } }).seconds], [null, 9]);
  assert.equal(workOf({ earlyStopping: { patience: 3 } }).leastSteps, 4 * stepsPerEpoch);
  assert.equal(workOf({ accumulate: 4 }).stepsPerEpoch, Math.ceil(810 / 128));
});

test('operations of a step grow with its examples and members, and those of an evaluation with what is judged', () => {
  const plain = workOf();
  assert.equal(plain.step.flops, 32 * EXAMPLE);
  assert.equal(plain.evaluation.flops, 90 * 2 * (2 * 16 + 16 * 2));
  assert.equal(workOf({ accumulate: 4 }).step.flops, 128 * EXAMPLE);
  assert.equal(workOf({ ensemble: { members: 3 } }).step.flops, 3 * 32 * EXAMPLE);
  assert.equal(workOf({ batchSize: 5000 }).step.flops, 810 * EXAMPLE);
  assert.equal(workOf({ averaging: {} }).evaluation.flops, 2 * plain.evaluation.flops);
  assert.ok(workOf({ update: { rule: 'adam' } }).step.bytes > plain.step.bytes);
});

test('a step of a full-batch rule takes all examples; Newton’s method two gradients a parameter besides', () => {
  const lbfgs = workOf({ update: { rule: 'l-bfgs' } });
  assert.deepEqual([lbfgs.step.flops, lbfgs.stepsPerEpoch, lbfgs.mostPasses], [810 * EXAMPLE, 1, 25]);
  const newton = workOf({ update: { rule: 'newton' } });
  const parameters = 3 * 16 + 17 * 2;
  assert.equal(newton.step.flops, (1 + 2 * parameters) * 810 * EXAMPLE);
  assert.equal(workOf({ update: { rule: 'l-bfgs', minibatch: true } }).stepsPerEpoch, 26);
});

test('a step of SFO takes one of its minibatches, and the run goes on to the end of its budget', () => {
  const sfo = workOf({ update: { rule: 'sfo', minibatches: 20 } });
  assert.deepEqual([sfo.step.flops, sfo.stepsPerEpoch, sfo.mostPasses], [Math.ceil(810 / 20) * EXAMPLE, 20, 12]);
  assert.deepEqual([sfo.steps, sfo.leastSteps], [200, 200]);
});

test('kinds of run tell apart what takes its time differently', () => {
  const conv = { layers: [{ type: 'conv2d', filters: 2, kernelSize: 1 }] } as never;
  const { kind } = workOf();
  assert.equal(kind, 'dense-auto');
  assert.equal(
    workOf({ plan: 'graph', augmentation: [{ type: 'noise', deviation: 0.1 }] }).kind,
    'dense-graph-augmented',
  );
  assert.equal(workOf({ update: { rule: 'l-bfgs' } }).kind, 'dense-auto-full-batch');
  assert.match(runKindOf(conv), /^convolutional-/);
  assert.match(runKindOf({ layers: [{ type: 'lstm', units: 2 }] } as never), /^recurrent-/);
});
