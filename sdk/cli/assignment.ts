/** `--set path=value`: changes one field of a spec before it is sent. */
import { parse } from 'yaml';
import { InputError } from './exit.ts';

export interface Assignment {
  readonly path: readonly (string | number)[];
  readonly value: unknown;
  readonly text: string;
}

/** `model.layers[2].units` -> ['model', 'layers', 2, 'units'] */
export const parsePath = (path: string): (string | number)[] =>
  [...path.matchAll(/[^.[\]]+|\[(\d+)\]/g)].map(([key, index]) => (index === undefined ? key : Number(index)));

/** @throws InputError */
export function parseAssignment(text: string): Assignment {
  const at = text.indexOf('=');
  const path = parsePath(text.slice(0, Math.max(0, at)));
  if (path.length === 0)
    throw new InputError(`--set ${text}: write it as path=value, as in schedule.rate=0.01 or model.layers[2].units=64`);
  try {
    return { path, value: parse(text.slice(at + 1)), text };
  } catch {
    throw new InputError(`--set ${text}: the value is not valid YAML`);
  }
}

/** A copy of `spec` with one field set; objects on the way there are made, lists only grow by one. @throws InputError */
export function assign(spec: unknown, { path, value, text }: Assignment): unknown {
  const set = (target: unknown, [key, ...rest]: readonly (string | number)[]): unknown => {
    if (key === undefined) return value;
    if (typeof key === 'number') {
      const list = Array.isArray(target) ? [...target] : undefined;
      if (!list || key > list.length)
        throw new InputError(
          `--set ${text}: there is no item ${key} to set${list ? ` in a list of ${list.length}` : ''}`,
        );
      list[key] = set(list[key], rest);
      return list;
    }
    if (target !== undefined && target !== null && (typeof target !== 'object' || Array.isArray(target)))
      throw new InputError(`--set ${text}: '${key}' can't be set in ${Array.isArray(target) ? 'a list' : 'a value'}`);
    return { ...target, [key]: set((target as Record<string, unknown> | null | undefined)?.[key], rest) };
  };
  return set(spec, path);
}
