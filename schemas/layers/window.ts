/** The sliding window that convolutions and pooling share. */
import { z } from 'zod';
import { type Shape, ShapeMismatch, slide } from '../shape.ts';

export const padding = z
  .enum(['same', 'valid'])
  .default('valid')
  .describe("`same` pads with zeros so that stride 1 keeps height and width; `valid` doesn't pad.");

/** [height, width, channels] -> the window's output, with `channels` channels. @throws ShapeMismatch */
export function slideWindow(
  input: Shape,
  kernel: readonly [number, number],
  stride: readonly [number, number],
  pad: 'same' | 'valid',
  channels?: number,
): Shape {
  const [height, width, inChannels] = input;
  if (input.length !== 3 || height === undefined || width === undefined || inChannels === undefined) {
    throw new ShapeMismatch(input, '[height, width, channels]');
  }
  if (pad === 'valid' && (height < kernel[0] || width < kernel[1])) {
    throw new ShapeMismatch(
      input,
      `at least ${kernel[0]} x ${kernel[1]} for its window`,
      'use padding: same, a smaller window or less pooling before it',
    );
  }
  return [slide(height, kernel[0], stride[0], pad), slide(width, kernel[1], stride[1], pad), channels ?? inChannels];
}
