/**
 * Applies a JSON patch (RFC 6902) to a document: add, remove and replace, which is all that findings use. The document stays as it is. As in the RFC,
 * `-` is the place after the last item of a list, and what is removed or replaced has to be there.
 */
import type { Finding } from './finding.ts';

type Operation = NonNullable<Finding['patch']>[number];

/** @throws RangeError naming the pointer that leads nowhere */
export function applyPatch<T>(document: T, patch: readonly Operation[]): T {
  return patch.reduce<T>((before, operation) => change(before, pointer(operation.path), operation) as T, document);
}

/** `/a~1b/0` -> `['a/b', '0']` */
const pointer = (path: string): string[] =>
  path
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));

function change(node: unknown, [key, ...rest]: readonly string[], operation: Operation): unknown {
  if (key === undefined) return operation.value;
  if (typeof node !== 'object' || node === null) throw nowhere(operation);
  if (Array.isArray(node)) return changeList(node, key, rest, operation);
  const object = node as Record<string, unknown>;
  const there = Object.hasOwn(object, key);
  if (!there && (rest.length > 0 || operation.op !== 'add')) throw nowhere(operation);
  if (rest.length > 0 || operation.op !== 'remove')
    return { ...object, [key]: rest.length > 0 ? change(object[key], rest, operation) : operation.value };
  const { [key]: _removed, ...left } = object;
  return left;
}

function changeList(list: readonly unknown[], key: string, rest: readonly string[], operation: Operation): unknown[] {
  const adds = rest.length === 0 && operation.op === 'add';
  const at = key === '-' && adds ? list.length : /^(0|[1-9]\d*)$/.test(key) ? Number(key) : Number.NaN;
  if (!(at <= list.length - (adds ? 0 : 1))) throw nowhere(operation);
  if (rest.length > 0) return list.with(at, change(list[at], rest, operation));
  if (operation.op === 'remove') return list.toSpliced(at, 1);
  return adds ? list.toSpliced(at, 0, operation.value) : list.with(at, operation.value);
}

const nowhere = ({ op, path }: Operation): RangeError => new RangeError(`${op} ${path}: there is no such place`);
