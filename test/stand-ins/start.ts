/** Stand-ins for AWS in a test file: started before its tests, stopped after them. */
import { after, test } from 'node:test';
import { NoStandIn } from '../../infra/stand-ins/index.mjs';

/**
 * Starts a stand-in. Where it can't be had, a skipped test says why, and undefined comes back. With ANNEAL_STAND_INS=required, as
 * `.ci/run` has it, that is a failure.
 */
export async function standIn<T extends { stop?(): Promise<void> }>(
  what: string,
  start: () => Promise<T>,
): Promise<T | undefined> {
  let started: T | undefined;
  // Before anything is waited for: a hook that is given while a test of the file runs may become that test's own, and come too early.
  after(() => started?.stop?.());
  try {
    started = await start();
    return started;
  } catch (error) {
    if (!(error instanceof NoStandIn) || process.env.ANNEAL_STAND_INS === 'required') throw error;
    test(what, { skip: error.message }, () => undefined);
    return undefined;
  }
}
