/**
 * TF.js's own gradients, op by op, against differences in double precision. Every op of its registry of gradients is named: right; inexact, where it is
 * off by more than rounding and less than 1e-4; wrong; or refused, which is said in TF.js's own words, or with why its gradient is never run.
 *
 * A gradient is code of TF.js's, which all backends share, and often runs a kernel made for it, which each has its own. Where a wrong one runs such a
 * kernel of the CPU backend, that is said: under another backend it may be right.
 */
import type { GradFunc } from '@tensorflow/tfjs-core';
import type { Compared } from '../../gradient/compare.ts';
import { projected } from '../cases.ts';
import type { Case } from '../differentiable.ts';
import { measureGradient, RIGHT, WRONG } from '../gradient-finding.ts';
import { drawInputs } from '../inputs.ts';
import { type Tensor, tf } from '../tf.ts';
import { kernelsRun } from '../winners.ts';
import { composites } from './composites.ts';
import { convolutions } from './convolutions.ts';
import { elementwise } from './elementwise.ts';
import type { OpCase } from './op-case.ts';
import { reductions } from './reductions.ts';
import { shapes } from './shapes.ts';

export interface OpAudit {
  readonly op: string;
  readonly verdict: 'right' | 'inexact' | 'wrong' | 'refused';
  /** Cases that were compared. */
  readonly cases: number;
  readonly worstError: number | null;
  readonly note: string;
}

const SEED = 17;
export const opCases: readonly OpCase[] = [...elementwise, ...reductions, ...shapes, ...convolutions, ...composites];

type Outcome = { readonly label: string } & (
  | {
      readonly error: number;
      readonly where: string;
      readonly values: string;
      readonly reached: boolean;
      readonly kernels: string;
    }
  | { readonly refusal: string }
);

const reached = new Set<string>();

/** The ops that TF.js has a gradient for; from now on it's noticed which of them are run. */
function watchGradients(): string[] {
  const registry = (globalThis as unknown as { _tfGlobals: Map<string, Map<string, unknown>> })._tfGlobals;
  const names = [...registry.get('gradRegistry')!.keys()].sort();
  for (const name of names) {
    const config = tf.getGradient(name);
    const gradFunc: GradFunc = (...given) => {
      reached.add(name);
      return config.gradFunc(...given);
    };
    tf.unregisterGradient(name);
    tf.registerGradient({ ...config, gradFunc });
  }
  return names;
}

export function audit(): { version: string; ops: OpAudit[] } {
  const names = watchGradients();
  const all = new Map<string, Outcome[]>(names.map((name) => [name, []]));
  for (const one of opCases) all.set(one.op, [...(all.get(one.op) ?? []), outcomeOf(one, names)]);
  const ops = [...all].map(([op, outcomes]) => judged(op, outcomes));
  return { version: tf.version_core, ops };
}

function outcomeOf({ op, label, inputs, run: call }: OpCase, names: readonly string[]): Outcome {
  reached.clear();
  const of: Case = {
    name: op,
    rule: op,
    inputs: drawInputs(inputs, SEED),
    value(at) {
      const made = [call({ ...at })].flat() as Tensor[];
      return tf.addN(made.map((one) => projected(one)));
    },
  };
  try {
    let compared: readonly Compared[] = [];
    const run = kernelsRun(() => {
      ({ compared } = measureGradient(of));
    });
    const kernels = [...run].filter((name) => /Grad|Backprop/.test(name)).join(', ');
    const [worst] = compared;
    const error = compared.some(({ error }) => Number.isNaN(error)) ? Number.NaN : (worst?.error ?? 0);
    const where = worst?.index == null ? 'a direction' : `${worst.where}[${worst.index}]`;
    const values = worst ? `${worst.analytic.toPrecision(4)} for ${worst.numeric.toPrecision(4)}` : '';
    return { label, error, where, values, reached: !names.includes(op) || reached.has(op), kernels };
  } catch (error) {
    return { label, refusal: String((error as Error).message).split('\n')[0]! };
  }
}

function judged(op: string, outcomes: readonly Outcome[]): OpAudit {
  const compared = outcomes.flatMap((one) => ('error' in one ? [one] : []));
  const refused = outcomes.flatMap((one) => ('refusal' in one ? [one] : []));
  const worst = compared.reduce<(typeof compared)[number] | null>((a, b) => (a && a.error >= b.error ? a : b), null);
  const off = compared.filter(({ error }) => !(error <= RIGHT));
  const notes = [
    ...off.slice(0, 1).map(({ label, where, values }) => `${label}: ${where} is ${values}`),
    ...(off.length > 1 ? [`off in ${off.length} of ${compared.length} cases`] : []),
    ...off.slice(0, 1).flatMap(({ kernels }) => (kernels ? [`by ${kernels} of the CPU backend`] : [])),
    ...refused.slice(0, 1).map(({ label, refusal }) => `${label}: ${refusal}`),
    ...(refused.length > 1 ? [`refused in ${refused.length} of ${outcomes.length} cases`] : []),
  ];
  if (compared.length === 0 || !compared.some((one) => one.reached)) {
    const why = compared.length > 0 ? (neverRun[op] ?? 'TF.js did not run this gradient') : 'no case runs it';
    return { op, verdict: 'refused', cases: 0, worstError: null, note: notes.join('; ') || why };
  }
  const wrong = compared.some(({ error }) => !(error <= WRONG));
  const verdict = wrong ? 'wrong' : off.length > 0 ? 'inexact' : 'right';
  return { op, verdict, cases: compared.length, worstError: worst?.error ?? null, note: notes.join('; ') };
}

/** Gradients in the registry that no function of TF.js's leads to. */
const neverRun: Readonly<Record<string, string>> = {
  BroadcastTo: 'never run: tf.broadcastTo tiles',
  LogSoftmax: 'never run: tf.logSoftmax has a gradient of its own, which is right',
  OneHot: 'never run: its input is whole numbers',
};
