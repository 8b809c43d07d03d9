/** The model of a spec, and the inference of its shapes and its size before any TensorFlow. */
import { z } from 'zod';
import type { DataShape } from './dataset.ts';
import { SpecError } from './error.ts';
import { type Layer, layer, layerDefinition } from './layers/index.ts';
import { type Loss, lossDefinition } from './losses/index.ts';
import { formatShape, type Shape, ShapeMismatch } from './shape.ts';

export const model = z
  .strictObject({ layers: z.array(layer).min(1).max(1000).describe('From input to output.') })
  .meta({ id: 'Model', description: 'A sequence of layers.' });

export type Model = z.output<typeof model>;

export interface InferredLayer {
  readonly name: string;
  readonly layer: Layer;
  readonly input: Shape;
  readonly output: Shape;
  readonly parameters: number;
}

/** Names, shapes and sizes of all layers. @throws SpecError naming the layer, the shape it got and the shape it needs */
export function inferModel(spec: Model, input: Shape): InferredLayer[] {
  const inferred: InferredLayer[] = [];
  const taken = new Set<string>();
  let shape = input;
  spec.layers.forEach((item, index) => {
    const param = `model.layers[${index}]`;
    const name = item.name ?? `${item.type.replaceAll('-', '_')}_${index}`;
    if (taken.has(name))
      throw new SpecError(
        'invalid_spec',
        `${param}.name: '${name}' is used twice; give each layer its own name`,
        `${param}.name`,
      );
    taken.add(name);
    const definition = layerDefinition(item.type);
    try {
      const output = definition.infer(shape, item as never);
      inferred.push({
        name,
        layer: item,
        input: shape,
        output,
        parameters: definition.parameters(shape, item as never),
      });
      shape = output;
    } catch (error) {
      if (!(error instanceof ShapeMismatch)) throw error;
      throw new SpecError('shape_mismatch', `${param}: ${item.type} '${name}' ${error.message}`, param);
    }
  });
  return inferred;
}

/** Checks that the last layer fits the labels and the loss. @throws SpecError */
export function checkOutput(layers: readonly InferredLayer[], loss: Loss, data: DataShape): void {
  const last = layers.at(-1);
  if (!last) return;
  const definition = lossDefinition(loss.type);
  if (definition.target !== data.target.kind) {
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
  const wanted: Shape = data.target.kind === 'class' ? [data.target.classes] : data.target.shape;
  if (formatShape(wanted) === formatShape(last.output)) return;
  const param = `model.layers[${layers.length - 1}]`;
  throw new SpecError(
    'shape_mismatch',
    `${param}: the last layer '${last.name}' makes ${formatShape(last.output)}, the labels need ${formatShape(wanted)}`,
    param,
  );
}
