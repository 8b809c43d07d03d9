/**
 * The signal goes through the untrained net: outputs of the hidden layers keep their size by depth, units are not dead, tanh and sigmoid are not
 * saturated. Measured on a hundred examples, as in training.
 *
 * Source: CS231n, activation distributions per layer; Glorot & Bengio 2010. Deviations that differ by more than 10² between hidden layers warn, by more
 * than 10⁴ fail; over half of a layer's units dead or saturated warns, over nine tenths fails.
 */
import { type LayerSignal, layerSignals } from '@anneal/engine';
import type { Finding } from '@anneal/schemas';
import { found, one, passed, skipped } from './check.ts';

const NAME = 'signal';
const EXAMPLES = 100;
/** Examples from which on a unit that is 0 for all of them is dead: one example has half of them off. */
const FEW = 10;
const SPREAD = { warn: 1e2, fail: 1e4 };
const SHARE = { warn: 0.5, fail: 0.9 };

export const signal = one(NAME, ({ built, data, spec }): Finding => {
  const rows = data.splits.training.subarray(0, EXAMPLES);
  const hidden = layerSignals(built, data, rows, spec.seed).slice(0, -1);
  if (hidden.length === 0) return skipped(NAME, 'the net has no hidden layer');
  const deviations = hidden.map(({ deviation }) => deviation);
  const [least, most] = [Math.min(...deviations), Math.max(...deviations)];
  const [dead, saturated] = [worst(hidden, 'dead'), worst(hidden, 'saturated')];
  const ratio = least > 0 ? most / least : Number.POSITIVE_INFINITY;
  const evidence = {
    ...{ layers: hidden.length, leastDeviation: least, mostDeviation: most },
    ...{ mostDead: dead.share, mostDeadIn: dead.name, mostSaturated: saturated.share, mostSaturatedIn: saturated.name },
  };
  const spread = `outputs of ${hidden.length} hidden layers have deviations from ${least.toPrecision(2)} to ${most.toPrecision(2)}`;
  if (dead.share > SHARE.warn && rows.length >= FEW) {
    const message = `${percent(dead.share)} of the units of '${dead.name}' are 0 for all ${rows.length} examples: they are dead`;
    return found(NAME, dead.share > SHARE.fail ? 'fail' : 'warn', 'dead-units', message, evidence);
  }
  if (saturated.share > SHARE.warn) {
    const message = `${percent(saturated.share)} of the outputs of '${saturated.name}' lie at its bounds, where it has no slope`;
    return found(NAME, saturated.share > SHARE.fail ? 'fail' : 'warn', 'saturated-units', message, evidence);
  }
  if (ratio > SPREAD.warn) {
    const falls = deviations.at(-1)! < deviations[0]!;
    const cause = falls ? 'initialisation-too-small' : 'initialisation-too-large';
    const message = `${spread}: the signal ${falls ? 'dies away' : 'grows'} by depth; take initializer he-normal or glorot-normal`;
    return found(NAME, ratio > SPREAD.fail ? 'fail' : 'warn', cause, message, evidence);
  }
  return passed(NAME, spread, evidence);
});

function worst(layers: readonly LayerSignal[], what: 'dead' | 'saturated'): { name: string | null; share: number } {
  return layers.reduce<{ name: string | null; share: number }>(
    (found, layer) => ((layer[what] ?? 0) > found.share ? { name: layer.name, share: layer[what]! } : found),
    { name: null, share: 0 },
  );
}

const percent = (share: number): string => `${Math.round(100 * share)} %`;
