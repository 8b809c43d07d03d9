/** Images taken from other places of themselves, another place for each example, by gathering with computed indices. */
import type { Tensor, Tensor4D } from '@tensorflow/tfjs';
import { tf } from '../tensorflow.ts';
import type { Uniform } from './augment.ts';

/** Padded by zeros on every side, then cut to the old size at a random place. */
export function crop(x: Tensor4D, padding: number, uniform: Uniform): Tensor {
  const [batch, height, width] = x.shape;
  const padded = tf.pad(x, [
    [0, 0],
    [padding, padding],
    [padding, padding],
    [0, 0],
  ]);
  const start = () => tf.floor(uniform([batch, 1], 0, 2 * padding + 1));
  const rows = tf.add(start(), tf.reshape(tf.range(0, height), [1, height]));
  const columns = tf.add(start(), tf.reshape(tf.range(0, width), [1, width]));
  return gatherAt(padded as Tensor4D, tf.expandDims(rows, 2), tf.expandDims(columns, 1));
}

export interface Affine {
  readonly degrees: number;
  readonly shift: number;
  readonly zoom: number;
}

/** Turned, moved and zoomed around the middle: bilinear, 0 outside. */
export function warp(x: Tensor4D, { degrees, shift, zoom }: Affine, uniform: Uniform): Tensor {
  const [batch, height, width] = x.shape;
  const each = (most: number) => uniform([batch, 1, 1], -most, most);
  const angle = each((degrees * Math.PI) / 180);
  const scale = tf.div(1, tf.add(each(zoom), 1));
  const [middleY, middleX] = [(height - 1) / 2, (width - 1) / 2];
  const y = tf.sub(tf.reshape(tf.range(0, height), [1, height, 1]), tf.add(each(shift * height), middleY));
  const right = tf.sub(tf.reshape(tf.range(0, width), [1, 1, width]), tf.add(each(shift * width), middleX));
  const [cos, sin] = [tf.mul(tf.cos(angle), scale), tf.mul(tf.sin(angle), scale)];
  const fromY = tf.add(tf.sub(tf.mul(cos, y), tf.mul(sin, right)), middleY);
  const fromX = tf.add(tf.add(tf.mul(sin, y), tf.mul(cos, right)), middleX);
  const [top, left] = [tf.floor(fromY), tf.floor(fromX)];
  const [down, across] = [tf.sub(fromY, top), tf.sub(fromX, left)];
  const corner = (dy: 0 | 1, dx: 0 | 1) => {
    const [row, column] = [tf.add(top, dy), tf.add(left, dx)];
    const weight = tf.mul(dy ? down : tf.sub(1, down), dx ? across : tf.sub(1, across));
    const seen = tf.mul(within(row, height), within(column, width));
    const values = gatherAt(x, tf.clipByValue(row, 0, height - 1), tf.clipByValue(column, 0, width - 1));
    return tf.mul(values, tf.expandDims(tf.mul(weight, seen), 3));
  };
  return tf.addN([corner(0, 0), corner(0, 1), corner(1, 0), corner(1, 1)]);
}

/** 1 where 0 <= place < length. */
const within = (place: Tensor, length: number): Tensor =>
  tf.cast(tf.logicalAnd(tf.greaterEqual(place, 0), tf.less(place, length)), 'float32');

/** x[b, rows, columns]: rows and columns are floats that broadcast to [batch, height, width]. */
function gatherAt(x: Tensor4D, rows: Tensor, columns: Tensor): Tensor {
  const [batch, height, width, channels] = x.shape;
  const index = tf.cast(tf.add(tf.mul(rows, width), columns), 'int32');
  const [, outHeight, outWidth] = index.shape as [number, number, number];
  const first = tf.reshape(tf.mul(tf.range(0, batch, 1, 'int32'), tf.scalar(height * width, 'int32')), [batch, 1, 1]);
  const flat = tf.reshape(tf.add(index, first), [-1]);
  const taken = tf.gather(tf.reshape(x, [batch * height * width, channels]), flat as never);
  return tf.reshape(taken, [batch, outHeight, outWidth, channels]);
}
