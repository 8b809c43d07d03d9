/** What of a Keras model has no place in a spec is refused by name, with the reason. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { importModelJson } from '@anneal/schemas';

type Config = Record<string, unknown>;
const layer = (class_name: string, config: Config = {}, name = 'it') => ({ class_name, config: { name, ...config } });
const sequence = (shape: (number | null)[], ...layers: ReturnType<typeof layer>[]) => ({
  class_name: 'Sequential',
  config: { layers: [layer('InputLayer', { batch_input_shape: [null, ...shape] }), ...layers] },
});
const fails = (json: unknown, message: RegExp) => assert.throws(() => importModelJson(json), message);

test('layers that Anneal lacks', () => {
  const only = (className: string) => sequence([4], layer(className));
  fails(only('ThresholdedReLU'), /layer 'it' \(ThresholdedReLU\) can't be imported: TF\.js has no gradient/);
  fails(only('Attention'), /\(Attention\) can't be imported: Anneal has no such layer/);
  fails(only('Densee'), /the nearest is Dense/);
  fails(only('Functional'), /a model within the model/);
  fails(only('constructor'), /\(constructor\) can't be imported: Anneal has no such layer/);
});

test('options that Anneal lacks', () => {
  const dense = { units: 2 };
  const convolution = { filters: 2, kernel_size: [2, 2] };
  const recurrent = { units: 2 };
  const cases: [(number | null)[], string, Config, RegExp][] = [
    [[4], 'Dense', { ...dense, activation: 'exponential' }, /activation is 'exponential'; Anneal has linear, relu/],
    [[4], 'Dense', { ...dense, activity_regularizer: { class_name: 'L2', config: {} } }, /activityRegularizer is/],
    [[4], 'Dense', { ...dense, lora_rank: 3 }, /loraRank is 3: Anneal has no such option/],
    [[4], 'Dense', { units: 'two' }, /units is 'two', not a number/],
    [[4], 'Dense', { units: -2 }, /units: -2 is not allowed/],
    [[2, 2, 2], 'Dense', dense, /got \[2, 2, 2\], needs \[features\]/],
    [
      [6, 6, 1],
      'Conv2D',
      { ...convolution, dilation_rate: [2, 2] },
      /dilationRate is \[2,2\]: TF\.js can't differentiate it/,
    ],
    [
      [6, 6, 1],
      'Conv2D',
      { ...convolution, data_format: 'channels_first' },
      /Anneal has it with 'channels_last' alone/,
    ],
    [[6, 6, 4], 'Conv2D', { ...convolution, groups: 2 }, /groups is 2/],
    [
      [6, 1],
      'Conv1D',
      { filters: 2, kernel_size: 2, padding: 'causal' },
      /padding is 'causal'; TF\.js has same and valid/,
    ],
    [[4, 2], 'GRU', { ...recurrent, reset_after: true }, /TF\.js resets before the product alone/],
    [[4, 2], 'LSTM', { ...recurrent, return_state: true }, /returnState is true/],
    [[4, 2], 'LSTM', { ...recurrent, dropout: 0.2 }, /dropout is 0\.2/],
    [
      [4, 2],
      'LSTM',
      { ...recurrent, kernel_regularizer: { class_name: 'L2', config: { l2: 1 } } },
      /differ; Anneal has one for both/,
    ],
    [[4], 'Embedding', { input_dim: 3, output_dim: 2, mask_zero: true }, /maskZero is true: Anneal has no masks/],
    [[4, 3], 'BatchNormalization', { axis: [1] }, /axis is \[1\]: Anneal normalises over the last axis/],
    [[4], 'BatchNormalization', { scale: false }, /scale is false: TF\.js can't train the layer/],
    [[4], 'ReLU', { max_value: 3 }, /maxValue is 3; Anneal has none or 6/],
    [[4, 4, 1], 'UpSampling2D', { interpolation: 'bilinear' }, /half a pixel/],
    [[4, 2], 'Bidirectional', { layer: layer('GRUCell') }, /its layer is GRUCell; Anneal has SimpleRNN, LSTM, GRU/],
    [[4, 2], 'TimeDistributed', { layer: layer('LSTM') }, /Anneal distributes Dense alone/],
  ];
  for (const [shape, className, config, message] of cases) fails(sequence(shape, layer(className, config)), message);
});

test('models that are none, or of another kind', () => {
  fails([], /it is not a JSON object/);
  fails({}, /it describes no model/);
  fails({ format: 'graph-model', modelTopology: { node: [] } }, /a TensorFlow graph \(graph-model\)/);
  fails(layer('MyModel'), /a MyModel model has no description of its layers/);
  fails({ class_name: 'Sequential', config: {} }, /it has no list of layers/);
  fails(sequence([4]), /it has no layers/);
  fails(sequence([null, 4], layer('LSTM', { units: 2 })), /its input \[null,4\] has an open side; give the shape/);
});

interface Node {
  readonly name: string;
  readonly from: string[];
  readonly className?: string;
}

const graph = (nodes: Node[], outputs: string[], inputs = ['in']) => ({
  class_name: 'Functional',
  config: {
    layers: [
      ...inputs.map((name) => ({
        ...layer('InputLayer', { batch_input_shape: [null, 4] }, name),
        name,
        inbound_nodes: [],
      })),
      ...nodes.map(({ name, from, className = 'Dense' }) => ({
        ...layer(className, className === 'Dense' ? { units: 4 } : {}, name),
        name,
        inbound_nodes: [from.map((input) => [input, 0, 0, {}])],
      })),
    ],
    input_layers: inputs.map((name) => [name, 0, 0]),
    output_layers: outputs.map((name) => [name, 0, 0]),
  },
});

test('graphs: layers come after their inputs, the output last; names are made valid', () => {
  const { layers } = importModelJson(
    graph(
      [
        { name: 'sum', from: ['block/a', 'input'], className: 'Add' },
        { name: 'block/a', from: ['in'] },
        { name: 'input', from: ['block/a'] },
      ],
      ['sum'],
    ),
  );
  assert.deepEqual(layers, [
    { type: 'dense', units: 4, name: 'block_a' },
    { type: 'dense', units: 4, name: 'input_layer' },
    { type: 'add', name: 'sum', inputs: ['block_a', 'input_layer'] },
  ]);
});

test('graphs that are no graph of Anneal', () => {
  const a = { name: 'a', from: ['in'] };
  fails(graph([a], ['a', 'a']), /it has 2 outputs; Anneal's models have one/);
  fails(graph([a], ['a'], ['in', 'more']), /it has 2 inputs/);
  fails(graph([{ name: 'a', from: ['b'] }], ['a']), /layer 'a' takes what no layer before it gives/);
  fails(graph([a, { name: 'idle', from: ['a'] }], ['a']), /layer 'a' takes what no layer|its output is not used/);
  const shared = graph([a], ['a']);
  const used = shared.config.layers[1] as unknown as { inbound_nodes: unknown[] };
  used.inbound_nodes = [...used.inbound_nodes, ...used.inbound_nodes];
  fails(shared, /it is used 2 times; Anneal's layers are used once/);
});
