/** The model of a spec, and the inference of its shapes and its size before any TensorFlow. */
import { z } from 'zod';
import type { DataShape } from './dataset/index.ts';
import { SpecError } from './error.ts';
import { nearest } from './explain.ts';
import { type Layer, layer, layerDefinition } from './layers/index.ts';
import { type Loss, lossDefinition } from './losses/index.ts';
import { formatShape, type Shape, ShapeMismatch } from './shape.ts';

/** Weights to start from instead of random ones: with frozen layers it is transfer learning. */
const warmStart = z
  .strictObject({
    file: z
      .string()
      .min(1)
      .max(4096)
      .describe(
        'A `weights.safetensors` of another job, or a `model.json` of TF.js or of the TensorFlow.js converter with its weight files beside it; under the data folder of the service.',
      ),
    layers: z
      .array(z.string())
      .min(1)
      .optional()
      .describe(
        'Names of the layers that start from it; all of them when left out. The others start as their initialisers say.',
      ),
  })
  .meta({ id: 'WarmStart', description: 'Weights to start from instead of random ones.' });

export const model = z
  .strictObject({
    layers: z.array(layer).min(1).max(1000).describe('From input to output.'),
    warmStart: warmStart.optional(),
  })
  .meta({
    id: 'Model',
    description:
      'A sequence of layers, or a graph of them where layers name their `inputs`; the last one is the output.',
  });

export type Model = z.output<typeof model>;

/** The name by which layers take the data themselves. */
export const INPUT = 'input';

export interface InferredLayer {
  readonly name: string;
  readonly layer: Layer;
  /** Names of what it takes: layers before it, or `input`. */
  readonly inputs: readonly string[];
  /** Shape of its first input. */
  readonly input: Shape;
  readonly output: Shape;
  readonly parameters: number;
  /** Of its products, forwards, for one example. */
  readonly multiplyAdds: number;
}

/** Names, shapes and sizes of all layers. @throws SpecError naming the layer, the shape it got and the shape it needs */
export function inferModel(spec: Model, input: Shape): InferredLayer[] {
  const inferred: InferredLayer[] = [];
  const shapes = new Map<string, Shape>([[INPUT, input]]);
  const unused = new Set<string>();
  spec.layers.forEach((item, index) => {
    const param = `model.layers[${index}]`;
    const name = item.name ?? `${item.type.replaceAll('-', '_')}_${index}`;
    if (shapes.has(name)) throw nameTaken(name, param);
    const inputs = item.inputs ?? [inferred.at(-1)?.name ?? INPUT];
    const given = inputs.map((from, i) => shapeOf(from, shapes, `${param}.inputs[${i}]`));
    for (const from of inputs) unused.delete(from);
    const found = inferLayer(item, given, name, param);
    inferred.push({ name, layer: item, inputs, input: given[0]!, ...found });
    shapes.set(name, found.output);
    unused.add(name);
  });
  checkWarmStart(spec, inferred);
  const last = inferred.at(-1)!.name;
  const [idle] = [...unused].filter((name) => name !== last);
  if (idle === undefined) return inferred;
  const param = `model.layers[${inferred.findIndex(({ name }) => name === idle)}]`;
  const message = `${param}: no layer takes the output of '${idle}', and only the last layer is the model's output; name it in some layer's inputs or remove it`;
  throw new SpecError('invalid_spec', message, param);
}

function checkWarmStart({ warmStart: from }: Model, inferred: readonly InferredLayer[]): void {
  const names = inferred.map(({ name }) => name);
  from?.layers?.forEach((name, i) => {
    if (names.includes(name)) return;
    const near = nearest(name, names);
    const hint = near ? `did you mean '${near}'?` : `there are ${names.join(', ')}`;
    const param = `model.warmStart.layers[${i}]`;
    throw new SpecError('invalid_spec', `${param}: the model has no layer '${name}'; ${hint}`, param);
  });
}

function inferLayer(item: Layer, inputs: readonly Shape[], name: string, param: string) {
  const definition = layerDefinition(item.type);
  if (definition.merges ? inputs.length < 2 : inputs.length > 1) {
    const wants = definition.merges ? 'two inputs or more' : 'one input';
    const message = `${param}.inputs: ${item.type} '${name}' takes ${wants}, got ${inputs.length}`;
    throw new SpecError('invalid_spec', message, `${param}.inputs`);
  }
  try {
    const output = definition.infer(inputs, item as never);
    const multiplyAdds = definition.multiplyAdds(inputs[0]!, output, item as never);
    return { output, parameters: definition.parameters(inputs[0]!, item as never), multiplyAdds };
  } catch (error) {
    if (!(error instanceof ShapeMismatch)) throw error;
    throw new SpecError('shape_mismatch', `${param}: ${item.type} '${name}' ${error.message}`, param);
  }
}

function shapeOf(name: string, shapes: ReadonlyMap<string, Shape>, param: string): Shape {
  const shape = shapes.get(name);
  if (shape) return shape;
  const near = nearest(name, [...shapes.keys()]);
  const hint = near ? `did you mean '${near}'?` : `there are ${[...shapes.keys()].join(', ')}`;
  throw new SpecError('invalid_spec', `${param}: there is no layer '${name}' before it; ${hint}`, param);
}

const nameTaken = (name: string, param: string) =>
  new SpecError(
    'invalid_spec',
    name === INPUT
      ? `${param}.name: 'input' means the data themselves; take another name`
      : `${param}.name: '${name}' is used twice; give each layer its own name`,
    `${param}.name`,
  );

/** Checks that the last layer fits the labels and the loss. @throws SpecError */
export function checkOutput(layers: readonly InferredLayer[], loss: Loss, data: DataShape): void {
  const last = layers.at(-1);
  if (!last) return;
  const definition = lossDefinition(loss.type);
  if (definition.target !== 'any' && definition.target !== data.target.kind) {
    const needs =
      definition.target === 'class'
        ? 'class labels (give data.classes)'
        : 'labels that are numbers (leave data.classes out)';
    throw new SpecError(
      'invalid_spec',
      `loss.type: ${loss.type} needs ${needs}, the data have ${data.target.kind === 'class' ? 'class labels' : 'numbers'}`,
      'loss.type',
    );
  }
  definition.check(data.target, loss as never);
  checkTree(layers, loss);
  const wanted: Shape = data.target.kind === 'class' ? [data.target.classes] : data.target.shape;
  if (formatShape(wanted) === formatShape(last.output)) return;
  const param = `model.layers[${layers.length - 1}]`;
  throw new SpecError(
    'shape_mismatch',
    `${param}: the last layer '${last.name}' makes ${formatShape(last.output)}, the labels need ${formatShape(wanted)}`,
    param,
  );
}

/** Log-probabilities of classes are an end: there is one loss for them. @throws SpecError */
function checkTree(layers: readonly InferredLayer[], loss: Loss): void {
  const tree = 'hierarchical-softmax';
  const index = layers.findIndex(({ layer }) => layer.type === tree);
  if (index < 0) return;
  const param = `model.layers[${index}]`;
  if (index < layers.length - 1)
    throw new SpecError(
      'invalid_spec',
      `${param}: ${tree} makes log-probabilities of classes, so it has to be the last layer`,
      param,
    );
  if (loss.type === 'softmax-cross-entropy') return;
  const message = `loss.type: a net that ends in ${tree} makes log-probabilities of classes, which ${loss.type} does not take; give softmax-cross-entropy`;
  throw new SpecError('invalid_spec', message, 'loss.type');
}
