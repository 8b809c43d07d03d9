/** Element by element, of one input or of two that are broadcast. */
import { type Tensor, tf } from '../tf.ts';
import { from, type OpCase, on } from './op-case.ts';

type Unary = (x: Tensor) => Tensor;
type Binary = (a: Tensor, b: Tensor) => Tensor;

const float = (x: Tensor): Tensor => tf.cast(x, 'float32');

/** Between these limits it is defined. */
const unary = (op: string, code: Unary, least = -2, most = 2): OpCase[] => [
  on(op, '[3, 4]', { x: from(least, most, 3, 4) }, ({ x }) => code(x)),
  on(op, '[2, 1, 3]', { x: from(least, most, 2, 1, 3) }, ({ x }) => code(x)),
];

const shapes: readonly (readonly [string, readonly number[], readonly number[]])[] = [
  ['same shapes', [3, 4], [3, 4]],
  ['a row', [3, 4], [4]],
  ['a column', [3, 4], [3, 1]],
  ['both broadcast', [3, 1], [1, 4]],
  ['a scalar', [2, 3], []],
  ['a scalar first', [], [2, 3]],
  ['rank 3 and 1', [2, 3, 4], [4]],
];

const binary = (op: string, code: Binary, a: [number, number] = [-2, 2], b = a): OpCase[] =>
  shapes.map(([label, left, right]) =>
    on(op, label, { a: from(...a, ...left), b: from(...b, ...right) }, (at) => code(at.a, at.b)),
  );

export const elementwise: readonly OpCase[] = [
  ...unary('Abs', tf.abs),
  ...unary('Acos', tf.acos, -0.9, 0.9),
  ...unary('Acosh', tf.acosh, 1.2, 3),
  ...unary('Asin', tf.asin, -0.9, 0.9),
  ...unary('Asinh', tf.asinh),
  ...unary('Atan', tf.atan),
  ...unary('Atanh', tf.atanh, -0.9, 0.9),
  ...unary('Cast', (x) => tf.cast(x, 'float32')),
  ...unary('Ceil', tf.ceil),
  ...unary('ClipByValue', (x) => tf.clipByValue(x, -1, 0.5)),
  ...unary('Cos', tf.cos),
  ...unary('Cosh', tf.cosh),
  ...unary('Elu', tf.elu),
  ...unary('Erf', tf.erf),
  ...unary('Exp', tf.exp),
  ...unary('Expm1', tf.expm1),
  ...unary('Floor', tf.floor),
  ...unary('Identity', (x) => tf.clone(x)),
  ...unary('IsFinite', (x) => float(tf.isFinite(x))),
  ...unary('IsInf', (x) => float(tf.isInf(x))),
  ...unary('IsNan', (x) => float(tf.isNaN(x))),
  ...unary('LeakyRelu', (x) => tf.leakyRelu(x, 0.3)),
  ...unary('Log', tf.log, 0.2, 3),
  ...unary('Log1p', tf.log1p, -0.5, 3),
  ...unary('Neg', tf.neg),
  ...unary('OnesLike', (x) => tf.onesLike(x)),
  ...unary('Reciprocal', tf.reciprocal, 0.3, 3),
  ...unary('Relu', tf.relu),
  ...unary('Relu6', tf.relu6, -4, 10),
  ...unary('Round', tf.round),
  ...unary('Rsqrt', tf.rsqrt, 0.3, 3),
  ...unary('Selu', tf.selu),
  ...unary('Sigmoid', tf.sigmoid),
  ...unary('Sign', tf.sign),
  ...unary('Sin', tf.sin),
  ...unary('Sinh', tf.sinh),
  ...unary('Softplus', tf.softplus),
  ...unary('Sqrt', tf.sqrt, 0.3, 3),
  ...unary('Square', tf.square),
  ...unary('Step', (x) => tf.step(x, 0.5)),
  ...unary('Tan', tf.tan, -1, 1),
  ...unary('Tanh', tf.tanh),
  ...unary('ZerosLike', (x) => tf.zerosLike(x)),
  ...binary('Add', tf.add),
  ...binary('Atan2', tf.atan2),
  ...binary('FloorDiv', tf.floorDiv, [-4, 4], [0.5, 2]),
  ...binary('GreaterEqual', (a, b) => float(tf.greaterEqual(a, b))),
  ...binary('Maximum', tf.maximum),
  ...binary('Minimum', tf.minimum),
  ...binary('Mod', tf.mod, [-4, 4], [0.5, 2]),
  ...binary('Multiply', tf.mul),
  ...binary('Pow', tf.pow, [0.3, 2], [-2, 2]),
  ...binary('RealDiv', tf.div, [-2, 2], [0.5, 2]),
  ...binary('SquaredDifference', tf.squaredDifference),
  ...binary('Sub', tf.sub),
  on('Pow', 'a negative base, exponent 3', { a: from(-2, -0.5, 3, 4) }, ({ a }) => tf.pow(a, tf.scalar(3))),
  on('Prelu', 'same shapes', { x: [3, 4], alpha: from(0.1, 0.5, 3, 4) }, ({ x, alpha }) => tf.prelu(x, alpha)),
  on('Prelu', 'one alpha a channel', { x: [2, 3, 4], alpha: from(0.1, 0.5, 4) }, ({ x, alpha }) => tf.prelu(x, alpha)),
  on('Prelu', 'alpha shared along axis 1', { x: [2, 3, 4], alpha: from(0.1, 0.5, 1, 4) }, ({ x, alpha }) =>
    tf.prelu(x, alpha),
  ),
  on('AddN', 'three tensors', { a: [2, 3], b: [2, 3], c: [2, 3] }, ({ a, b, c }) => tf.addN([a, b, c])),
  on('Select', 'same shapes', { a: [3, 4], b: [3, 4] }, ({ a, b }) => tf.where(mask([3, 4]), a, b)),
  on('Select', 'a condition that is broadcast', { a: [3, 4], b: [3, 4] }, ({ a, b }) => tf.where(mask([4]), a, b)),
  on('Select', 'a branch that is broadcast', { a: [3, 4], b: [4] }, ({ a, b }) => tf.where(mask([3, 4]), a, b)),
  on('ComplexAbs', 'of real and imaginary parts', { re: [2, 3], im: [2, 3] }, ({ re, im }) =>
    tf.abs(tf.complex(re, im)),
  ),
];

function mask(shape: number[]): Tensor {
  const size = shape.reduce((a, b) => a * b, 1);
  return tf.tensor(
    Array.from({ length: size }, (_value, i) => (i * 5) % 3 === 0),
    shape,
    'bool',
  );
}
