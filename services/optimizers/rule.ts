/** A rule on trial: its step, and the settings it is tried with. */
import {
  type Arithmetic,
  parse,
  type Update,
  type UpdateInput,
  type UpdateOutput,
  update,
  updateDefinition,
  updateDefinitions,
} from '@anneal/schemas';

export interface Setting {
  readonly rate: number;
  /** Options of the rule, as in a spec. */
  readonly options: Readonly<Record<string, unknown>>;
}

export interface Rule {
  readonly name: string;
  /** Names of what is kept for each parameter; all start at 0. */
  slots(setting: Setting): readonly string[];
  apply<T>(ops: Arithmetic<T>, input: UpdateInput<T>, setting: Setting): UpdateOutput<T>;
  readonly settings: readonly Setting[];
  /** The options it has when none are given. */
  readonly usual: Setting['options'];
}

export const RATES = [1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 1];
const MOMENTA = [0.1, 0.5, 0.9, 0.99, 0.999];
const DECAYS = [0.5, 0.9, 0.99, 0.999, 0.9999];
/** The reference: 34 rates from 10⁻¹⁰ to 1, evenly on a logarithmic scale. */
const SGD_RATES = Array.from({ length: 34 }, (_value, i) => 10 ** (-10 + (10 * i) / 33));

const moments = { beta1: [0.5, 0.9], beta2: [0.9, 0.999] };

/** Values of options that are tried with every rate; Adadelta, which has no rate of its own, is tried with few. */
const grids: Readonly<
  Record<string, { rates?: readonly number[]; options?: Readonly<Record<string, readonly number[]>> }>
> = {
  sgd: { rates: SGD_RATES },
  momentum: { options: { momentum: MOMENTA } },
  nesterov: { options: { momentum: MOMENTA } },
  rmsprop: { options: { decay: DECAYS } },
  adadelta: { rates: [1], options: { decay: DECAYS, epsilon: [1e-6, 1e-3] } },
  adam: { options: moments },
  adamw: { options: moments },
  amsgrad: { options: moments },
  nadam: { options: moments },
};

/** Every combination of the values, as options. */
export function combinations(values: Readonly<Record<string, readonly unknown[]>>): Record<string, unknown>[] {
  return Object.entries(values).reduce<Record<string, unknown>[]>(
    (found, [name, list]) => found.flatMap((options) => list.map((value) => ({ ...options, [name]: value }))),
    [{}],
  );
}

export const settingsOf = (
  rates: readonly number[],
  options: Readonly<Record<string, readonly unknown[]>>,
): Setting[] => combinations(options).flatMap((chosen) => rates.map((rate) => ({ rate, options: chosen })));

/** Names of the rules that can be tried: those that take a step from one gradient; one of the user's own is given as a file. */
export const ruleNames: readonly string[] = [...updateDefinitions.keys()].filter((name) => name !== 'module');

/** A rule of the registry. */
export function registeredRule(name: string): Rule {
  const definition = updateDefinition(name);
  const { rates = RATES, options = {} } = grids[name] ?? {};
  const filled = (options: Setting['options']): Setting['options'] => {
    const { rule: _rule, ...all } = parse(update, { rule: name, ...options }) as Update;
    return all;
  };
  return {
    name,
    slots: (setting) => definition.slots(setting.options as never),
    apply: (ops, input, setting) => definition.apply(ops, input, setting.options as never),
    settings: settingsOf(rates, options).map(({ rate, options }) => ({ rate, options: filled(options) })),
    usual: filled({}),
  };
}
