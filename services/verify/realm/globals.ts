/**
 * The globals of the double-precision realm, set before TF.js is loaded into it: arrays of float32 are arrays of doubles, random numbers are seeded,
 * what is printed is kept. The realm is a bare context: it has no console, no timers, no network, and nothing of Node.
 */
import { random } from '@anneal/engine/data/permutation.ts';

/** Frames of an error: those of TF.js stand above those of the module. */
const FRAMES = 100;
/** Lines kept, and characters of each, so that a chatty module stays readable. */
const MOST_LINES = 50;
const MOST_CHARACTERS = 500;

let draw = random(1);
const lines: string[] = [];
let dropped = 0;

function print(...values: unknown[]): void {
  for (const line of values.map(String).join(' ').split('\n')) {
    if (lines.length < MOST_LINES) lines.push(line.slice(0, MOST_CHARACTERS));
    else dropped += 1;
  }
}

const own = globalThis as unknown as Record<string, unknown>;
own.Float32Array = Float64Array;
// TF.js looks for its global object by this name.
own.global = globalThis;
own.console = { log: print, info: print, warn: print, error: print, debug: print };
Error.stackTraceLimit = FRAMES;
Math.random = () => draw() / 2 ** 32;

/** Every evaluation starts from the same random numbers, so that dropout and noise are the same function of the weights. */
export function seedRandom(seed: number): void {
  draw = random(seed);
}

/** What was printed since the realm was made. */
export const printed = (): string[] => (dropped > 0 ? [...lines, `… and ${dropped} lines more`] : lines);
