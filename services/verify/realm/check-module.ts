/** All checks of what a module exports. */
import type { Finding } from '@anneal/schemas';
import { layerCase, lossCase, passCase, scalarFrom } from './cases.ts';
import type { Tensors } from './differentiable.ts';
import { gradientFinding } from './gradient-finding.ts';
import { drawInputs, type Input } from './inputs.ts';
import { metricFinding } from './metric-finding.ts';
import { buildModel } from './model-case.ts';
import { type Tensor, tf } from './tf.ts';
import { described, Unusable } from './unusable.ts';
import { updateFinding } from './update-finding.ts';

type Code = (...given: never[]) => unknown;
export type Module = Readonly<Record<string, unknown>>;

const functions = ['model', 'loss', 'gradient', 'metric', 'layer', 'forward', 'backward'] as const;
type Functions = Partial<Record<(typeof functions)[number], Code>>;

const SEED = 5;
const DEFAULTS = { predictions: [4, 3], labels: { oneHot: [4, 3] }, x: [3, 8] };

/** @throws Unusable if the module is not of the form, or breaks a rule of it */
export function checkModule(exported: Module | undefined): Finding[] {
  const module = exported ?? {};
  const code = functionsOf(module);
  const given = module.inputs ?? {};
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    throw new Unusable(`inputs is ${described(given)}; it must be an object of shapes by name, as in { x: [4, 3] }`);
  const specs = given as Record<string, unknown>;
  const findings: Finding[] = [];
  if (code.loss || code.metric) findings.push(...scored(code, specs));
  const judged = code.loss || code.metric ? ['labels', 'predictions'] : [];
  const rest = Object.fromEntries(Object.entries(specs).filter(([name]) => !judged.includes(name)));
  if (code.model) findings.push(modelFinding(code.model, code.loss, specs));
  if (code.layer) findings.push(gradientFinding(layerCase(code.layer, needed('layer', rest))));
  if (code.forward) findings.push(gradientFinding(passCase(code.forward, code.backward!, needed('forward', rest))));
  const rule = ruleOf(module);
  if (rule !== undefined) findings.push(updateFinding(rule));
  return findings;
}

/** Named, or the default export, as `anneal optimizers` takes it. */
export function ruleOf({ updateRule, default: only }: Module): unknown {
  const isRule = typeof only === 'object' && only !== null && 'apply' in only;
  return updateRule ?? (isRule ? only : undefined);
}

function functionsOf(module: Module): Functions {
  const names = Object.keys(module);
  const known = names.some((name) => (functions as readonly string[]).includes(name)) || ruleOf(module) !== undefined;
  if (!known)
    throw new Unusable(
      `it exports ${names.length > 0 ? names.join(', ') : 'nothing'}; a module exports model, loss (with gradient), metric, layer, forward and backward, or updateRule`,
    );
  for (const name of functions)
    if (name in module && typeof module[name] !== 'function')
      throw new Unusable(`${name} is ${described(module[name])}; it must be a function`);
  const code = module as Functions;
  if (code.forward && !code.backward)
    throw new Unusable('it exports forward without backward; what TF.js shall differentiate is called layer');
  if (code.backward && !code.forward) throw new Unusable('it exports backward without forward');
  if (code.gradient && !code.loss) throw new Unusable('it exports gradient without the loss that it belongs to');
  return code;
}

function scored({ loss, metric, gradient }: Functions, specs: Record<string, unknown>): Finding[] {
  const { predictions = DEFAULTS.predictions, labels = DEFAULTS.labels } = specs;
  const inputs = drawInputs({ predictions, labels }, SEED);
  return [
    ...(loss ? [metricFinding('loss', loss, inputs), gradientFinding(lossCase(loss, undefined, inputs))] : []),
    ...(loss && gradient ? [gradientFinding(lossCase(loss, gradient, inputs))] : []),
    ...(metric ? [metricFinding('metric', metric, inputs)] : []),
  ];
}

function modelFinding(model: Code, loss: Code | undefined, specs: Record<string, unknown>): Finding {
  const [x] = drawInputs({ x: specs.x ?? DEFAULTS.x }, SEED);
  const built = buildModel(model, x!);
  const constant: Input[] = [{ ...x!, differentiated: false }];
  if (!loss) return gradientFinding(built.caseOf(undefined, constant));
  const [labels] = drawInputs({ labels: specs.labels ?? { oneHot: built.outputShape } }, SEED);
  if (labels!.shape[0] !== x!.shape[0])
    throw new Unusable(
      `inputs.labels has ${labels!.shape[0]} examples and inputs.x ${x!.shape[0]}; a module with a model and a loss needs the same number`,
    );
  const lossOf = (output: Tensor, at: Tensors) => scalarFrom('loss', loss(...([tf, at.labels, output] as never[])));
  return gradientFinding(built.caseOf(lossOf, [...constant, { ...labels!, differentiated: false }]));
}

function needed(name: string, specs: Record<string, unknown>): Input[] {
  const inputs = drawInputs(specs, SEED);
  if (inputs.some(({ differentiated }) => differentiated)) return inputs;
  throw new Unusable(`${name} needs inputs to be tried on: export const inputs = { x: [4, 3], w: [3, 2] }`);
}
