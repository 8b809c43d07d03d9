/** What `anneal check` found in a file, and what of it counts. */
import type { Finding } from '../../index.ts';

export interface Place {
  readonly line: number;
  readonly column: number;
}

export interface LocatedFinding extends Finding {
  /** Of the field at fault, in the file. */
  readonly place: Place;
}

export interface FileReport {
  readonly file: string;
  /** Null for a module, which needs none. */
  readonly job: string | null;
  /** Why there is less than all findings: the job ended otherwise than by a check. */
  readonly error: string | null;
  readonly findings: readonly LocatedFinding[];
  readonly seconds: number;
  /** Of a module: what it printed, what held its process, and what did not on this machine. */
  readonly printed?: readonly string[];
  readonly confinement?: readonly string[];
  readonly gaps?: readonly string[];
}

export type FailOn = 'warn' | 'fail';

const ranks: Readonly<Record<Finding['verdict'], number>> = { pass: 0, skipped: 0, warn: 1, fail: 2 };

/** A baseline: findings of an earlier run, by file. */
export type Baseline = Readonly<Record<string, readonly Pick<Finding, 'rule' | 'verdict' | 'cause'>[]>>;

/** What fails: findings as bad as `failOn`, and with a baseline only those that it does not have as bad for the same cause. */
export function failing(
  { file, findings }: Pick<FileReport, 'file' | 'findings'>,
  failOn: FailOn,
  baseline: Baseline | null,
): LocatedFinding[] {
  const known = baseline?.[file] ?? [];
  return findings.filter(({ rule, verdict, cause }) => {
    if (ranks[verdict] < ranks[failOn]) return false;
    return !known.some(
      (before) => before.rule === rule && before.cause === cause && ranks[before.verdict] >= ranks[verdict],
    );
  });
}

/** The field of a spec that a finding is about: where its patch changes something, the layer of a tensor, or the part that the check looks at. */
export function fieldOf({ rule, patch, evidence }: Finding, layers: readonly { readonly name?: string }[]): string {
  const [operation] = patch ?? [];
  if (operation) return fieldOfPointer(operation.path);
  const tensor = Object.values(evidence).find((value) => typeof value === 'string' && /^[\w-]+\/\w+$/.test(value));
  const layer = typeof tensor === 'string' ? layerOf(tensor.split('/')[0]!, layers) : null;
  if (layer !== null) return `model.layers[${layer}]`;
  if (rule.startsWith('data-')) return 'data';
  return rule === 'regularization' ? 'regularization' : 'model';
}

/** `/model/layers/1/activation` -> `model.layers[1].activation` */
const fieldOfPointer = (pointer: string): string =>
  pointer
    .split('/')
    .slice(1)
    .filter((key) => key !== '-')
    .reduce((path, key) => (/^\d+$/.test(key) ? `${path}[${key}]` : path ? `${path}.${key}` : key), '');

/** The place of a layer by its name; layers without one are called by their type and place, as `dense_2`. */
function layerOf(name: string, layers: readonly { readonly name?: string }[]): number | null {
  const named = layers.findIndex((layer) => layer.name === name);
  if (named >= 0) return named;
  const place = Number(/_(\d+)$/.exec(name)?.[1] ?? Number.NaN);
  return place < layers.length ? place : null;
}
