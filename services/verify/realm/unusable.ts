/** A module that can't be checked: its message is for the author, and needs no stack. */
export class Unusable extends Error {
  override readonly name = 'Unusable';
}

/** A line of a module that can't be compiled into a step: its place is of interest. */
export class Unrecordable extends Unusable {}

/** What a value is, for a message. */
export function described(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'function') return 'a function';
  if (value instanceof Promise) return 'a promise';
  if (isTensor(value)) return `a tensor of shape [${value.shape.join(', ')}]`;
  return typeof value === 'object'
    ? `an object of ${Object.keys(value).join(', ') || 'nothing'}`
    : JSON.stringify(value);
}

export const isTensor = (value: unknown): value is { shape: number[]; isDisposed: boolean; dtype: string } =>
  typeof value === 'object' && value !== null && 'dataId' in value && 'shape' in value;
