/**
 * How the kernel of a layer starts. `in` and `out` are its numbers of inputs and outputs.
 *
 *   glorot-uniform, glorot-normal   U(±√(6/(in+out))), N(0, 2/(in+out))     Glorot & Bengio 2010
 *   he-uniform, he-normal           U(±√(6/in)), N(0, 2/in)                 He et al. 2015, for ReLU
 *   lecun-uniform, lecun-normal     U(±√(3/in)), N(0, 1/in)                 LeCun et al. 1998
 *   calibrated                      N(0, 1/in), not truncated               CS231n's 1/√n
 *   orthogonal                      a random orthogonal matrix              Saxe et al. 2014
 *   zeros, ones                     which leave all units of a layer the same: for experiments
 *   { type: constant, value }, { type: normal, deviation }, { type: uniform, bound }   U(−bound, bound)
 *
 * Normal numbers are truncated at 2σ but for `calibrated` and `normal`. Every one is seeded by the job's seed and the layer's place.
 */
import { z } from 'zod';
import { positive } from '../numbers.ts';

const named = z.enum([
  'glorot-uniform',
  'glorot-normal',
  'he-uniform',
  'he-normal',
  'lecun-uniform',
  'lecun-normal',
  'calibrated',
  'orthogonal',
  'zeros',
  'ones',
]);

export const initializer = z
  .union([
    named,
    z.discriminatedUnion('type', [
      z.strictObject({ type: z.literal('constant'), value: z.number() }),
      z.strictObject({ type: z.literal('normal'), deviation: positive() }),
      z.strictObject({ type: z.literal('uniform'), bound: positive() }),
    ]),
  ])
  .default('glorot-uniform')
  .meta({ id: 'Initializer', description: 'How the kernel of the layer starts.' });

export type Initializer = z.infer<typeof initializer>;

/** The configuration TF.js wants. `inputs` is the number of inputs of one output. */
export function tfInitializer(
  spec: Initializer,
  seed: number,
  inputs: number,
): { className: string; config: Record<string, unknown> } {
  if (typeof spec === 'object') {
    if (spec.type === 'constant') return { className: 'Constant', config: { value: spec.value } };
    if (spec.type === 'normal') return { className: 'RandomNormal', config: { mean: 0, stddev: spec.deviation, seed } };
    return { className: 'RandomUniform', config: { minval: -spec.bound, maxval: spec.bound, seed } };
  }
  if (spec === 'calibrated') return { className: 'RandomNormal', config: { mean: 0, stddev: inputs ** -0.5, seed } };
  if (spec === 'zeros' || spec === 'ones') return { className: spec === 'zeros' ? 'Zeros' : 'Ones', config: {} };
  const className = spec
    .split('-')
    .map((word) => (word === 'lecun' ? 'LeCun' : word[0]?.toUpperCase() + word.slice(1)))
    .join('');
  return { className, config: { seed } };
}
