/** Runs a job of any kind. */
import type { Spec, TrainSpec } from '@anneal/schemas';
import { withOwnCode } from './own-code.ts';
import { runCheck } from './run-check.ts';
import { runEnsemble } from './run-ensemble.ts';
import { runEvaluate } from './run-evaluate.ts';
import { runInspect } from './run-inspect.ts';
import { runPredict } from './run-predict.ts';
import { runTrain } from './run-train.ts';
import type { RunContext, RunSpec } from './trainer-host.ts';

const runs: { readonly [Kind in Spec['kind']]: RunSpec<Extract<Spec, { kind: Kind }>> } = {
  train: runTrain,
  check: runCheck,
  evaluate: runEvaluate,
  predict: runPredict,
  ensemble: runEnsemble,
  inspect: runInspect,
};

export const runSpec: RunSpec<Spec> = (spec, host, context) =>
  withOwnCode(trainedBy(spec, context), () => runs[spec.kind](spec as never, host, context));

/** The specs of what is trained, or has been. */
function trainedBy(spec: Spec, { sources }: RunContext): readonly TrainSpec[] {
  if (spec.kind === 'train') return [spec];
  if (spec.kind === 'check') return [spec.spec];
  return sources?.members.map((source) => source.spec) ?? [];
}
