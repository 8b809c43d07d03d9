/** The sliding window that convolutions and pooling share, over one, two or three axes. */
import { z } from 'zod';
import { formatShape, type Shape, ShapeMismatch, slide } from '../shape.ts';

export const padding = z
  .enum(['same', 'valid'])
  .default('valid')
  .describe("`same` pads with zeros so that stride 1 keeps all lengths; `valid` doesn't pad.");

const AXES: Readonly<Record<number, readonly string[]>> = {
  1: ['steps', 'channels'],
  2: ['height', 'width', 'channels'],
  3: ['depth', 'height', 'width', 'channels'],
};

/** [...lengths, channels] -> the window's output, with `channels` channels. @throws ShapeMismatch */
export function slideWindow(
  input: Shape,
  kernel: readonly number[],
  stride: readonly number[],
  pad: 'same' | 'valid',
  channels?: number,
): Shape {
  const lengths = input.slice(0, -1);
  if (lengths.length !== kernel.length) throw new ShapeMismatch(input, formatShape(AXES[kernel.length] as never));
  if (pad === 'valid' && lengths.some((length, axis) => length < kernel[axis]!)) {
    throw new ShapeMismatch(
      input,
      `at least ${kernel.join(' x ')} for its window`,
      'use padding: same, a smaller window or less pooling before it',
    );
  }
  return [
    ...lengths.map((length, axis) => slide(length, kernel[axis]!, stride[axis]!, pad)),
    channels ?? input.at(-1)!,
  ];
}
