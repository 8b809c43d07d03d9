/** The windows that requests are counted in. */

/** @param at milliseconds since 1970 */
export function windowOf(at: number, seconds: number): { window: number; endsAt: number; secondsLeft: number } {
  const window = Math.floor(at / (seconds * 1000));
  const endsAt = (window + 1) * seconds * 1000;
  return { window, endsAt, secondsLeft: Math.max(1, Math.ceil((endsAt - at) / 1000)) };
}
