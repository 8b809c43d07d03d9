/**
 * For `node --import`: a machine whose clock jumps. $TEST_CLOCK is a file that says by how many milliseconds the time of day is wrong; it
 * is read again all the time. Monotonic clocks go on as they are, as they do when a machine's time is set.
 */
import { readFileSync } from 'node:fs';

/** Milliseconds. */
const EVERY = 50;
const file = process.env.TEST_CLOCK;
const Real = Date;
let wrong = 0;

function look() {
  const read = Number(readFileSync(file, 'utf8') || wrong);
  if (Number.isFinite(read)) wrong = read;
}

if (file) {
  look();
  setInterval(look, EVERY).unref();
  globalThis.Date = class extends Real {
    constructor(...given) {
      if (given.length === 0) super(Real.now() + wrong);
      else super(...given);
    }
    static now() {
      return Real.now() + wrong;
    }
  };
}
