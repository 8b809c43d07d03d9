/** Embedding: whole numbers 0 … vocabulary−1 to learned vectors, [steps] -> [steps, size]. */
import { count } from '../numbers.ts';
import { defineLayer, needs } from './define.ts';
import { initializer, tfInitializer } from './initializer.ts';

export const embedding = defineLayer({
  type: 'embedding',
  description: 'A learned vector for each whole number: [steps] -> [steps, size].',
  options: {
    vocabulary: count().describe('How many numbers there are, from 0.'),
    size: count().describe('Length of a vector.'),
    initializer,
  },
  infer: (input, o) => {
    needs(input, ['steps']);
    return [...input, o.size];
  },
  parameters: (_input, o) => o.vocabulary * o.size,
  build: (tfLayers, o, { seed, base }) =>
    tfLayers.embedding({
      ...base,
      inputDim: o.vocabulary,
      outputDim: o.size,
      embeddingsInitializer: tfInitializer(o.initializer, seed, o.size) as never,
    }),
});
