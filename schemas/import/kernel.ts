/** Activations, initialisers, regularisers and constraints of Keras as Anneal's. */
import { activationName } from '../layers/activation.ts';
import { described, type LayerConfig, show } from './layer-config.ts';

const kebab = (name: string): string =>
  name
    .replace(/([a-z\d])([A-Z])/g, '$1-$2')
    .replaceAll('_', '-')
    .toLowerCase();

/** @param keras3 whose hard sigmoid is another one */
export function readActivation(c: LayerConfig, key: string, otherwise: string, keras3: boolean): string {
  const value = c.take(key) ?? otherwise;
  const given = typeof value === 'string' ? value : (described(value)?.className ?? show(value));
  const name = kebab(given)
    .replace(/^silu$/, 'swish')
    .replace(/^re-lu/, 'relu');
  if (name === 'hard-sigmoid' && keras3) c.refuse(`${key} is '${given}', whose slope in Keras 3 is 1/6, in TF.js 1/5`);
  const known = activationName.options.find((option) => option === name);
  return known ?? c.refuse(`${key} is '${given}'; Anneal has ${activationName.options.join(', ')}`);
}

const scaled = new Map([
  ['1 fan-avg uniform', 'glorot-uniform'],
  ['1 fan-avg normal', 'glorot-normal'],
  ['2 fan-in uniform', 'he-uniform'],
  ['2 fan-in normal', 'he-normal'],
  ['1 fan-in uniform', 'lecun-uniform'],
  ['1 fan-in normal', 'lecun-normal'],
]);

const plain = new Set([...scaled.values(), 'orthogonal', 'zeros', 'ones']);

/** Null for one that Anneal lacks: the weights of a trained model are in its files, and how they started no longer matters. */
export function readInitializer(c: LayerConfig, key: string): unknown {
  const value = c.take(key);
  const { className, config } = (typeof value === 'string' ? { className: value, config: {} } : described(value)) ?? {};
  if (className === undefined) return null;
  const name = kebab(className).replace('le-cun', 'lecun').replace('truncated-normal', 'normal-truncated');
  if (plain.has(name)) return name;
  const {
    value: constant,
    mean,
    stddev,
    minval,
    maxval,
    scale,
    mode,
    distribution,
  } = config as Record<string, unknown>;
  if (name === 'constant' && typeof constant === 'number') return { type: 'constant', value: constant };
  if (name === 'random-normal' && mean === 0) return { type: 'normal', deviation: stddev };
  if (name === 'random-uniform' && minval === -Number(maxval)) return { type: 'uniform', bound: maxval };
  const spread = kebab(String(distribution)).replace('truncated-', '');
  if (name === 'variance-scaling') return scaled.get(`${scale} ${kebab(String(mode))} ${spread}`) ?? null;
  return null;
}

/** L1 and L2 of the kernels of these keys, which have to agree: Anneal has one pair for all kernels of a layer. */
export function readRegularization(c: LayerConfig, keys: readonly string[]): unknown {
  return agreeing(c, keys, (value, key) => {
    const { className, config } = described(value) ?? c.refuse(`${key} is ${show(value)}`);
    if (!['L1L2', 'L1', 'L2'].includes(className)) c.refuse(`${key} is ${className}; Anneal has L1 and L2`);
    const { l1 = 0, l2 = 0 } = config;
    return { l1: Number(l1), l2: Number(l2) };
  });
}

/** @param axes over which a norm has to be taken for it to be that of the inputs of one output */
export function readConstraint(c: LayerConfig, keys: readonly string[], axes: readonly number[]): unknown {
  return agreeing(c, keys, (value, key) => {
    const { className, config } = described(value) ?? c.refuse(`${key} is ${show(value)}`);
    if (className === 'NonNeg') return { type: 'non-negative' };
    if (className !== 'MaxNorm' && className !== 'UnitNorm')
      c.refuse(`${key} is ${className}; Anneal has MaxNorm, UnitNorm and NonNeg`);
    const given = [config.axis ?? 0].flat();
    if (given.join() !== axes.join())
      c.refuse(`${key} takes its norm over axis ${given}; Anneal over ${axes.join(', ')}`);
    return className === 'UnitNorm'
      ? { type: 'unit-norm' }
      : { type: 'max-norm', norm: config.max_value ?? config.maxValue };
  });
}

function agreeing<T>(c: LayerConfig, keys: readonly string[], read: (value: unknown, key: string) => T): T | undefined {
  const found = keys.map((key) => {
    const value = c.take(key);
    return value === null ? undefined : read(value, key);
  });
  const [first] = found;
  if (found.some((value) => JSON.stringify(value) !== JSON.stringify(first)))
    c.refuse(`${keys.join(' and ')} differ; Anneal has one for both`);
  return first;
}
