/** The arithmetic of update rules as graph nodes. */
import type { Arithmetic } from '@anneal/schemas';
import { DataType } from '../tensorflow.ts';
import type { NodeList, Output } from './node-list.ts';

const T = { T: { type: DataType.float32 } };

export function graphArithmetic(list: NodeList): Arithmetic<Output> {
  const scalars = new Map<number, Output>();
  const binary = (op: string) => (a: Output, b: Output) => list.node(op, [a, b], T);
  const unary = (op: string) => (a: Output) => list.node(op, [a], T);
  return {
    scalar(value) {
      const known = scalars.get(value) ?? list.scalar(value);
      scalars.set(value, known);
      return known;
    },
    zerosLike: unary('ZerosLike'),
    add: binary('AddV2'),
    sub: binary('Sub'),
    mul: binary('Mul'),
    div: binary('RealDiv'),
    sqrt: unary('Sqrt'),
    square: unary('Square'),
    pow: binary('Pow'),
    maximum: binary('Maximum'),
    abs: unary('Abs'),
    sign: unary('Sign'),
  };
}
