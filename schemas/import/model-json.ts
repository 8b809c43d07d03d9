/**
 * Imports a model: the layers that a `model.json` of TF.js or of the TensorFlow.js converter, or Keras's own `to_json`, describes, as
 * the layers of a spec. The spec then says all of its model, as any other does: layers can be frozen, exchanged or added, shapes are
 * checked before a run. The weights come by `model.warmStart`, whose file may be the same model.json.
 *
 * A softmax or sigmoid at the end is taken off, because the losses are computed on logits. Layers and options that Anneal lacks are
 * refused by name.
 */
import { SpecError } from '../error.ts';
import { nearest, parse } from '../explain.ts';
import { type LayerInput, layer, layerDefinition } from '../layers/index.ts';
import { refusedLayers } from '../layers/refused.ts';
import { INPUT } from '../model.ts';
import { type Shape, ShapeMismatch } from '../shape.ts';
import { kernelLayers, type Translation } from './kernel-layers.ts';
import { type LayerConfig, show } from './layer-config.ts';
import { plainLayers } from './plain-layers.ts';
import { readTopology } from './topology.ts';

export interface ImportedModel {
  readonly layers: LayerInput[];
  /** Shape of an example. */
  readonly input: Shape;
  /** What was taken off the end. */
  readonly outputActivation: 'softmax' | 'sigmoid' | null;
}

export interface ImportOptions {
  /** Shape of an example, where the file leaves it open. */
  readonly input?: Shape;
  /** Leaves softmax or sigmoid at the end. */
  readonly keepOutputActivation?: boolean;
}

/** @throws SpecError naming the layer and the option that can't be imported */
export function importModelJson(json: unknown, options: ImportOptions = {}): ImportedModel {
  const topology = readTopology(json);
  const input = options.input ?? fixed(topology.shape);
  const shapes = new Map<string, Shape>([[INPUT, input]]);
  const names = new Map<string | null, string>([[topology.input, INPUT]]);
  const made: LayerInput[] = [];
  let before = INPUT;
  for (const { config, inputs } of topology.nodes) {
    const from = inputs?.map((name) => names.get(name)!) ?? [before];
    const given = from.map((name) => shapes.get(name)!);
    const name = importedName(config.name);
    const translation = { ...translate(config, given, topology.keras3), name, frozen: !config.trainable };
    const item = concise({ ...translation, ...(from.join() !== before && { inputs: from }) });
    shapes.set(name, infer(config, item, given));
    names.set(config.name, name);
    made.push(item);
    before = name;
  }
  if (made.length === 0) throw new SpecError('invalid_spec', "the model can't be imported: it has no layers");
  return { input, ...(options.keepOutputActivation ? { layers: made, outputActivation: null } : logits(made)) };
}

/** Anneal's name of an imported layer, by which its weights are found. */
export function importedName(name: string): string {
  const plain = name
    .replace(/[^\w-]/g, '_')
    .replace(/^(?![A-Za-z])/, 'layer_')
    .slice(0, 64);
  return plain === INPUT ? `${INPUT}_layer` : plain;
}

function fixed(shape: readonly (number | null)[] | null): Shape {
  if (shape?.every((side) => typeof side === 'number')) return shape;
  const why = shape ? `its input ${show(shape)} has an open side` : 'it does not tell the shape of its input';
  throw new SpecError('invalid_spec', `the model can't be imported: ${why}; give the shape of an example`);
}

function translate(config: LayerConfig, inputs: readonly Shape[], keras3: boolean): Translation {
  const { className } = config;
  const read = kernelLayers.get(className) ?? plainLayers.get(className);
  if (!read) return config.refuse(whyUnknown(className));
  const made = read({ config, inputs, keras3 });
  config.end();
  return made;
}

function whyUnknown(className: string): string {
  if (['Sequential', 'Functional', 'Model'].includes(className))
    return 'it is a model within the model; save the model with its layers flat';
  const plain = (name: string) => name.replaceAll('-', '').toLowerCase();
  const refused = Object.entries(refusedLayers).find(([type]) => plain(type) === plain(className))?.[1];
  const near = nearest(className, [...kernelLayers.keys(), ...plainLayers.keys()]);
  return refused ?? `Anneal has no such layer${near ? `; the nearest is ${near}` : ''}`;
}

/** The layer without what is not given and what is the default anyway. */
function concise(item: Translation): LayerInput {
  const given = Object.entries(item).filter(([, value]) => value !== undefined && value !== null);
  const whole = JSON.stringify(layer.safeParse(Object.fromEntries(given)).data);
  const told = given.filter(([key]) => {
    const without = layer.safeParse(Object.fromEntries(given.filter(([other]) => other !== key)));
    return !without.success || JSON.stringify(without.data) !== whole;
  });
  return Object.fromEntries(told) as unknown as LayerInput;
}

function infer(config: LayerConfig, item: LayerInput, inputs: readonly Shape[]): Shape {
  try {
    return layerDefinition(item.type).infer(inputs, parse(layer, item) as never);
  } catch (error) {
    if (error instanceof ShapeMismatch || error instanceof SpecError) config.refuse(error.message);
    throw error;
  }
}

/** Layers whose activation comes last of all they do. */
const activated = new Set([
  'dense',
  'conv1d',
  'conv2d',
  'conv3d',
  'conv2d-transpose',
  'depthwise-conv2d',
  'separable-conv2d',
]);

/** What comes before the softmax or sigmoid at the end. */
function logits(layers: LayerInput[]): Pick<ImportedModel, 'layers' | 'outputActivation'> {
  const last = layers.at(-1)!;
  const before = layers.slice(0, -1);
  const alone = last.type === 'activation' && before.length > 0;
  const { activation, ...linear } = last as { activation?: string } & LayerInput;
  const ending = alone ? last.function : activated.has(last.type) ? activation : undefined;
  if (ending !== 'softmax' && ending !== 'sigmoid') return { layers, outputActivation: null };
  return { layers: alone ? before : [...before, linear as LayerInput], outputActivation: ending };
}
