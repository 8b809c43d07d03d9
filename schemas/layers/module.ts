/**
 * A layer of the user's own: `layer(tf, { x, …weights })` of a module, float numbers in and out. What it computes is recorded once for each size of batch
 * in a confined process and compiled into the step; its gradient is TF.js's, custom gradients within. A weight whose name begins with `kernel` is
 * regularised as kernels are. See docs/own-code.md.
 */
import { z } from 'zod';
import { count } from '../numbers.ts';
import { ownCode } from '../own-code.ts';
import { size } from '../shape.ts';
import { defineLayer } from './define.ts';
import { initializer } from './initializer.ts';

const weight = z
  .strictObject({
    shape: z.array(count()).max(6).describe('As the module takes it; `[]` for one number.'),
    initializer,
  })
  .meta({ id: 'ModuleWeight', description: 'A weight of a layer of one’s own.' });

export const moduleLayer = defineLayer({
  type: 'module',
  description: 'A layer of one’s own: `layer(tf, { x, …weights })` of a module.',
  options: {
    ...ownCode(),
    output: z
      .array(count())
      .max(5)
      .optional()
      .describe('The shape that it makes, without the batch; that of its input when left out.'),
    weights: z
      .record(z.string().regex(/^(?!x$)[A-Za-z]\w{0,39}$/, 'must be a name, and not x, which is the input'), weight)
      .default({})
      .describe('Its weights, by the names that the module takes them under, as in `{ kernel: { shape: [64, 32] } }`.'),
  },
  infer: (input, { output }) => output ?? input,
  parameters: (_input, { weights }) => Object.values(weights).reduce((sum, { shape }) => sum + size(shape), 0),
  build: (_tfLayers, options, { base, seed, own }) => own(options, base, seed),
});

export type ModuleLayer = z.output<typeof moduleLayer.schema>;
