/** The kinds of number a spec is made of. NaN and infinities are refused by zod itself. */
import { z } from 'zod';

/** A count of things: 1, 2, 3 … */
export const count = (): z.ZodInt => z.int().positive();
/** A learning rate, an epsilon: finite and above 0. */
export const positive = (): z.ZodNumber => z.number().positive();
/** A strength or a cost: finite and not below 0. */
export const nonNegative = (): z.ZodNumber => z.number().nonnegative();
/** A share of something, 0 <= x < 1: a decay rate, a dropout rate, a momentum. */
export const fraction = (): z.ZodNumber => z.number().min(0).lt(1);
/** A square window or stride: one number, or `[height, width]`. */
export const pair = () =>
  z
    .union([count(), z.tuple([count(), count()])])
    .transform((v): [number, number] => (typeof v === 'number' ? [v, v] : v))
    .pipe(z.tuple([count(), count()]));
/** A window or stride over volumes: one number, or `[depth, height, width]`. */
export const triple = () =>
  z
    .union([count(), z.tuple([count(), count(), count()])])
    .transform((v): [number, number, number] => (typeof v === 'number' ? [v, v, v] : v))
    .pipe(z.tuple([count(), count(), count()]));
/** A 32-bit seed of the random number generators. */
export const seed = (): z.ZodInt => z.int().min(0).max(0x7fffffff);
