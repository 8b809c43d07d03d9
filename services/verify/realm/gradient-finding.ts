/**
 * Whether the gradient of a function of a user's module is its derivative. Parameters that disagree at one width of the difference are measured again
 * by a difference of fourth order at two widths: what those two agree on is not the truncation of either, so a gradient that is off by more is wrong.
 *
 * Levels: an error up to 1e-6 passes (a right gradient has 1e-8 or less; some of TF.js's own constants are rounded to float32, which leaves 9e-7),
 * one above 1e-4 fails. Source: CS231n, "Gradient checks", whose levels of 1e-7 and 1e-2 are for less exact differences.
 */
import type { Finding } from '@anneal/schemas';
import { type Compared, type Comparison, compareGradient, type Differentiable } from '../gradient/compare.ts';
import { type Case, differentiable } from './differentiable.ts';

export const RIGHT = 1e-6;
export const WRONG = 1e-4;
const OPTIONS = { seed: 11, perTensor: 12, directions: 2, most: 240 };
/** Parameters measured again, at most. */
const AGAIN = 40;
const WIDTHS = [1e-3, 3e-4];

export interface GradientResult extends Comparison {
  readonly scale: number;
}

export function measureGradient(of: Case): GradientResult {
  const f = differentiable(of);
  const found = compareGradient(f, OPTIONS);
  const again = found.compared.map((one, i) => (i < AGAIN && one.error > RIGHT ? measuredAgain(f, one) : one));
  return { ...found, compared: again.sort((a, b) => b.error - a.error), scale: f.scale };
}

/** The better of the two measurements, where the second is one. */
function measuredAgain(f: Differentiable, one: Compared): Compared {
  if (one.index === null) return one;
  const x = placeIn(f, one);
  const gradient = f.gradient(f.start)[x]!;
  const [wide, narrow] = WIDTHS.map((h) => fourthOrder(f, x, h));
  if (wide == null || narrow == null) return one;
  const doubt = Math.abs(wide - narrow);
  const apart = Math.max(0, Math.abs(gradient - narrow) - doubt);
  const error = apart / Math.max(Math.abs(gradient), Math.abs(narrow), Number.MIN_VALUE);
  return error < one.error ? { ...one, analytic: gradient, numeric: narrow, error } : one;
}

/** (f(x − 2h) − 8f(x − h) + 8f(x + h) − f(x + 2h)) / 12h; null where the four lie on more than one piece of the function. */
function fourthOrder(f: Differentiable, at: number, h: number): number | null {
  const x = f.start.slice();
  const value = x[at]!;
  const probes = [-2, -1, 1, 2].map((k) => {
    x[at] = value + k * h;
    return f.probe(x);
  });
  const [a, b, c, d] = probes.map(({ loss }) => loss) as [number, number, number, number];
  const pieces = new Set(probes.map(({ winners }) => winners?.join()));
  return pieces.size > 1 ? null : (a - 8 * b + 8 * c - d) / (12 * h);
}

/** Its place in the vector. */
function placeIn({ weights }: Differentiable, { where, index }: Compared): number {
  let from = 0;
  for (const { name, shape } of weights) {
    if (name === where) return from + index!;
    from += shape.reduce((a, b) => a * b, 1);
  }
  throw new Error(`there is no tensor ${where}`);
}

