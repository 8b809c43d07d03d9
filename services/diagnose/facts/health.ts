/**
 * How ill a run is, 0 to 1, by the share of the constant answer's loss that is left on the training examples.
 *
 *   stuck   0 at 0.4, 1 at 0.9: hardly better than answering the same for all
 *   poor    0 at 0.12, 1 at 0.3: far from learned
 *
 * While a run goes on, one whose loss still falls (by 2 % and three standard errors between two fifths) counts as well.
 */
import type { RunRecord } from '../record.ts';
import type { Curve } from './curve.ts';
import { ramp } from './numbers.ts';

export interface Health {
  readonly stuck: number;
  readonly poor: number;
  /** Whether the loss still falls by more than its noise. */
  readonly falling: boolean;
}

export function healthOf({ nonFiniteStep, end }: RunRecord, curve: Curve | null, left: number): Health {
  if (nonFiniteStep !== null) return { stuck: 1, poor: 1, falling: false };
  if (!curve || !Number.isFinite(left)) return { stuck: 0, poor: 0, falling: false };
  const falling = curve.fall > 0.02 && curve.fallSigmas > 3;
  if (!end && falling) return { stuck: 0, poor: 0, falling };
  return { stuck: ramp(left, 0.4, 0.9), poor: ramp(left, 0.12, 0.3), falling };
}
