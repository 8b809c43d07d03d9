/** What moves values without computing: reshaping, padding, gathering. */
import { type Tensor, tf } from '../tf.ts';
import { type OpCase, on } from './op-case.ts';

const int = (values: number[]) => tf.tensor1d(values, 'int32');
const float = (x: Tensor): Tensor => tf.cast(x, 'float32');

const mirrored = (mode: 'reflect' | 'symmetric'): OpCase[] => [
  on('MirrorPad', `${mode}, [4]`, { x: [4] }, ({ x }) => tf.mirrorPad(x, [[2, 1]], mode)),
  on('MirrorPad', `${mode}, [3, 4]`, { x: [3, 4] }, ({ x }) =>
    tf.mirrorPad(
      x,
      [
        [1, 0],
        [2, 1],
      ],
      mode,
    ),
  ),
];

export const shapes: readonly OpCase[] = [
  on('Reshape', '[3, 4] to [2, 6]', { x: [3, 4] }, ({ x }) => tf.reshape(x, [2, 6])),
  on('ExpandDims', 'axis 1', { x: [3, 4] }, ({ x }) => tf.expandDims(x, 1)),
  on('Transpose', '[3, 4]', { x: [3, 4] }, ({ x }) => tf.transpose(x)),
  on('Transpose', 'axes 2, 0, 1', { x: [2, 3, 4] }, ({ x }) => tf.transpose(x, [2, 0, 1])),
  on('Tile', 'rank 1', { x: [3] }, ({ x }) => tf.tile(x, [2])),
  on('Tile', 'rank 2', { x: [2, 3] }, ({ x }) => tf.tile(x, [3, 2])),
  on('Tile', 'rank 3', { x: [2, 1, 3] }, ({ x }) => tf.tile(x, [1, 2, 2])),
  on('Tile', 'rank 4', { x: [2, 1, 2, 2] }, ({ x }) => tf.tile(x, [2, 2, 1, 3])),
  on('Tile', 'rank 5', { x: [1, 2, 1, 2, 1] }, ({ x }) => tf.tile(x, [2, 1, 2, 1, 2])),
  on('BroadcastTo', '[3, 1] to [2, 3, 4]', { x: [3, 1] }, ({ x }) => tf.broadcastTo(x, [2, 3, 4])),
  on('Pack', 'axis 0', { a: [2, 3], b: [2, 3] }, ({ a, b }) => tf.stack([a, b])),
  on('Pack', 'axis 1', { a: [2, 3], b: [2, 3] }, ({ a, b }) => tf.stack([a, b], 1)),
  on('Unpack', 'axis 0', { x: [3, 4] }, ({ x }) => tf.unstack(x)),
  on('Unpack', 'axis 1', { x: [3, 4] }, ({ x }) => tf.unstack(x, 1)),
  on('Concat', 'axis 0', { a: [2, 3], b: [1, 3] }, ({ a, b }) => tf.concat([a, b])),
  on('Concat', 'axis 1', { a: [2, 3], b: [2, 2], c: [2, 1] }, ({ a, b, c }) => tf.concat([a, b, c], 1)),
  on('SplitV', 'in halves', { x: [4, 3] }, ({ x }) => tf.split(x, 2)),
  on('SplitV', 'of sizes 1, 3, axis 1', { x: [2, 4] }, ({ x }) => tf.split(x, [1, 3], 1)),
  on('Slice', 'rank 1', { x: [6] }, ({ x }) => tf.slice(x, 2, 3)),
  on('Slice', 'rank 2', { x: [4, 5] }, ({ x }) => tf.slice(x, [1, 2], [2, -1])),
  on('Reverse', 'axis 1', { x: [2, 3] }, ({ x }) => tf.reverse(x, 1)),
  on('Reverse', 'all axes', { x: [2, 3, 2] }, ({ x }) => tf.reverse(x)),
  on('PadV2', 'zeros', { x: [2, 3] }, ({ x }) =>
    tf.pad(x, [
      [1, 0],
      [2, 1],
    ]),
  ),
  on('PadV2', 'a constant', { x: [2, 2, 2] }, ({ x }) =>
    tf.pad(
      x,
      [
        [0, 1],
        [1, 1],
        [2, 0],
      ],
      3,
    ),
  ),
  ...mirrored('reflect'),
  ...mirrored('symmetric'),
  on('SpaceToBatchND', 'block 2', { x: [1, 4, 4, 2] }, ({ x }) =>
    tf.spaceToBatchND(
      x,
      [2, 2],
      [
        [0, 0],
        [0, 0],
      ],
    ),
  ),
  on('SpaceToBatchND', 'block 2, padded', { x: [1, 3, 4, 1] }, ({ x }) =>
    tf.spaceToBatchND(
      x,
      [2, 2],
      [
        [1, 0],
        [0, 0],
      ],
    ),
  ),
  on('BatchToSpaceND', 'block 2', { x: [4, 2, 2, 1] }, ({ x }) =>
    tf.batchToSpaceND(
      x,
      [2, 2],
      [
        [0, 0],
        [0, 0],
      ],
    ),
  ),
  on('BatchToSpaceND', 'block 2, cropped', { x: [4, 2, 2, 1] }, ({ x }) =>
    tf.batchToSpaceND(
      x,
      [2, 2],
      [
        [0, 1],
        [1, 0],
      ],
    ),
  ),
  on('GatherV2', 'axis 0, one row twice', { x: [4, 3] }, ({ x }) => tf.gather(x, int([2, 0, 2]))),
  on('GatherV2', 'axis 1', { x: [3, 4] }, ({ x }) => tf.gather(x, int([3, 1, 1]), 1)),
  on('GatherV2', 'indices of rank 2', { x: [4, 3] }, ({ x }) =>
    tf.gather(
      x,
      tf.tensor2d(
        [
          [0, 1],
          [3, 0],
        ],
        [2, 2],
        'int32',
      ),
    ),
  ),
  on('GatherV2', 'axis 1, one batch dimension', { x: [2, 4] }, ({ x }) =>
    tf.gather(
      x,
      tf.tensor2d(
        [
          [0, 3],
          [1, 1],
        ],
        [2, 2],
        'int32',
      ),
      1,
      1,
    ),
  ),
  on('OneHot', 'of whole numbers', { x: { integers: 3, shape: [4] }, y: [4, 3] }, ({ x, y }) =>
    tf.mul(y, float(tf.oneHot(x, 3))),
  ),
];
