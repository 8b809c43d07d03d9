/** Bidirectional: one recurrent layer forwards over the steps and one backwards, their outputs joined. Source: Schuster & Paliwal 1997. */
import { z } from 'zod';
import type { Shape } from '../shape.ts';
import { tfActivation } from './activation.ts';
import { defineLayer } from './define.ts';
import {
  cells,
  inferRecurrent,
  recurrentConfig,
  recurrentMultiplyAdds,
  recurrentOptions,
  recurrentParameters,
} from './recurrent.ts';

const joins = { concatenate: 'concat', add: 'sum', multiply: 'mul', average: 'ave' } as const;

export const bidirectional = defineLayer({
  type: 'bidirectional',
  description: 'One recurrent layer forwards and one backwards, their outputs joined.',
  options: {
    cell: z.enum(['simple-rnn', 'lstm', 'gru']).default('lstm').describe('Which recurrent layer.'),
    join: z.enum(['concatenate', 'add', 'multiply', 'average']).default('concatenate').describe('How they are joined.'),
    ...recurrentOptions,
  },
  infer: (input, o): Shape => {
    const one = inferRecurrent(input, o);
    return o.join === 'concatenate' ? [...one.slice(0, -1), 2 * o.units] : one;
  },
  parameters: (input, o) => 2 * recurrentParameters(input, o, cells[o.cell]),
  multiplyAdds: (input, _output, o) => 2 * recurrentMultiplyAdds(input, o, cells[o.cell]),
  build: (tfLayers, o, { seed, input, base }) => {
    const config = recurrentConfig(o, seed, input);
    const gated = { ...config, recurrentActivation: tfActivation(o.recurrentActivation) };
    const layer =
      o.cell === 'simple-rnn'
        ? tfLayers.simpleRNN(config)
        : o.cell === 'lstm'
          ? tfLayers.lstm(gated)
          : tfLayers.gru(gated as never);
    return tfLayers.bidirectional({ ...base, layer: layer as never, mergeMode: joins[o.join] });
  },
});
