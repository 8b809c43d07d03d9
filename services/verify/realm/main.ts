/**
 * What the confined process runs, in a bare context: TF.js in double precision and the checks. Only strings cross its border. The bundle of the
 * module calls `anneal.define`, the process asks `anneal.check()`, `anneal.audit()` or `anneal.record(asks)` and is answered in JSON.
 */
import './globals.ts';
import { audit } from './audit/audit.ts';
import { checkModule, type Module } from './check-module.ts';
import { printed } from './globals.ts';
import { recordAll } from './record/record.ts';
import { tf } from './tf.ts';
import { Unrecordable, Unusable } from './unusable.ts';

/** Nothing where the module exports nothing. */
let load: (() => Module | undefined) | undefined;

/** @returns JSON: `{ made, printed }`, or `{ error: { message, stack, unusable }, printed }` */
function answered(work: () => unknown): string {
  try {
    return JSON.stringify({ made: work(), printed: printed() });
  } catch (error) {
    const known = error instanceof Error;
    const message = known ? `${error.name === 'Unusable' ? '' : `${error.name}: `}${error.message}` : String(error);
    const placed = !(error instanceof Unusable) || error instanceof Unrecordable;
    const stack = known && placed ? String(error.stack) : '';
    return JSON.stringify({ error: { message, stack, unusable: error instanceof Unusable }, printed: printed() });
  }
}

(globalThis as unknown as { anneal: unknown }).anneal = {
  tf,
  define(code: () => Module | undefined): void {
    load = code;
  },
  check: (): string => answered(() => checkModule(load!())),
  audit: (): string => answered(() => audit()),
  /** @param asks  JSON: a list of RecordAsk */
  record: (asks: string): string => answered(() => recordAll(load!(), JSON.parse(asks))),
};
