/** What a rule is: it looks at the facts of a run and names a cause, or nothing. One rule, one file. */
import type { Finding } from '@anneal/schemas';
import type { Facts } from '../facts/index.ts';

export interface Judgement {
  /** 0 to 1: how sure. */
  readonly score: number;
  /** What was seen, with the numbers. */
  readonly message: string;
  readonly evidence: Finding['evidence'];
  readonly patch: Finding['patch'];
}

export interface Rule {
  readonly cause: string;
  /** Causes that bring this one about: where one of them is found, this is a symptom of it. */
  readonly follows: readonly string[];
  /** What would tell this cause from others, in words. */
  readonly experiment: string;
  /** Null where nothing speaks for the cause. */
  readonly judge: (facts: Facts) => Judgement | null;
}

export type Patch = NonNullable<Finding['patch']>;

/** As people read it. */
export const short = (value: number): string => String(Number(value.toPrecision(3)));
export const percent = (share: number): string => `${short(100 * share)} %`;
