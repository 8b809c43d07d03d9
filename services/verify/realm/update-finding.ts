/**
 * `updateRule = { slots, apply(tf, { w, g, slots, rate, step }) }`, data in and data out: shapes and slots are kept, the same inputs give the same
 * outputs and are left alone, the first step goes downhill, rate 0 moves nothing, and a small quadratic is brought down in 200 steps.
 *
 * It is the form of `anneal optimizers` too: TF.js has all of that arithmetic. Of its `options` the first value of each is taken.
 */
import type { Finding } from '@anneal/schemas';
import { tensorFrom } from './cases.ts';
import { type Tensor, tf, values } from './tf.ts';
import { described, isTensor, Unusable } from './unusable.ts';

export interface UpdateRule {
  readonly slots?: readonly string[];
  readonly options?: Readonly<Record<string, readonly unknown[]>>;
  apply(ops: typeof tf, given: Given, options: Readonly<Record<string, unknown>>): unknown;
}

interface Given {
  readonly w: Tensor;
  readonly g: Tensor;
  readonly slots: Readonly<Record<string, Tensor>>;
  /** Scalars. */
  readonly rate: Tensor;
  /** 1, 2 … */
  readonly step: Tensor;
}

interface State {
  readonly w: Float64Array;
  readonly slots: Readonly<Record<string, Float64Array>>;
}

/** ½ Σ aᵢ(wᵢ − cᵢ)², of one weight of shape [2, 3]. */
const SHAPE = [2, 3];
const curvature = [1, 2, 0.5, 3, 1.5, 0.8];
const minimum = [1, -1, 0.5, 2, 0, -2];
const START = Float64Array.from([3, 1, -2, 0.5, 1, 1]);
const STEPS = 200;
const RATE = 0.01;

const gradientAt = (w: Float64Array): Float64Array => w.map((value, i) => curvature[i]! * (value - minimum[i]!));
const lossAt = (w: Float64Array): number =>
  w.reduce((sum, value, i) => sum + (curvature[i]! * (value - minimum[i]!) ** 2) / 2, 0);

export function updateFinding(rule: unknown): Finding {
  const checked = checkedRule(rule);
  const zeros = Object.fromEntries((checked.slots ?? []).map((name) => [name, new Float64Array(START.length)]));
  let state: State = { w: START, slots: zeros };
  const first = advance(checked, state, 1, RATE);
  const again = advance(checked, state, 1, RATE);
  const still = advance(checked, state, 1, 0);
  const downhill = gradientAt(START).reduce((sum, g, i) => sum + g * (first.w[i]! - START[i]!), 0);
  for (let step = 1; step <= STEPS; step++) state = advance(checked, state, step, RATE);
  const [before, after] = [lossAt(START), lossAt(state.w)];
  const evidence = { function: 'updateRule', lossBefore: before, lossAfter: after, steps: STEPS, rate: RATE, downhill };
  const finding = (verdict: Finding['verdict'], message: string, cause: string | null = null): Finding => ({
    ...{ rule: 'updateRule', verdict, message, cause, evidence, patch: null },
  });
  if (!Number.isFinite(after))
    return finding('fail', `a quadratic is at ${after} after ${STEPS} steps`, 'non-finite-value');
  if (first.w.some((value, i) => value !== again.w[i]))
    return finding(
      'fail',
      'the same inputs gave two updates: it keeps something of its own',
      'non-deterministic-update',
    );
  if (downhill >= 0)
    return finding('fail', 'its first step goes uphill: is the update added instead of taken away?', 'uphill-update');
  const numbers = `a quadratic goes from ${before.toPrecision(4)} to ${after.toPrecision(4)} in ${STEPS} steps at rate ${RATE}`;
  if (after >= before) return finding('fail', numbers, 'uphill-update');
  if (still.w.some((value, i) => value !== START[i]))
    return finding('warn', `at rate 0 it still moves the weights (${numbers})`, 'rate-ignored');
  return finding('pass', numbers);
}

/** @throws Unusable if it is none */
export function checkedRule(rule: unknown): UpdateRule {
  const given = rule as Partial<UpdateRule> | null;
  if (typeof given !== 'object' || given === null || typeof given.apply !== 'function')
    throw new Unusable(
      `updateRule is ${described(rule)}; it must be { slots, apply(tf, { w, g, slots, rate, step }) }`,
    );
  const slots = given.slots ?? [];
  if (!Array.isArray(slots) || slots.some((name) => typeof name !== 'string'))
    throw new Unusable(`updateRule.slots: ${described(slots)} is not allowed: must be a list of names`);
  const lists = Object.entries(given.options ?? {}).find(([, list]) => !Array.isArray(list) || list.length === 0);
  if (lists) throw new Unusable(`updateRule.options.${lists[0]}: must be a list of the values to try`);
  return given as UpdateRule;
}

/** What each of its options is where nothing else is said. */
export const firstOf = ({ options = {} }: UpdateRule): Record<string, unknown> =>
  Object.fromEntries(Object.entries(options).map(([name, [first]]) => [name, first]));

function advance(rule: UpdateRule, { w, slots }: State, step: number, rate: number): State {
  const engine = tf.engine();
  engine.startScope();
  try {
    const tensor = (array: Float64Array) => tf.tensor(array.slice() as never, SHAPE) as Tensor;
    const gradient = gradientAt(w);
    const given = {
      ...{ w: tensor(w), g: tensor(gradient), rate: tf.scalar(rate) as Tensor, step: tf.scalar(step) as Tensor },
      slots: Object.fromEntries(Object.entries(slots).map(([name, array]) => [name, tensor(array)])),
    };
    const made = rule.apply(tf, given, firstOf(rule)) as { w?: unknown; slots?: Record<string, unknown> } | null;
    if (typeof made !== 'object' || made === null || isTensor(made))
      throw new Unusable(`updateRule.apply returned ${described(made)}; it must return { w, slots }`);
    const own = { w: given.w, g: given.g, ...given.slots };
    for (const [name, array] of Object.entries({ w, g: gradient, ...slots }))
      checkKept(name, own[name as keyof typeof own], array);
    return {
      w: read('w', made.w),
      slots: Object.fromEntries(Object.keys(slots).map((name) => [name, read(`slots.${name}`, made.slots?.[name])])),
    };
  } finally {
    engine.endScope();
  }
}

function read(name: string, made: unknown): Float64Array {
  const tensor = tensorFrom(`updateRule.apply: ${name}`, made);
  if (tensor.shape.join() !== SHAPE.join())
    throw new Unusable(
      `updateRule.apply: ${name} has shape [${tensor.shape.join(', ')}], that of the weight is [${SHAPE.join(', ')}]`,
    );
  return values(tensor).slice();
}

function checkKept(name: string, tensor: Tensor, array: Float64Array): void {
  if (tensor.isDisposed) throw new Unusable(`updateRule.apply disposes of '${name}', which belongs to the caller`);
  if (values(tensor).some((value, i) => !Object.is(value, array[i])))
    throw new Unusable(`updateRule.apply changes '${name}' in place; return a new tensor instead`);
}
