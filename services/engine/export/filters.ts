/** The filters of the first convolution as a picture: `filters.png`. Smooth ones have learned; noisy ones were trained too little or regularised too little (CS231n). */
import type { Tensor3D, Tensor4D } from '@tensorflow/tfjs';
import type { BuiltModel } from '../model/build.ts';
import type { State } from '../plan/plan.ts';
import { scoped, tf } from '../tensorflow.ts';

/** Pixels a weight. */
const ZOOM = 8;

/** PNG of a grid of all filters, each stretched to black … white by itself; null if the first layer with weights is no conv2d over 1 or 3 channels. */
export async function filtersPicture(built: BuiltModel, weights: State): Promise<Uint8Array | null> {
  const first = built.weights[0];
  const layer = built.layers.find(({ name }) => first?.name.startsWith(`${name}/`));
  if (!first || layer?.layer.type !== 'conv2d' || ![1, 3].includes(first.shape[2]!)) return null;
  const image = scoped(() => tf.keep(grid(tf.tensor4d(weights.get(first.name)!, first.shape as Tensor4D['shape']))));
  try {
    const { node } = tf as unknown as { node: { encodePng(image: Tensor3D): Promise<Uint8Array> } };
    return await node.encodePng(image);
  } finally {
    image.dispose();
  }
}

/** [height, width, channels, filters] -> int32 [rows · side, columns · side, channels], a white pixel of a weight's size between two. */
function grid(kernel: Tensor4D): Tensor3D {
  const [, , , filters] = kernel.shape;
  const columns = Math.ceil(Math.sqrt(filters));
  const rows = Math.ceil(filters / columns);
  const images = tf.transpose(kernel, [3, 0, 1, 2]);
  const [low, high] = [tf.min(images, [1, 2, 3], true), tf.max(images, [1, 2, 3], true)];
  const stretched = tf.mul(tf.divNoNan(tf.sub(images, low), tf.sub(high, low)), 255);
  const missing = rows * columns - filters;
  const framed = tf.pad(
    stretched,
    [
      [0, missing],
      [0, 1],
      [0, 1],
      [0, 0],
    ],
    255,
  );
  const [, height, width, channels] = framed.shape as [number, number, number, number];
  const placed = tf.transpose(tf.reshape(framed, [rows, columns, height, width, channels]), [0, 2, 1, 3, 4]);
  const flat = tf.reshape(placed, [rows * height, columns * width, channels]);
  const zoomed = tf.tile(tf.reshape(flat, [rows * height, 1, columns * width, 1, channels]), [1, ZOOM, 1, ZOOM, 1]);
  return tf.cast(tf.reshape(zoomed, [rows * height * ZOOM, columns * width * ZOOM, channels]), 'int32') as Tensor3D;
}
