/** What a page of docs/checks/ shows of its two runs, as docs/assets/diagnosis/NAME.json. */
import type { Finding } from '@anneal/schemas';

export interface Shown {
  readonly kind: 'rule' | 'check';
  /** The run or the set-up that is at fault, in words. */
  readonly sick: string;
  readonly finding: Finding;
  /** Of a check: the healthy set-up, and what it says of it. Of a rule: the end of the patched run. */
  readonly healthy: string;
  readonly healthyFinding: Finding | null;
}
