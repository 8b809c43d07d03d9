/**
 * SFO, the Sum of Functions Optimizer: the training split is cut into N fixed minibatches, and each keeps a quadratic model of its own loss, from
 * its last gradient gᵢ at wᵢ and a BFGS Hessian Bᵢ + λᵢI of its last changes. A step looks at one minibatch, renews its model, and goes to the
 * minimum of the sum of all models:
 *
 *   H = Σᵢ (Bᵢ + λᵢI)          w ← w − α · s · H⁻¹ Σᵢ (gᵢ + (Bᵢ + λᵢI)(w − wᵢ))
 *
 * s is 1, and halved after a step that made its minibatch worse than the model allows: the step is then taken back. All of it happens in a shared
 * subspace of the newest gradients and positions, 2N + 2 to 1.5 times as many directions. Few minibatches are in use at first, more as their
 * gradients disagree. α is `schedule.rate`; 1 is the natural one. An epoch is N steps.
 *
 * Source: Sohl-Dickstein, Poole, Ganguli 2014, Fast large-scale optimization by unifying stochastic gradient and quasi-Newton methods (ICML), and the
 * authors' program, whose course it goes. Differs from it: a minibatch whose very first look fails takes no curvature from before that look, and
 * minibatches of unequal size count by their examples. PyTorch and Keras have none.
 */
import { z } from 'zod';
import { positive } from '../numbers.ts';
import { defineFullBatch } from './define.ts';

export const sfo = defineFullBatch({
  rule: 'sfo',
  description: 'Quasi-Newton on fixed minibatches: a quadratic model of each, and steps to the minimum of their sum.',
  options: {
    minibatches: z
      .int()
      .min(2)
      .max(1000)
      .optional()
      .describe(
        'N, parts of the training split. Left out: √n / 10 for n examples, as the authors advise, but at least 25, below which they saw it do worse, and at most n.',
      ),
    history: z.int().min(1).max(50).default(10).describe('Changes of its gradient that a minibatch remembers.'),
    subspace: z
      .number()
      .min(1.1)
      .max(10)
      .default(1.5)
      .describe('Most directions of the shared subspace, as a multiple of 2N + 2; what is older is dropped.'),
    selection: z
      .enum(['distance-both', 'distance', 'own-distance', 'random', 'cyclic'])
      .default('distance-both')
      .describe(
        'The next minibatch: `distance`, the one whose last look is farthest away as H measures it (the paper’s); `own-distance`, as its own Hessian does; `distance-both`, one or the other by a coin (the authors’ program); at random; in turn.',
      ),
    initialCurvature: positive()
      .default(1e5)
      .describe(
        'λ of the first minibatches until they have been looked at twice: large, so that the first step is short.',
      ),
    initialMinibatches: z.int().min(1).max(1000).default(2).describe('Minibatches in use at the start.'),
    gradientNoise: positive()
      .default(1)
      .describe(
        'One more minibatch is used when the standard error of the mean gradient is above so many times its length.',
      ),
    longestStep: z
      .number()
      .gt(1)
      .default(10)
      .describe('Longest step, as a multiple of the mean one; from the second epoch on.'),
    shortestStep: positive()
      .default(1e-8)
      .describe('Shortest step, ‖Δw‖: a shorter one tells nothing about curvature for rounding.'),
  },
  slots: () => [],
});

export type SfoOptions = z.output<(typeof sfo)['schema']>;

/** Fewest minibatches where the rule of thumb decides: figure 2c of the paper. */
export const FEWEST_MINIBATCHES = 25;

/** N for so many training examples. */
export const minibatchesOf = ({ minibatches }: Pick<SfoOptions, 'minibatches'>, examples: number): number =>
  minibatches ?? Math.min(examples, Math.max(FEWEST_MINIBATCHES, Math.round(Math.sqrt(examples) / 10)));