export function gradientFinding(of: Case): Finding {
  const found = measureGradient(of);
  const { compared, tensors, unchecked, kinked, bothZero, deterministic, loss, scale } = found;
  // A single parameter says more than a direction.
  const worst = compared.find(({ index, error }) => index !== null && error > WRONG) ?? compared[0];
  const evidence: Finding['evidence'] = {
    ...{ function: of.name, parameters: compared.length, tensors, unchecked: unchecked.join(', ') || null },
    ...{ kinked, bothZero, value: loss / scale, scaledBy: scale, worstError: worst?.error ?? 0 },
    ...{ worstAt: worst ? placeOf(worst) : null, analytic: unscaled(worst?.analytic, scale) },
    numeric: unscaled(worst?.numeric, scale),
  };
  const finding = (verdict: Finding['verdict'], message: string, cause: string | null = null): Finding => ({
    ...{ rule: of.rule, verdict, message, cause, evidence, patch: null },
  });
  if (!Number.isFinite(loss)) return finding('fail', `its value is ${loss} at ordinary inputs`, 'non-finite-value');
  if (!deterministic)
    return finding(
      'fail',
      'two evaluations at one point gave two values: it is not deterministic',
      'non-deterministic-loss',
    );
  const bad = compared.find(({ analytic, numeric }) => !Number.isFinite(analytic) || !Number.isFinite(numeric));
  if (bad)
    return finding(
      'fail',
      `the gradient of ${placeOf(bad)} is ${bad.analytic}, differences give ${bad.numeric}`,
      'wrong-gradient',
    );
  if (!worst) return finding('skipped', `all ${kinked} parameters looked at lie on kinks`);
  const counts = `${compared.length} directions in ${tensors} tensor${tensors === 1 ? '' : 's'}, ${kinked} on kinks set apart`;
  if (bothZero === compared.length && loss !== 0)
    return finding('warn', `nothing that it is given has any influence on it (${counts})`, 'no-influence');
  if (worst.error <= RIGHT) {
    const to = worst.error === 0 ? 'up to rounding' : `to ${worst.error.toExponential(0)}`;
    return finding('pass', `gradient and differences agree ${to} in double precision: ${counts}`);
  }
  const numbers = `${placeOf(worst)} has ${shown(worst.analytic / scale)} where differences give ${shown(worst.numeric / scale)}`;
  const message = `the gradient is ${worst.error > WRONG ? 'wrong' : 'doubtful'}: ${numbers}, a relative error of ${worst.error.toExponential(1)}${pattern(compared, of)} (${counts})`;
  return finding(worst.error > WRONG ? 'fail' : 'warn', message, 'wrong-gradient');
}

const placeOf = ({ where, index }: Compared): string => (index === null ? where : `${where}[${index}]`);
const shown = (value: number): string => value.toPrecision(6);
const unscaled = (value: number | undefined, scale: number): number | null =>
  value === undefined ? null : value / scale;

/**
 * What the wrong parameters of each tensor have in common, in the words in which such mistakes are made. A mistake spoils all that lies before it, so
 * of several tensors the last one, which is nearest to it, is named.
 */
function pattern(compared: readonly Compared[], { inputs }: Case): string {
  const byRatio = new Map<string, string[]>();
  for (const { name } of inputs) {
    const ratio = commonRatio(compared.filter(({ where, index }) => index !== null && where === name));
    if (ratio !== null) byRatio.set(ratio, [...(byRatio.get(ratio) ?? []), name]);
  }
  const said = [...byRatio].map(([ratio, names]) => {
    const before = names.length - 1;
    const others = before > 0 ? ` and ${before} tensor${before === 1 ? '' : 's'} before it` : '';
    const last = `'${names.at(-1)}'${others}`;
    return ratio === '0' ? `no gradient reaches ${last}` : `in ${last} it is ${ratio} times the right one everywhere`;
  });
  return said.length > 0 ? `; ${said.slice(-3).join(', ')}` : '';
}

/** Analytic by numeric, to four digits, where that is the same for all of a tensor and not 1. */
function commonRatio(all: readonly Compared[]): string | null {
  const live = all.filter(({ analytic, numeric }) => Math.max(Math.abs(analytic), Math.abs(numeric)) > 1e-9);
  if (live.length < 2 || !live.some(({ error }) => error > RIGHT)) return null;
  const ratios = live.map(({ analytic, numeric }) => analytic / numeric);
  const same = ratios.every((ratio) => Math.abs(ratio - ratios[0]!) <= 1e-5 * Math.abs(ratios[0]!));
  return same ? String(Number(ratios[0]!.toPrecision(4))) : null;
}
