/**
 * A rule of the user's own, written as those of the registry are: formulas in an arithmetic, so that the same lines run here in float64
 * and could run in a graph.
 *
 *   export default {
 *     name: 'my-momentum',
 *     slots: ['velocity'],
 *     options: { momentum: [0.5, 0.9] },
 *     apply(ops, { w, g, slots, rate }, { momentum }) {
 *       const velocity = ops.sub(ops.mul(ops.scalar(momentum), slots.velocity), ops.mul(rate, g));
 *       return { w: ops.add(w, velocity), slots: { velocity } };
 *     },
 *   };
 */
import { type Arithmetic, parse, SpecError, type UpdateInput, type UpdateOutput } from '@anneal/schemas';
import { z } from 'zod';
import { float64 } from './float64.ts';
import { RATES, type Rule, type Setting, settingsOf } from './rule.ts';

type Apply = <T>(ops: Arithmetic<T>, input: UpdateInput<T>, options: Readonly<Record<string, unknown>>) => unknown;

const ownRule = z.strictObject({
  name: z.string().min(1),
  slots: z.array(z.string().min(1)).default([]),
  rates: z.array(z.number().positive()).min(1).default(RATES),
  options: z.record(z.string(), z.array(z.unknown()).min(1)).default({}),
  apply: z.custom<Apply>((value) => typeof value === 'function', 'must be a function (ops, input, options)'),
});

/** @throws SpecError that says what the module has to export */
export function ownRuleOf(exported: unknown): Rule {
  if (typeof exported !== 'object' || exported === null)
    throw new SpecError('invalid_request', 'default export: must be a rule { name, slots, apply }', 'default');
  const { name, slots, rates, options, apply } = parse(ownRule, exported);
  const settings = settingsOf(rates, options);
  const rule: Rule = {
    name,
    slots: () => slots,
    apply: (ops, input, setting) => apply(ops, input, setting.options) as UpdateOutput<never>,
    settings,
    usual: settings[0]!.options,
  };
  tryOut(rule, slots, settings[0]!);
  return rule;
}

/** One step of three parameters, so that what the suite would stumble over is said before it starts. */
function tryOut(rule: Rule, names: readonly string[], setting: Setting): void {
  const zeros = (): Float64Array => new Float64Array(3);
  const slots = Object.fromEntries(names.map((name) => [name, zeros()]));
  const input = {
    w: zeros(),
    g: Float64Array.of(1, 0, -1),
    slots,
    rate: Float64Array.of(0.1),
    step: Float64Array.of(1),
  };
  let answer: Partial<UpdateOutput<unknown>> | undefined;
  try {
    answer = rule.apply<Float64Array>(float64, input, setting);
  } catch (error) {
    throw new SpecError('invalid_request', `apply: threw ${(error as Error).message} in its first step`, 'apply');
  }
  for (const [what, value] of [
    ['w', answer?.w],
    ...names.map((name) => [`slots.${name}`, answer?.slots?.[name]] as const),
  ] as const) {
    if (value instanceof Float64Array && value.length === 3) continue;
    throw new SpecError('invalid_request', `apply: must return ${what} as big as the parameters, made by ops`, 'apply');
  }
}
