/** Convolutions, pooling and resizing. Images are [batch, height, width, channels]. */
import { tf } from '../tf.ts';
import { type OpCase, on } from './op-case.ts';

type Pad = 'same' | 'valid';
const pads: readonly Pad[] = ['same', 'valid'];
const strides = [1, 2] as const;
const image = [2, 5, 6, 2];
const volume = [1, 4, 5, 4, 2];

const grid = <T>(code: (pad: Pad, stride: 1 | 2) => T): T[] =>
  pads.flatMap((pad) => strides.map((stride) => code(pad, stride)));

type Size = [height: number, width: number];

/** From, to, whether corners are aligned, whether pixels have their centres at a half. */
const sizes: readonly (readonly [Size, Size, boolean, boolean])[] = [
  [[4, 4], [7, 9], false, false],
  [[4, 4], [7, 9], true, false],
  [[4, 4], [7, 9], false, true],
  [[5, 5], [2, 3], false, false],
  [[5, 5], [2, 3], true, false],
  [[4, 5], [7, 9], false, false],
];

export const convolutions: readonly OpCase[] = [
  ...grid((pad, stride) =>
    on('Conv2D', `${pad}, stride ${stride}`, { x: image, w: [3, 2, 2, 3] }, ({ x, w }) => tf.conv2d(x, w, stride, pad)),
  ),
  on('Conv2D', 'padding 1', { x: image, w: [3, 3, 2, 2] }, ({ x, w }) => tf.conv2d(x, w, 1, 1)),
  on('Conv2D', 'padding given for each side', { x: image, w: [3, 3, 2, 2] }, ({ x, w }) =>
    tf.conv2d(x, w, 1, [
      [0, 0],
      [1, 0],
      [0, 2],
      [0, 0],
    ] as never),
  ),
  on('Conv2D', 'dilation 2', { x: [1, 6, 6, 2], w: [2, 2, 2, 2] }, ({ x, w }) => tf.conv2d(x, w, 1, 'same', 'NHWC', 2)),
  on('Conv2D', 'channels first', { x: [2, 2, 5, 6], w: [3, 3, 2, 3] }, ({ x, w }) =>
    tf.conv2d(x, w, 1, 'same', 'NCHW'),
  ),
  on('Conv2D', 'conv1d, stride 2', { x: [2, 7, 3], w: [3, 3, 2] }, ({ x, w }) => tf.conv1d(x, w, 2, 'same')),
  ...grid((pad, stride) => {
    const side = pad === 'same' ? 3 * stride : 2 * stride + 3;
    const label = `conv2dTranspose, ${pad}, stride ${stride}`;
    return on('Conv2DBackpropInput', label, { x: [2, 3, 3, 2], w: [3, 3, 2, 2] }, ({ x, w }) =>
      tf.conv2dTranspose(x, w, [2, side, side, 2], stride, pad),
    );
  }),
  ...grid((pad, stride) =>
    on('Conv3D', `${pad}, stride ${stride}`, { x: volume, w: [2, 3, 2, 2, 2] }, ({ x, w }) =>
      tf.conv3d(x, w, stride, pad),
    ),
  ),
  ...grid((pad, stride) =>
    on('DepthwiseConv2dNative', `${pad}, stride ${stride}`, { x: image, w: [3, 3, 2, 2] }, ({ x, w }) =>
      tf.depthwiseConv2d(x, w, stride, pad),
    ),
  ),
  on('DepthwiseConv2dNative', 'dilation 2', { x: [1, 6, 6, 2], w: [2, 2, 2, 1] }, ({ x, w }) =>
    tf.depthwiseConv2d(x, w, 1, 'same', 'NHWC', 2),
  ),
  on('DepthwiseConv2dNative', 'separable', { x: image, w: [3, 3, 2, 2], p: [1, 1, 4, 3] }, ({ x, w, p }) =>
    tf.separableConv2d(x, w, p, 1, 'same'),
  ),
  ...grid((pad, stride) =>
    on('AvgPool', `${pad}, stride ${stride}`, { x: image }, ({ x }) => tf.avgPool(x, 3, stride, pad)),
  ),
  on('AvgPool', 'padding 1', { x: image }, ({ x }) => tf.avgPool(x, 3, 2, 1, 'floor')),
  ...grid((pad, stride) =>
    on('MaxPool', `${pad}, stride ${stride}`, { x: image }, ({ x }) => tf.maxPool(x, [2, 3], stride, pad)),
  ),
  on('MaxPool', 'padding 1', { x: image }, ({ x }) => tf.maxPool(x, 3, 2, 1, 'floor')),
  ...grid((pad, stride) =>
    on('AvgPool3D', `${pad}, stride ${stride}`, { x: volume }, ({ x }) => tf.avgPool3d(x, 2, stride, pad)),
  ),
  ...grid((pad, stride) =>
    on('MaxPool3D', `${pad}, stride ${stride}`, { x: volume }, ({ x }) => tf.maxPool3d(x, 2, stride, pad)),
  ),
  ...grid((pad, stride) =>
    on('Dilation2D', `${pad}, stride ${stride}`, { x: [1, 5, 5, 2], w: [2, 3, 2] }, ({ x, w }) =>
      tf.dilation2d(x, w, stride, pad),
    ),
  ),
  on('Dilation2D', 'dilation 2', { x: [1, 6, 6, 1], w: [2, 2, 1] }, ({ x, w }) => tf.dilation2d(x, w, 1, 'same', 2)),
  ...sizes.flatMap(([input, size, corners, centres]) => {
    const options = `${corners ? ', corners aligned' : ''}${centres ? ', half-pixel centres' : ''}`;
    const label = `${input.join(' × ')} to ${size.join(' × ')}${options}`;
    const inputs = { x: [1, ...input, 2] };
    return [
      on('ResizeBilinear', label, inputs, ({ x }) => tf.image.resizeBilinear(x, size, corners, centres)),
      on('ResizeNearestNeighbor', label, inputs, ({ x }) => tf.image.resizeNearestNeighbor(x, size, corners, centres)),
    ];
  }),
];
