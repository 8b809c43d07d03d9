/**
 * Augmentation of the training batches, inside the compiled step, before the model. Each example draws by (seed, step) alone, so that a
 * resumed run sees the same images. Evaluation never augments. In order, of images [height, width, channels]:
 *
 *   flip        mirrors left and right (or up and down) with probability ½
 *   crop        pads by `padding` zeros on every side and cuts the old size out at a random place     He et al. 2016
 *   affine      turns by up to ±degrees, moves by up to ±shift of the size, zooms by 1 ± zoom; bilinear, 0 outside
 *   brightness  x + δ, δ ~ U(−delta, delta)
 *   contrast    x̄ + (x − x̄) f, f ~ U(1 − factor, 1 + factor), x̄ being the mean of the image
 *   cut-out     a square of `size` pixels around a random place becomes 0                              DeVries & Taylor 2017
 *   noise       x + N(0, deviation²); of inputs of any shape
 *   mixup       λx + (1−λ)x' with the loss λL(y) + (1−λ)L(y'), λ ~ Beta(α, α) of the batch, x' its batch backwards; of any shape   Zhang et al. 2018
 */
import { z } from 'zod';
import { SpecError } from './error.ts';
import { count, positive } from './numbers.ts';
import type { Shape } from './shape.ts';

const share = () => z.number().min(0).lt(1).default(0);

export const augmentationStep = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('flip'),
    direction: z.enum(['horizontal', 'vertical']).default('horizontal').describe('What is mirrored.'),
  }),
  z.strictObject({ type: z.literal('crop'), padding: count().describe('Pixels of padding.') }),
  z.strictObject({
    type: z.literal('affine'),
    degrees: z.number().min(0).max(180).default(0).describe('Largest turn.'),
    shift: share().describe('Largest move, as a share of height and width.'),
    zoom: share().describe('Largest change of the size.'),
  }),
  z.strictObject({ type: z.literal('brightness'), delta: positive().describe('In units of the scaled input.') }),
  z.strictObject({ type: z.literal('contrast'), factor: z.number().gt(0).max(1).describe('Largest change.') }),
  z.strictObject({ type: z.literal('cut-out'), size: count().describe('Side of the square, in pixels.') }),
  z.strictObject({ type: z.literal('noise'), deviation: positive().describe('In units of the scaled input.') }),
  z.strictObject({
    type: z.literal('mixup'),
    alpha: positive().max(100).default(0.2).describe('α of the Beta distribution.'),
  }),
]);

export type AugmentationStep = z.output<typeof augmentationStep>;

export const augmentation = z.array(augmentationStep).max(16).default([]).meta({
  id: 'Augmentation',
  description: 'Random changes of the training batches, in order.',
});

/** @throws SpecError for steps that the shape of an example doesn't allow */
export function checkAugmentation(steps: readonly AugmentationStep[], shape: Shape): void {
  steps.forEach(({ type }, index) => {
    if (type === 'noise' || type === 'mixup' || shape.length === 3) return;
    const param = `augmentation[${index}]`;
    const message = `${param}: ${type} needs images [height, width, channels], the examples are [${shape.join(', ')}]; noise and mixup take any shape`;
    throw new SpecError('shape_mismatch', message, param);
  });
  const mixups = steps.filter(({ type }) => type === 'mixup').length;
  if (mixups > 1)
    throw new SpecError(
      'invalid_spec',
      `augmentation: mixup is there ${mixups} times; once is all it can be`,
      'augmentation',
    );
}
