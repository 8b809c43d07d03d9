/**
 * The layers of a model in the JSON of TF.js, of the TensorFlow.js converter or of Keras 2 and 3 (`to_json`), in an order in which every
 * layer comes after its inputs, the output last.
 */
import { SpecError } from '../error.ts';
import { described, isObject, LayerConfig, show } from './layer-config.ts';

export interface ImportedNode {
  readonly config: LayerConfig;
  /** Names of the layers it takes; null for the layer before it. */
  readonly inputs: readonly string[] | null;
}

export interface Topology {
  /** Without the layer that stands for the input. */
  readonly nodes: readonly ImportedNode[];
  /** The input's own name. */
  readonly input: string | null;
  /** Shape of an example; null where it is not told, a null side where it is open. */
  readonly shape: readonly (number | null)[] | null;
  /** Keras 3, which counts some things otherwise. */
  readonly keras3: boolean;
}

/** @throws SpecError for what is no such model, or one of several inputs, outputs or uses of a layer */
export function readTopology(json: unknown): Topology {
  if (!isObject(json)) throw wrong('it is not a JSON object');
  if (json.format === 'graph-model' || (isObject(json.modelTopology) && Array.isArray(json.modelTopology.node)))
    throw wrong(
      'it is a TensorFlow graph (graph-model), which has no layers any more; convert the Keras model instead',
    );
  const topology = isObject(json.modelTopology) ? json.modelTopology : json;
  const root = isObject(topology.model_config) ? topology.model_config : topology;
  const model = described(root);
  const keras3 = 'module' in root;
  if (model?.className === 'Sequential') return { ...readSequence(root.config), keras3 };
  if (model?.className === 'Functional' || model?.className === 'Model') return { ...readGraph(model.config), keras3 };
  throw wrong(
    model
      ? `a ${model.className} model has no description of its layers; sequential and functional ones have`
      : 'it describes no model',
  );
}

const wrong = (why: string) => new SpecError('invalid_spec', `the model can't be imported: ${why}`);

function readSequence(config: unknown): Omit<Topology, 'keras3'> {
  const list = Array.isArray(config) ? config : isObject(config) ? config.layers : null;
  const entries = layerList(list);
  const [first] = entries;
  const shape = first ? shapeOf(first.entry) : null;
  const nodes = entries.filter(({ className }) => className !== 'InputLayer');
  const input = first?.className === 'InputLayer' ? first.name : null;
  return { nodes: nodes.map((entry) => ({ config: configOf(entry), inputs: null })), input, shape };
}

function readGraph(config: Record<string, unknown>): Omit<Topology, 'keras3'> {
  const entries = layerList(config.layers);
  const input = only(config.input_layers ?? config.inputLayers, 'input');
  const output = only(config.output_layers ?? config.outputLayers, 'output');
  const given = entries.find(({ name }) => name === input);
  const nodes = entries
    .filter(({ className }) => className !== 'InputLayer')
    .map((entry) => ({ config: configOf(entry), inputs: inputsOf(entry) }));
  return { nodes: ordered(nodes, input, output), input, shape: given ? shapeOf(given.entry) : null };
}

interface Entry {
  readonly entry: Record<string, unknown>;
  readonly className: string;
  readonly name: string;
}

function layerList(list: unknown): Entry[] {
  if (!Array.isArray(list)) throw wrong('it has no list of layers');
  return list.map((entry: unknown, index) => {
    const found = described(entry);
    if (!found) throw wrong(`layer ${index} has no class_name`);
    const name = found.config.name ?? (entry as Record<string, unknown>).name ?? `layer_${index}`;
    return { entry: entry as Record<string, unknown>, className: found.className, name: String(name) };
  });
}

const configOf = ({ entry, className, name }: Entry) => new LayerConfig(className, name, described(entry)!.config);

function shapeOf(entry: Record<string, unknown>): readonly (number | null)[] | null {
  const { config } = described(entry)!;
  const shape = config.batch_input_shape ?? config.batch_shape ?? config.batchInputShape ?? config.batchShape;
  return Array.isArray(shape) ? shape.slice(1) : null;
}

/** `["name", 0, 0]`, or a list of one such. */
function only(list: unknown, what: string): string {
  const places: unknown[] = Array.isArray(list) ? (typeof list[0] === 'string' ? [list] : list) : [];
  if (places.length !== 1) throw wrong(`it has ${places.length} ${what}s; Anneal's models have one`);
  return String((places[0] as unknown[])[0]);
}

/** Keras 2 and TF.js: `[[["name", 0, 0, {}], …]]`; Keras 3: `[{ args, kwargs }]` with tensors that name their layer. */
function inputsOf(entry: Entry): string[] {
  const nodes = entry.entry.inbound_nodes ?? entry.entry.inboundNodes;
  const uses: unknown[] = Array.isArray(nodes) ? nodes : [];
  const config = configOf(entry);
  if (uses.length !== 1) config.refuse(`it is used ${uses.length} times; Anneal's layers are used once`);
  const [use] = uses;
  const names = isObject(use) ? tensorNames(use.args) : Array.isArray(use) ? use.map((place) => place[0]) : [];
  if (names.length === 0 || !names.every((name) => typeof name === 'string'))
    config.refuse(`its inputs are ${show(use)}`);
  return names as string[];
}

/** Names of the layers that made the tensors, found at any depth of the arguments. */
function tensorNames(value: unknown): unknown[] {
  if (Array.isArray(value)) return value.flatMap(tensorNames);
  if (!isObject(value) || !isObject(value.config)) return [];
  const { keras_history: history } = value.config;
  return Array.isArray(history) ? [history[0]] : [];
}

/** Every layer after its inputs, `output` last. */
function ordered(nodes: readonly (ImportedNode & { inputs: string[] })[], input: string, output: string) {
  const done = new Set([input]);
  const sorted: ImportedNode[] = [];
  for (let waiting = [...nodes]; waiting.length > 0; ) {
    const ready = waiting.find(
      ({ config, inputs }) =>
        inputs.every((name) => done.has(name)) && (config.name !== output || waiting.length === 1),
    );
    if (!ready)
      throw wrong(`layer '${waiting[0]!.config.name}' takes what no layer before it gives, or its output is not used`);
    done.add(ready.config.name);
    sorted.push(ready);
    waiting = waiting.filter((node) => node !== ready);
  }
  return sorted;
}
