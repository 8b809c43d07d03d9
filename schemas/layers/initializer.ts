/**
 * How the weights of a layer start. Biases start at 0.
 *
 *   glorot-uniform  U(−√(6/(in+out)), √(6/(in+out)))     Glorot & Bengio 2010
 *   glorot-normal   N(0, 2/(in+out)), truncated at 2σ
 *   he-uniform      U(−√(6/in), √(6/in))                 He et al. 2015, for ReLU
 *   he-normal       N(0, 2/in), truncated at 2σ
 *   lecun-normal    N(0, 1/in), truncated at 2σ          LeCun et al. 1998: the calibrated 1/√n
 *   zeros           0, which leaves every unit of a layer the same: for experiments
 */
import { z } from 'zod';

export const initializer = z
  .enum(['glorot-uniform', 'glorot-normal', 'he-uniform', 'he-normal', 'lecun-normal', 'zeros'])
  .default('glorot-uniform')
  .meta({ id: 'Initializer', description: 'How the weights of the layer start; biases start at 0.' });

export type Initializer = z.infer<typeof initializer>;

/** The configuration TF.js wants. */
export function tfInitializer(name: Initializer, seed: number): { className: string; config: { seed?: number } } {
  const className = name
    .split('-')
    .map((word) => (word === 'lecun' ? 'LeCun' : word[0]?.toUpperCase() + word.slice(1)))
    .join('');
  return { className, config: name === 'zeros' ? {} : { seed } };
}
