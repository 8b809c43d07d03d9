/** Runs a job of any kind. */
import type { Spec } from '@anneal/schemas';
import { runCheck } from './run-check.ts';
import { runEnsemble } from './run-ensemble.ts';
import { runEvaluate } from './run-evaluate.ts';
import { runInspect } from './run-inspect.ts';
import { runPredict } from './run-predict.ts';
import { runTrain } from './run-train.ts';
import type { RunSpec } from './trainer-host.ts';

const runs: { readonly [Kind in Spec['kind']]: RunSpec<Extract<Spec, { kind: Kind }>> } = {
  train: runTrain,
  check: runCheck,
  evaluate: runEvaluate,
  predict: runPredict,
  ensemble: runEnsemble,
  inspect: runInspect,
};

export const runSpec: RunSpec<Spec> = (spec, host, context) => runs[spec.kind](spec as never, host, context);
