/**
 * An update rule of the user's own: `updateRule = { slots, options, apply(tf, { w, g, slots, rate, step }, options) => { w, slots } }` of a module, or
 * its default export. What it computes is recorded once for each shape of the weights in a confined process and compiled into the step.
 * See docs/own-code.md.
 */
import { z } from 'zod';
import { ownCode } from '../own-code.ts';
import { defineUpdate } from './define.ts';

export const moduleUpdate = defineUpdate({
  rule: 'module',
  description: 'A rule of one’s own: `updateRule` of a module.',
  options: {
    ...ownCode(),
    slots: z
      .array(z.string().regex(/^[A-Za-z]\w{0,39}$/))
      .max(8)
      .default([])
      .describe(
        'Names of what it keeps for each parameter, all 0 at the start: the `slots` of the module, in their order.',
      ),
    options: z
      .record(z.string(), z.union([z.number(), z.boolean(), z.string().max(100)]))
      .default({})
      .describe('Options that it is given; of those left out, the first value that the module lists.'),
  },
  slots: (o) => o.slots,
  apply: () => {
    throw new Error('a module’s rule is applied by what was recorded of it');
  },
});
